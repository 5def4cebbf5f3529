//! The charges of QuickSight users, by role and edition of the account.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct User {
    role: Option<Role>,
}

values! { pub enum Edition { Standard = "STANDARD", EnterpriseAndQ = "ENTERPRISE_AND_Q" } }
values! {
    pub enum Role {
        Admin = "ADMIN",
        Author = "AUTHOR",
        Reader = "READER",
        RestrictedAuthor = "RESTRICTED_AUTHOR",
        RestrictedReader = "RESTRICTED_READER",
        AdminPro = "ADMIN_PRO",
        AuthorPro = "AUTHOR_PRO",
        ReaderPro = "READER_PRO",
    }
}

pub fn charges(edition: Option<&Edition>, users: &[User]) -> Vec<Charge> {
    let item = |item: &str| Sku::new("AmazonQuickSight").with("item", item).with("unit", "month");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for user in users {
        let count = counts.entry(kind(edition, user.role.as_ref())).or_default();
        *count = count.saturating_add(1);
    }
    let pro = counts.keys().any(|kind| kind.ends_with("_pro"));
    let each = |(kind, count): (&str, usize)| Charge::each_month(&kind.replace('_', " "), item(kind), count);
    let mut charges: Vec<Charge> = counts.into_iter().map(each).collect();
    if pro {
        charges.push(Charge::each_month("Amazon Q account fee", item("amazon_q_account_fee"), 1).at_most());
    }
    if charges.is_empty() {
        charges.push(some_users());
    }
    charges
}

pub fn some_users() -> Charge {
    Charge::metered("users", Sku::new("AmazonQuickSight").with("group", "users"), Unit::Month)
}

/// The user's name in the price list; unknown roles have no price.
fn kind(edition: Option<&Edition>, role: Option<&Role>) -> &'static str {
    use Role::{Admin, AdminPro, Author, AuthorPro, Reader, ReaderPro, RestrictedAuthor, RestrictedReader};
    match role {
        Some(Admin | Author) if edition == Some(&Edition::Standard) => "standard_author",
        // In the edition with Q, both have other prices.
        Some(Admin | Author | RestrictedAuthor) if edition == Some(&Edition::EnterpriseAndQ) => "q_author",
        Some(Reader | RestrictedReader) if edition == Some(&Edition::EnterpriseAndQ) => "q_reader",
        Some(Admin | Author | RestrictedAuthor) => "enterprise_author",
        Some(Reader | RestrictedReader) => "enterprise_reader",
        Some(AdminPro | AuthorPro) => "author_pro",
        Some(ReaderPro) => "reader_pro",
        _ => "other_user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_bill_by_role() {
        let user = |role: &str| User { role: Some(role.into()) };
        let seen = |edition: &str, users: &[User]| -> Vec<String> {
            charges(Some(&edition.into()), users).into_iter().map(|charge| charge.what).collect()
        };
        let two = [user("ADMIN"), user("AUTHOR"), user("READER")];
        assert_eq!(seen("ENTERPRISE", &two), ["2 × enterprise author", "enterprise reader"]);
        assert_eq!(seen("STANDARD", &two[..2]), ["2 × standard author"]);
        assert_eq!(seen("ENTERPRISE_AND_Q", &two), ["2 × q author", "q reader"]);
        assert_eq!(seen("ENTERPRISE", &[user("READER_PRO")]), ["reader pro", "≤ Amazon Q account fee"]);
        assert_eq!(seen("ENTERPRISE", &[user("FUTUREER")]), ["other user"]);
        assert_eq!(seen("ENTERPRISE", &[]), ["users"]);
    }
}
