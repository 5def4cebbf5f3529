//! The address from which SES sends the mail: whether it may, and to whom.

use super::scheduler::Scheduler;
use crate::aws::ses;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{Proof, Status};

impl Scheduler {
    /// Refuses an address that SES does not send from yet.
    ///
    /// # Errors
    /// It is not verified, or SES does not say.
    pub(super) async fn must_send(&self, sender: &str) -> Result<()> {
        let hint = match ses::verified(&self.sdk, sender).await? {
            Some(true) => return Ok(()),
            Some(false) => "hint-ses-confirm",
            None => "hint-ses-identity",
        };
        let named = |id: &'static str| Text::new(id).with("address", sender).with("region", &self.region);
        Err(Error::usage(named("error-ses-sender")).hint(named(hint)))
    }

    /// The links from the sender to its readers: in the sandbox SES writes only to addresses that it has verified.
    pub(super) async fn of_sender(&self, sender: &str, emails: &[String]) -> Vec<Proof> {
        let mut links = vec![link("nightly-sender", sender, ses::verified(&self.sdk, sender).await)];
        match ses::in_sandbox(&self.sdk).await {
            Ok(false) => {}
            Ok(true) => {
                for email in emails {
                    links.push(link("nightly-sandbox", email, ses::verified(&self.sdk, email).await));
                }
            }
            Err(_) => links.push(Proof::new("nightly-sandbox", Status::Unknown).of(sender)),
        }
        links
    }
}

fn link(step: &str, address: &str, verified: Result<Option<bool>>) -> Proof {
    let status = match verified {
        Ok(Some(true)) => Status::Ok,
        Ok(Some(false)) => Status::Waiting,
        Ok(None) => Status::Broken,
        Err(_) => Status::Unknown,
    };
    Proof::new(step, status).of(address)
}
