//! A found thing as JSON, with what the report of its charges leaves out.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::{Allowance, Charge, Listed, Region, Sku};
use crate::resources::{self, Resource};

#[derive(Serialize, Deserialize)]
pub struct Stored {
    region: Region,
    resource: String,
    listed: Listed,
    /// In the order of the charges.
    hidden: Vec<Hidden>,
}

/// What no report shows of a priced charge. The other attributes of its price list entry are not needed any more.
#[derive(Serialize, Deserialize)]
struct Hidden {
    service: Cow<'static, str>,
    allowance: Option<(Cow<'static, str>, Decimal)>,
    outlasts_stop: bool,
}

impl Stored {
    pub fn of(region: Region, resource: &Resource, listed: Listed) -> Self {
        let hidden = listed.charges.iter().map(Hidden::of).collect();
        Self { region, resource: resource.id.to_owned(), listed, hidden }
    }

    /// What was stored, if this version of the program knows it.
    pub fn read(self) -> Result<(Region, &'static Resource, Listed), String> {
        let Self { region, resource, mut listed, hidden } = self;
        let resource = resources::find(&resource).ok_or(resource)?;
        if listed.charges.len() != hidden.len() {
            return Err(listed.id);
        }
        for (charge, hidden) in listed.charges.iter_mut().zip(hidden) {
            hidden.restore(charge);
        }
        Ok((region, resource, listed))
    }
}

impl Hidden {
    fn of(charge: &Charge) -> Self {
        // Each field by name: a new one is either in the JSON or here.
        let Charge {
            sku,
            allowance,
            outlasts_stop,
            what: _,
            quantity: _,
            measure: _,
            unit: _,
            usd_per_unit: _,
            usd_per_month: _,
            price: _,
        } = charge;
        let allowance = allowance.clone().map(|Allowance { of, quantity }| (of, quantity));
        Self { service: sku.service.clone(), allowance, outlasts_stop: *outlasts_stop }
    }

    fn restore(self, charge: &mut Charge) {
        charge.sku = Sku { service: self.service, ..Sku::default() };
        charge.allowance = self.allowance.map(|(of, quantity)| Allowance { of, quantity });
        charge.outlasts_stop = self.outlasts_stop;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::collect::Seen;
    use super::super::found::Found;
    use super::super::free_tier::FreeTierUsage;
    use super::super::options::Options;
    use super::super::report::{Known, report};
    use super::*;
    use crate::model::report::SweepScope;
    use crate::model::{Account, Bill, Command, Coverage, Gap, Loss, Note, Reason, SweepReport, Verb};
    use crate::prices::{Book, Lookup};

    const NOW: &str = "2026-11-23T00:00:00Z";

    fn found(resource: &str, listed: Listed) -> Found {
        let found = Found::new(&Region::home(), resources::find(resource).unwrap(), listed);
        found.priced(&Book::default(), NOW.parse().unwrap())
    }

    fn alarm(id: &str) -> Found {
        let charge = Charge::each_month("alarm", Sku::new("AmazonCloudWatch").with("group", "Alarm"), 6);
        let charge = charge.with_price("0.10".parse().unwrap()).free_up_to("alarms", 10);
        found("cloudwatch-alarm", Listed::new(id).charge(charge))
    }

    fn database() -> Found {
        let usd = |usd: &str| usd.parse().unwrap();
        let class = Charge::hourly("db.t3.micro", Sku::new("AmazonRDS"), 1).with_price(usd("0.026"));
        let support = Charge::hourly("extended support", Sku::new("AmazonRDS"), 2).with_price(usd("0.1"));
        let disk = Charge::storage("gp2", Sku::new("AmazonRDS"), 20).with_price(usd("0.138"));
        let name = "my db's; && \"x\"";
        let command = |verb: &str| Command::aws(verb).arg(name);
        let listed = Listed { created_at: "2026-11-01T00:00:00Z".parse().ok(), ..Listed::new("db-1") };
        let listed = listed.charge(class).charge(support.outlasting_a_stop()).charge(disk);
        let listed = listed.named(Some(name.to_owned())).note(Note::with("kept", "2027-01-01: x")).loses(Loss::Data);
        let listed = listed.can(Verb::Stop, command("rds stop-db-instance --db-instance-identifier"));
        let delete = command("rds delete-db-instance --skip-final-snapshot --db-instance-identifier");
        found("rds-instance", listed.can(Verb::Delete, delete))
    }

    fn bill() -> Bill {
        let service = |name: &str, day: &str| json!({ "service": name, "usd": "3.00", "usd_per_day": day, "found_usd_per_day": null, "explained": null, "reasons": [] });
        let services = [service("AmazonCloudWatch", "0.30"), service("AmazonRDS", "5.40"), service("AmazonES", "1.00")];
        let bill = json!({
            "month": "2026-11", "month_ends_at": "2026-12-01T00:00:00Z", "as_of": "2026-11-22T20:00:00Z", "total_usd": "9.00",
            "services": services, "days": [], "page": "https://example.com",
        });
        serde_json::from_value(bill).unwrap()
    }

    fn known(account: &str) -> Known {
        let account = Account { id: account.parse().unwrap(), alias: Some("study".to_owned()) };
        let gap = Gap {
            account: account.id.clone(),
            region: Some(Region::home()),
            resource: Some("kms-key".to_owned()),
            reason: Reason::Denied,
            action: Some("kms:ListKeys".to_owned()),
            message: "no".to_owned(),
            cause: None,
        };
        let resources = ["cloudwatch-alarm", "rds-instance", "kms-key"].map(str::to_owned).to_vec();
        let scope = SweepScope {
            account,
            regions: vec![Region::home()],
            disabled_regions: vec![Region::new("ap-east-1")],
            resources,
            resources_known: Some(3),
            partial: false,
        };
        let used = FreeTierUsage::from([("alarms".into(), Decimal::ONE)]);
        let found = vec![alarm("b"), database(), alarm("a")];
        let seen = Seen { found, gaps: vec![gap], coverage: Coverage::new(), used };
        let live_prices_failed = Some(Reason::Throttled);
        Known { scope, seen, live_prices_failed, bill: Some(bill()), interrupted: false, late: true }
    }

    fn reports(kept: impl Fn(Known) -> Known) -> Vec<SweepReport> {
        let options = Options {
            regions: Vec::new(),
            resources: Vec::new(),
            keep: Vec::new(),
            at_once: 1,
            timeout: std::time::Duration::from_secs(1),
            bill: false,
            limit_usd: None,
            made_at: NOW.parse().unwrap(),
            prices: Lookup::Snapshot,
        };
        let mut used = FreeTierUsage::new();
        ["000000000001", "000000000002"].map(|it| report(kept(known(it)), &options, &mut used)).to_vec()
    }

    #[test]
    fn what_is_read_back_makes_the_same_report() {
        let kept = |known: Known| {
            let text = serde_json::to_string(&known).unwrap();
            let read: Known = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            read
        };
        let reports = (reports(kept), reports(|known| known));
        assert_eq!(serde_json::to_value(&reports.0).unwrap(), serde_json::to_value(&reports.1).unwrap());
        // Nine of the first account's alarms are free, and none of the second's.
        let alarms = |report: &SweepReport| {
            let alarms = report.findings.iter().filter(|it| it.resource == "cloudwatch-alarm");
            alarms.map(|it| it.usd_per_month.unwrap().to_string()).collect::<Vec<_>>()
        };
        assert_eq!([alarms(&reports.0[0]), alarms(&reports.0[1])], [vec!["0.30"], vec!["0.60", "0.60"]]);
        let explained = reports.0[0].bill.as_ref().unwrap().services.iter().map(|it| it.explained.unwrap());
        assert_eq!(explained.collect::<Vec<_>>().len(), 3);
        assert_eq!(reports.0[0].bill.as_ref().unwrap().unexplained().count(), 1);
    }

    #[test]
    fn what_is_of_another_version_is_refused() {
        let mut json = serde_json::to_value(database()).unwrap();
        json["resource"] = json!("future-thing");
        assert!(serde_json::from_value::<Found>(json.clone()).is_err());
        json["resource"] = json!("rds-instance");
        json["hidden"] = json!([]);
        assert!(serde_json::from_value::<Found>(json).is_err());
    }
}
