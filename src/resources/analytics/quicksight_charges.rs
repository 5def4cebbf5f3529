//! What QuickSight charges for: its users, by their role and the edition of the account.

use std::collections::BTreeMap;

use aws_sdk_quicksight::types::{AccountInfo, Edition, User, UserRole};

use crate::model::{Charge, Sku, Unit};

pub fn charges(account: &AccountInfo, users: &[User]) -> Vec<Charge> {
    let item = |item: &str| Sku::new("AmazonQuickSight").with("item", item).with("unit", "month");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for user in users {
        *counts.entry(kind(account.edition(), user.role())).or_default() += 1;
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

/// What a user is in the price list; it has no row for roles that are not known.
fn kind(edition: Option<&Edition>, role: Option<&UserRole>) -> &'static str {
    use UserRole::{Admin, AdminPro, Author, AuthorPro, Reader, ReaderPro, RestrictedAuthor, RestrictedReader};
    match role {
        Some(Admin | Author) if edition == Some(&Edition::Standard) => "standard_author",
        // With Q both have prices of their own.
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
        let user = |role: &str| User::builder().role(role.into()).build();
        let seen = |edition: Edition, users: &[User]| -> Vec<String> {
            let account = AccountInfo::builder().edition(edition).build();
            charges(&account, users).into_iter().map(|charge| charge.what).collect()
        };
        let two = [user("ADMIN"), user("AUTHOR"), user("READER")];
        assert_eq!(seen(Edition::Enterprise, &two), ["2 × enterprise author", "enterprise reader"]);
        assert_eq!(seen(Edition::Standard, &two[..2]), ["2 × standard author"]);
        assert_eq!(seen(Edition::EnterpriseAndQ, &two), ["2 × q author", "q reader"]);
        assert_eq!(seen(Edition::Enterprise, &[user("READER_PRO")]), ["reader pro", "≤ Amazon Q account fee"]);
        assert_eq!(seen(Edition::Enterprise, &[user("DREAMER")]), ["other user"]);
        assert_eq!(seen(Edition::Enterprise, &[]), ["users"]);
    }
}
