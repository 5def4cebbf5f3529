//! The report of `init`, `check` and `remove` for an organisation: the safeguards of each account.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::entered::EnteredAccount;
use super::gap::Gap;
use super::organization::OrganizationName;
use super::place::AccountId;
use super::report::{Outcome, SafeguardReport};

pub const ORGANIZATION_SAFEGUARDS_SCHEMA: &str = "guardrail/organization-safeguards/v1";

/// Stands for the number of each account where several are shown as one.
pub const ANY_ACCOUNT: &str = "ACCOUNT";

/// The report of `guardrail init|check|remove --organization`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationSafeguards {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub organization: OrganizationName,
    /// The role that was assumed in each account but the one of the credentials.
    pub role: String,
    pub profile: String,
    /// Every account of the organisation, by number.
    pub accounts: Vec<EnteredAccount<SafeguardReport>>,
    /// The accounts that could not be entered. What failed in an account is in its own report.
    pub gaps: Vec<Gap>,
}

/// Accounts whose reports differ in nothing but their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike<'a> {
    pub accounts: Vec<&'a AccountId>,
    /// The report of all of them: with [`ANY_ACCOUNT`] instead of the number if they are several.
    pub report: SafeguardReport,
}

impl OrganizationSafeguards {
    /// The reports of the entered accounts.
    pub fn reports(&self) -> impl Iterator<Item = &SafeguardReport> {
        self.accounts.iter().filter_map(|it| it.report.as_deref())
    }

    /// Whether a plan changes anything in any account.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.reports().flat_map(|it| &it.safeguards).any(|row| row.result == Some(Outcome::Planned))
    }

    /// The entered accounts, alike ones together, in the order of the first of each.
    #[must_use]
    pub fn alike(&self) -> Vec<Alike<'_>> {
        let mut groups: Vec<(String, Vec<(&AccountId, &SafeguardReport)>)> = Vec::new();
        for account in &self.accounts {
            let Some(report) = account.report.as_deref() else { continue };
            let key = without_number(&(&report.notes, &report.safeguards, &report.gaps), &account.id);
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push((&account.id, report)),
                None => groups.push((key, vec![(&account.id, report)])),
            }
        }
        groups.into_iter().filter_map(|(_, group)| group_of(&group)).collect()
    }
}

fn group_of<'a>(group: &[(&'a AccountId, &SafeguardReport)]) -> Option<Alike<'a>> {
    let (id, first) = *group.first()?;
    let mut report = first.clone();
    if group.len() > 1 {
        report.notes = for_all(&first.notes, id)?;
        report.safeguards = for_all(&first.safeguards, id)?;
    }
    Some(Alike { accounts: group.iter().map(|(id, _)| *id).collect(), report })
}

/// The same values with [`ANY_ACCOUNT`] instead of the number.
fn for_all<T: Serialize + DeserializeOwned>(values: &T, id: &AccountId) -> Option<T> {
    serde_json::from_str(&without_number(values, id)).ok()
}

fn without_number<T: Serialize>(values: &T, id: &AccountId) -> String {
    serde_json::to_string(values).unwrap_or_default().replace(id.as_str(), ANY_ACCOUNT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn account(id: &str, bucket: &str) -> EnteredAccount<SafeguardReport> {
        let row = json!({ "id": "trail", "names": { "en": "a", "ja": "b" }, "state": "missing", "action": "create", "result": "planned",
            "changes": [{ "field": "bucket", "from": null, "to": bucket }], "proof": [], "usd_per_month": "0", "notes": [] });
        let report = json!({ "schema": "", "version": "", "made_at": "2026-11-23T00:00:00Z", "profile": "p", "notes": [],
            "account": { "id": id, "alias": null }, "safeguards": [row], "gaps": [] });
        let account = json!({ "id": id, "name": null, "ou": null, "state": "entered", "report": report });
        serde_json::from_value(account).unwrap()
    }

    fn report(accounts: Vec<EnteredAccount<SafeguardReport>>) -> OrganizationSafeguards {
        OrganizationSafeguards {
            schema: ORGANIZATION_SAFEGUARDS_SCHEMA.to_owned(),
            version: String::new(),
            made_at: Timestamp::UNIX_EPOCH,
            organization: OrganizationName { id: None, management_account: None },
            role: "r".to_owned(),
            profile: "p".to_owned(),
            accounts,
            gaps: Vec::new(),
        }
    }

    #[test]
    fn accounts_that_differ_in_their_number_only_are_alike() {
        let (one, two, odd) = ("000000000001", "000000000002", "000000000003");
        let report = report(vec![
            account(one, &format!("trail-{one}")),
            account(odd, "trail-elsewhere"),
            account(two, &format!("trail-{two}")),
        ]);
        assert!(report.changes());
        let alike = report.alike();
        let shown: Vec<(Vec<&str>, &str)> = alike
            .iter()
            .map(|it| {
                let accounts = it.accounts.iter().map(|id| id.as_str()).collect();
                (accounts, it.report.safeguards[0].changes[0].to[0].as_str())
            })
            .collect();
        assert_eq!(shown, [(vec![one, two], "trail-ACCOUNT"), (vec![odd], "trail-elsewhere")]);
        // The bucket of one account in another one's report is not alike.
        let swapped = self::report(vec![account(one, &format!("trail-{two}")), account(two, &format!("trail-{two}"))]);
        assert_eq!(swapped.alike().len(), 2);
    }
}
