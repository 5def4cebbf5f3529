//! Which accounts of the organisation are swept, and why the others are not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::aws::organization::{Member, Organization, Standing, Unit};
use crate::error::{Error, Result};
use crate::model::{AccountId, AccountState, Text, nearest};

/// The user's choice. Without accounts and units it is every account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub accounts: Vec<AccountId>,
    /// Organisational units with all units below them, by id or by path.
    pub units: Vec<String>,
    /// Accounts and organisational units that are left out.
    pub exclude: Vec<String>,
}

/// One account of the organisation, and its fate: `Unreachable` until it is swept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub member: Member,
    pub state: AccountState,
}

impl Chosen {
    /// Whether it is swept.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.state == AccountState::Unreachable
    }
}

/// Every account of the organisation with its fate, in the order of their numbers.
///
/// # Errors
/// A chosen account or unit is not in the organisation, the units cannot be read, or no account is left.
pub fn chosen(organization: &Organization, choice: &Choice) -> Result<Vec<Chosen>> {
    let known: BTreeSet<&AccountId> = organization.members.iter().map(|it| &it.id).collect();
    if let Some(unknown) = choice.accounts.iter().find(|id| !known.contains(id)) {
        let error = Error::usage(Text::new("error-account-not-in-organization").with("account", unknown));
        return Err(error.hint(Text::new("hint-account-not-in-organization")));
    }
    let left_out = |named: &String| named.parse::<AccountId>().is_err();
    let units: Vec<&String> = choice.units.iter().chain(choice.exclude.iter().filter(|it| left_out(it))).collect();
    must_exist(&units, organization)?;
    let is_in = |member: &Member, unit: &String| member.unit.as_ref().is_some_and(|it| it.is_in(unit));
    let is_chosen = |it: &Member| {
        let all = choice.accounts.is_empty() && choice.units.is_empty();
        all || choice.accounts.contains(&it.id) || choice.units.iter().any(|unit| is_in(it, unit))
    };
    let is_excluded = |it: &Member| {
        choice.exclude.iter().any(|named| named.parse().map_or_else(|()| is_in(it, named), |id: AccountId| id == it.id))
    };
    let state = |it: &Member| match it.standing {
        _ if !is_chosen(it) || is_excluded(it) => AccountState::Excluded,
        Standing::Suspended => AccountState::Suspended,
        Standing::Closing => AccountState::Closing,
        Standing::Closed => AccountState::Closed,
        Standing::Active => AccountState::Unreachable,
    };
    let all = organization.members.iter().map(|it| Chosen { state: state(it), member: it.clone() });
    let mut all: Vec<Chosen> = all.collect();
    all.sort_by(|a, b| a.member.id.cmp(&b.member.id));
    // AWS may list an account twice if accounts are created while its pages are read.
    all.dedup_by(|a, b| a.member.id == b.member.id);
    if all.iter().all(|it| it.state == AccountState::Excluded) {
        return Err(
            Error::usage(Text::new("error-no-account-left")).hint(Text::new("hint-account-not-in-organization"))
        );
    }
    Ok(all)
}

/// A misspelt unit would silently be an empty one.
fn must_exist(wanted: &[&String], organization: &Organization) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let units = organization.units.as_ref().map_err(|error| {
        let what = Text::new("error-units-unreadable");
        Error { what, hints: vec![Text::new("hint-organization-denied")], ..error.clone() }
    })?;
    let missing = |unit: &&&String| !units.iter().any(|it| it.is_in(unit));
    let Some(missing) = wanted.iter().find(missing) else { return Ok(()) };
    let error = Error::usage(Text::new("error-unknown-unit").with("unit", missing));
    let names = units.iter().flat_map(|Unit { id, path, .. }| [id.as_str(), path.as_str()]);
    Err(match nearest(missing, names) {
        Some(near) => error.hint(Text::new("hint-did-you-mean").with("near", near)),
        None => error.hint(Text::new("hint-unknown-unit")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(path: &str) -> Unit {
        Unit { id: format!("ou-{}", path.replace('/', "-")), path: path.to_owned(), above: vec!["r-1".to_owned()] }
    }

    fn member(number: u8, path: &str, standing: Standing) -> Member {
        let id = format!("{number:012}").parse().unwrap();
        Member { id, name: None, standing, partition: "aws".to_owned(), unit: Some(unit(path)) }
    }

    fn organization() -> Organization {
        let members = vec![
            member(4, "Labs", Standing::Closing),
            member(1, "Training/2026", Standing::Active),
            member(2, "Training/2026", Standing::Suspended),
            member(3, "Labs", Standing::Active),
            member(5, "Training", Standing::Closed),
            member(3, "Labs", Standing::Active),
        ];
        let units = Ok(["Labs", "Training", "Training/2026"].map(unit).to_vec());
        Organization { id: None, management: None, members, units }
    }

    /// The letter of each account's state, in the order of their numbers.
    fn fates(choice: &Choice) -> String {
        let letter = |it: &Chosen| match it.state {
            AccountState::Unreachable => 'w',
            AccountState::Suspended => 's',
            AccountState::Closing => 'c',
            AccountState::Closed => 'C',
            AccountState::Excluded => '-',
            AccountState::Swept => '!',
        };
        chosen(&organization(), choice).unwrap().iter().map(letter).collect()
    }

    fn choice(accounts: &[&str], units: &[&str], exclude: &[&str]) -> Choice {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let accounts = accounts.iter().map(|id| id.parse().unwrap()).collect();
        Choice { accounts, units: owned(units), exclude: owned(exclude) }
    }

    #[test]
    fn every_account_has_a_fate_once() {
        assert_eq!(fates(&Choice::default()), "wswcC");
        assert_eq!(fates(&choice(&["000000000001"], &[], &[])), "w----");
        assert_eq!(fates(&choice(&[], &["Training"], &[])), "ws--C");
        assert_eq!(fates(&choice(&["000000000003"], &["Training/2026"], &[])), "wsw--");
        assert_eq!(fates(&choice(&[], &[], &["0000-0000-0002", "Labs"])), "w---C");
        // An account that has left the organisation may stay in the list of those to leave out.
        assert_eq!(fates(&choice(&[], &[], &["000000000009"])), "wswcC");
    }

    #[test]
    fn a_choice_of_nothing_is_refused() {
        let refused = |choice: Choice| chosen(&organization(), &choice).unwrap_err().what.id;
        assert_eq!(refused(choice(&["000000000009"], &[], &[])), "error-account-not-in-organization");
        assert_eq!(refused(choice(&[], &["Trainig"], &[])), "error-unknown-unit");
        assert_eq!(refused(choice(&[], &[], &["Trainig"])), "error-unknown-unit");
        assert_eq!(refused(choice(&["000000000001"], &[], &["000000000001"])), "error-no-account-left");
        let units = Err(Error::failed(Text::new("error-denied")));
        let unreadable = Organization { units, ..organization() };
        let error = chosen(&unreadable, &choice(&[], &["Labs"], &[])).unwrap_err();
        assert_eq!(error.what.id, "error-units-unreadable");
        assert!(chosen(&unreadable, &Choice::default()).is_ok());
    }
}
