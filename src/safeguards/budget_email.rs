//! Whether the mail of AWS Budgets reaches an address: AWS sends it only to verified addresses, and the Budgets API does not list
//! those (fact sheet, sections 0.2 and 2.3). The contacts of User Notifications do, where they are listed.

use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Asks, Operation, values};
use crate::model::report::{Proof, Status};

pub(super) const READ: &str = "notifications-contacts:ListEmailContacts";

pub(super) static ASKS: &[&dyn Asks] = &[&CONTACTS];

const CONTACTS: Operation<Contact> = Operation::new("notificationscontacts:ListEmailContacts").at("emailContacts");

#[derive(Deserialize, Default)]
#[serde(default)]
struct Contact {
    address: String,
    status: Option<State>,
}

values! { enum State { Active = "active", Inactive = "inactive" } }

/// A link for each address. Without the list they are unknown; that is no gap, because warnings through the topic do not depend
/// on it.
pub(super) async fn links(cx: &Cx, emails: impl Iterator<Item = &str>) -> Vec<Proof> {
    let contacts = cx.ask(&CONTACTS).all().await.unwrap_or_default();
    emails.map(|email| link(email, &contacts)).collect()
}

fn link(email: &str, contacts: &[Contact]) -> Proof {
    let own = contacts.iter().filter(|contact| contact.address.eq_ignore_ascii_case(email));
    let own: Vec<&State> = own.filter_map(|contact| contact.status.as_ref()).collect();
    let status = match own.as_slice() {
        own if own.contains(&&State::Active) => Status::Ok,
        own if own.contains(&&State::Inactive) => Status::Waiting,
        _ => Status::Unknown,
    };
    Proof::new("budget-email-verified", status).of(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(address: &str, status: &str) -> Contact {
        Contact { address: address.into(), status: Some(status.into()) }
    }

    #[test]
    fn an_address_is_never_taken_to_be_verified() {
        let status = |contacts: &[Contact]| link("me@example.com", contacts).status;
        assert_eq!(status(&[]), Status::Unknown);
        assert_eq!(status(&[contact("you@example.com", "active")]), Status::Unknown);
        assert_eq!(status(&[contact("me@example.com", "something-new")]), Status::Unknown);
        assert_eq!(status(&[contact("me@example.com", "inactive")]), Status::Waiting);
        assert_eq!(status(&[contact("Me@Example.com", "active")]), Status::Ok);
        assert_eq!(status(&[contact("me@example.com", "inactive"), contact("me@example.com", "active")]), Status::Ok);
    }
}
