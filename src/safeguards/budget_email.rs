//! Whether the mail of AWS Budgets reaches an address: AWS sends it only to addresses it has verified, and the Budgets API does
//! not say which those are (fact sheet, sections 0.2 and 2.3). The contacts of User Notifications do, where they are listed.

use aws_sdk_notificationscontacts::Client;
use aws_sdk_notificationscontacts::types::{EmailContact, EmailContactStatus};

use crate::aws::Cx;
use crate::model::report::{Proof, Status};

pub(super) const READ: &str = "notifications-contacts:ListEmailContacts";

/// A link for each address. Without the list they are unknown: the warnings that go through the topic do not
/// depend on it, so it is no gap.
pub(super) async fn links(cx: &Cx, emails: impl Iterator<Item = &str>) -> Vec<Proof> {
    let contacts = Client::new(&cx.sdk).list_email_contacts().into_paginator().items().send();
    let contacts: Vec<EmailContact> = contacts.try_collect().await.unwrap_or_default();
    emails.map(|email| link(email, &contacts)).collect()
}

fn link(email: &str, contacts: &[EmailContact]) -> Proof {
    let own = contacts.iter().filter(|contact| contact.address().eq_ignore_ascii_case(email));
    let own: Vec<&EmailContactStatus> = own.map(EmailContact::status).collect();
    let status = match own.as_slice() {
        own if own.contains(&&EmailContactStatus::Active) => Status::Ok,
        own if own.contains(&&EmailContactStatus::Inactive) => Status::Waiting,
        _ => Status::Unknown,
    };
    Proof::new("budget-email-verified", status).of(email)
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn contact(address: &str, status: &str) -> EmailContact {
        let contact = EmailContact::builder().arn("arn").name("me").address(address).status(status.into());
        let then = DateTime::from_secs(1_795_000_000);
        contact.creation_time(then).update_time(then).build().unwrap()
    }

    #[test]
    fn an_address_is_never_taken_to_be_verified() {
        let status = |contacts: &[EmailContact]| link("me@example.com", contacts).status;
        assert_eq!(status(&[]), Status::Unknown);
        assert_eq!(status(&[contact("you@example.com", "active")]), Status::Unknown);
        assert_eq!(status(&[contact("me@example.com", "something-new")]), Status::Unknown);
        assert_eq!(status(&[contact("me@example.com", "inactive")]), Status::Waiting);
        assert_eq!(status(&[contact("Me@Example.com", "active")]), Status::Ok);
        assert_eq!(status(&[contact("me@example.com", "inactive"), contact("me@example.com", "active")]), Status::Ok);
    }
}
