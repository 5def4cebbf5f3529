//! The names of the objects in the bucket.

use crate::model::AccountId;

/// The pointer to the newest finished run.
const LATEST: &str = "runs/latest.json";

/// The objects of one run. All of them begin with `runs/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    run: String,
}

impl Keys {
    /// Those of a run, such as `2026-11-30T03-00-00Z`.
    #[must_use]
    pub fn of(run: &str) -> Self {
        Self { run: run.to_owned() }
    }

    fn of_run(&self, name: &str) -> String {
        format!("runs/{}/{name}", self.run)
    }

    /// The folder of the run.
    #[must_use]
    pub fn folder(&self) -> String {
        self.of_run("")
    }

    /// Every account of the organisation with its fate.
    #[must_use]
    pub fn list(&self) -> String {
        self.of_run("list.json")
    }

    /// The numbers of the accounts that are swept, as the distributed map reads them.
    #[must_use]
    pub fn accounts(&self) -> String {
        self.of_run("accounts.json")
    }

    /// What all accounts have accrued, packed.
    #[must_use]
    pub fn bills(&self) -> String {
        self.of_run("bills.json.gz")
    }

    /// What was found in an account, packed. Its report is made when all accounts are there: they share the free allowances.
    #[must_use]
    pub fn sweep(&self, account: &AccountId) -> String {
        self.of_run(&format!("{account}.sweep.json.gz"))
    }

    /// The report of an account, packed.
    #[must_use]
    pub fn report(&self, account: &AccountId) -> String {
        self.of_run(&Self::report_name(account))
    }

    /// The same, relative to the run.
    #[must_use]
    pub fn report_name(account: &AccountId) -> String {
        format!("{account}.json.gz")
    }

    /// Why an account has no report.
    #[must_use]
    pub fn failure(&self, account: &AccountId) -> String {
        self.of_run(&format!("{account}.failed.json"))
    }

    /// The report of the organisation.
    #[must_use]
    pub fn json(&self) -> String {
        self.of_run("organization.json")
    }

    #[must_use]
    pub fn page(&self) -> String {
        self.of_run("organization.html")
    }

    /// The mark of a run whose mail was sent.
    #[must_use]
    pub fn mailed(&self) -> String {
        self.of_run("mailed.json")
    }

    #[must_use]
    pub fn latest() -> &'static str {
        LATEST
    }
}

/// A key as a person names it: `s3://bucket/key`.
#[must_use]
pub fn in_bucket(bucket: &str, key: &str) -> String {
    format!("s3://{bucket}/{key}")
}
