//! What a person wants of the nightly run, and the stacks that it is.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::aws::{stack, stack_set};
use crate::model::AccountId;
use crate::ops::schedule::Settings;
use crate::ops::schedule::program::{Program, digest};

pub const REPORTS: &str = "guardrail-reports";
pub const MEMBER: &str = "guardrail-member";
pub const SCHEDULE: &str = "guardrail-schedule";

pub const REPORTS_TEMPLATE: &str = include_str!("../../../../deploy/reports.yaml");
pub const MEMBER_TEMPLATE: &str = include_str!("../../../../deploy/member.yaml");
pub const SCHEDULE_TEMPLATE: &str = include_str!("../../../../deploy/schedule.yaml");

/// The addresses that the template has room for.
pub const EMAILS: usize = 3;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    hour: u8,
    minute: u8,
}

impl FromStr for At {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (hour, minute) = text.split_once(':').ok_or(())?;
        let number = |text: &str, most: u8| text.parse().ok().filter(|it| *it <= most && text.len() <= 2).ok_or(());
        Ok(Self { hour: number(hour, 23)?, minute: number(minute, 59)? })
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl At {
    fn cron(self) -> String {
        format!("cron({} {} * * ? *)", self.minute, self.hour)
    }

    /// The time of a schedule that guardrail made.
    pub(super) fn of_cron(text: &str) -> Option<Self> {
        let mut words = text.strip_prefix("cron(")?.split(' ');
        let minute = words.next()?.parse().ok()?;
        Some(Self { hour: words.next()?.parse().ok()?, minute })
    }
}

/// The organisation of a run over many accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    pub organization: String,
    /// The units whose accounts get the role; empty if a role that exists already is used.
    pub units: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Goal {
    pub settings: Settings,
    pub program: Program,
    pub at: At,
    pub time_zone: String,
    pub emails: Vec<String>,
    /// The address from which SES sends the mail. Without one, SNS sends it.
    pub sender: Option<String>,
    pub keep_days: u16,
    /// How many accounts a run sweeps today.
    pub accounts: usize,
    pub members: Option<Members>,
}

impl Goal {
    /// The object of the settings: other settings have another name.
    pub(super) fn settings_key(&self) -> String {
        format!("settings/{}.json", digest(&self.settings_text()))
    }

    pub(super) fn settings_text(&self) -> Vec<u8> {
        serde_json::to_vec(&self.settings).unwrap_or_default()
    }

    pub(super) fn reports(&self) -> stack::Wanted {
        let parameters = BTreeMap::from([("KeepDays", self.keep_days.to_string())]);
        stack::Wanted { name: REPORTS, template: REPORTS_TEMPLATE, parameters }
    }

    pub(super) fn member(&self, central: &AccountId) -> stack::Wanted {
        stack::Wanted { name: MEMBER, template: MEMBER_TEMPLATE, parameters: self.trusted(central) }
    }

    /// The role in every other account; `None` if there are none, or they have a role already.
    pub(super) fn members(&self, central: &AccountId) -> Option<stack_set::Wanted> {
        let members = self.members.as_ref().filter(|it| !it.units.is_empty())?;
        let (parameters, units) = (self.trusted(central), members.units.clone());
        Some(stack_set::Wanted { name: MEMBER, template: MEMBER_TEMPLATE, parameters, units })
    }

    fn trusted(&self, central: &AccountId) -> BTreeMap<&'static str, String> {
        let organization = self.members.as_ref().map(|it| it.organization.clone()).unwrap_or_default();
        BTreeMap::from([("Central", central.to_string()), ("OrganizationId", organization)])
    }

    /// The schedule itself, with the bucket that it writes to.
    pub(super) fn schedule(&self, bucket: &str) -> stack::Wanted {
        let email = |number: usize| self.emails.get(number).cloned().unwrap_or_default();
        let parameters = BTreeMap::from([
            ("Bucket", bucket.to_owned()),
            ("Program", self.program.key()),
            ("Settings", self.settings_key()),
            ("Architecture", self.program.architecture.to_owned()),
            ("Role", self.settings.role.clone()),
            ("Schedule", self.at.cron()),
            ("TimeZone", self.time_zone.clone()),
            ("Email1", email(0)),
            ("Email2", email(1)),
            ("Email3", email(2)),
            ("Sender", self.sender.clone().unwrap_or_default()),
        ]);
        stack::Wanted { name: SCHEDULE, template: SCHEDULE_TEMPLATE, parameters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_and_written() {
        for (text, cron) in
            [("03:00", "cron(0 3 * * ? *)"), ("3:05", "cron(5 3 * * ? *)"), ("23:59", "cron(59 23 * * ? *)")]
        {
            let at: At = text.parse().unwrap();
            assert_eq!((at.cron().as_str(), At::of_cron(cron)), (cron, Some(at)));
        }
        for wrong in ["", "3", "24:00", "03:60", "03:00:00", "-1:00", "003:00", "a:b"] {
            assert!(wrong.parse::<At>().is_err(), "{wrong}");
        }
        assert_eq!("3:05".parse::<At>().unwrap().to_string(), "03:05");
    }
}
