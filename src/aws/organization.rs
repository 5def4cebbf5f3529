//! The accounts of an organisation and their organisational units, as AWS Organizations lists them.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use futures::stream::{self, StreamExt};
use serde::{Deserialize, Serialize};

use super::api::{Asks, Client, Operation, values};
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Reason, Text};

/// The IAM action of [`names`].
pub const ACCOUNTS_READ: &str = "organizations:ListAccounts";
pub const READS: &[&str] = &[
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
];

pub static ASKS: &[&dyn Asks] = &[&ORGANIZATION, &ACCOUNTS, &ROOTS, &UNITS, &CHILDREN];

const ORGANIZATION: Operation<Description> = Operation::new("organizations:DescribeOrganization").at("Organization");
const ACCOUNTS: Operation<Listed> = Operation::new("organizations:ListAccounts").at("Accounts");
const ROOTS: Operation<Named> = Operation::new("organizations:ListRoots").at("Roots");
const UNITS: Operation<Named> =
    Operation::new("organizations:ListOrganizationalUnitsForParent").at("OrganizationalUnits");
const CHILDREN: Operation<Child> = Operation::new("organizations:ListAccountsForParent").at("Accounts");

/// Organisational units asked about at the same time: AWS allows five requests a second (fact sheet, section 10).
const AT_ONCE: usize = 2;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Description {
    id: Option<String>,
    master_account_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Listed {
    id: Option<String>,
    arn: Option<String>,
    name: Option<String>,
    status: Option<AccountStatus>,
    state: Option<AccountState>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Named {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Child {
    id: String,
}

values! { enum AccountStatus { Suspended = "SUSPENDED", PendingClosure = "PENDING_CLOSURE" } }
values! { enum AccountState { Suspended = "SUSPENDED", PendingClosure = "PENDING_CLOSURE", Closed = "CLOSED" } }

/// An organisation and all its accounts.
#[derive(Debug, Clone)]
pub struct Organization {
    pub id: Option<String>,
    pub management: Option<AccountId>,
    pub members: Vec<Member>,
    /// Every organisational unit, the roots included; the error if they could not be read.
    pub units: Result<Vec<Unit>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: AccountId,
    pub name: Option<String>,
    pub standing: Standing,
    /// The partition of its ARN: `aws`, `aws-cn`.
    pub partition: String,
    /// The unit that it is in, if the units could be read.
    pub unit: Option<Unit>,
}

/// Whether an account can be entered. One that AWS does not know by any of these words is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Active,
    Suspended,
    Closing,
    Closed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: String,
    /// The names below the root, joined by `/`; `/` for the root itself.
    pub path: String,
    /// The ids of the units above it, the root first.
    pub above: Vec<String>,
}

impl Unit {
    /// Whether it is the unit with this id or path itself.
    #[must_use]
    pub fn is_named(&self, unit: &str) -> bool {
        self.id == unit || self.path == unit || self.path == unit.trim_matches('/')
    }

    /// Whether it is the unit with this id or path, or below it.
    #[must_use]
    pub fn is_in(&self, unit: &str) -> bool {
        let below = |path: &str| self.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let path = unit.trim_matches('/');
        unit == "/" || self.id == unit || self.above.iter().any(|id| id == unit) || self.path == path || below(path)
    }
}

/// Reads the organisation of the credentials.
///
/// # Errors
/// The account is in no organisation, or neither manages it nor administers it by delegation.
pub async fn read(sdk: &SdkConfig) -> Result<Organization> {
    let client = Client::new(sdk);
    let described = client.ask(&ORGANIZATION).one();
    let (described, listed, units) = futures::join!(described, client.ask(&ACCOUNTS).all(), tree(&client));
    let described = described.map_err(explained)?;
    let (units, places) = match units {
        Ok((units, places)) => (Ok(units), places),
        Err(error) => (Err(error), BTreeMap::new()),
    };
    let members: Vec<Member> =
        listed.map_err(explained)?.into_iter().filter_map(|listed| member(listed, &places)).collect();
    // An organisation has at least its management account: an empty list is no answer.
    if members.is_empty() {
        return Err(Error::failed(Text::new("error-no-organization")).hint(Text::new("hint-no-organization")));
    }
    let management = described.master_account_id.and_then(|id| id.parse().ok());
    Ok(Organization { id: described.id, management, members, units })
}

/// The names of the accounts; without those that cannot be read, because they are for display only.
pub async fn names(sdk: &SdkConfig) -> BTreeMap<AccountId, String> {
    let listed = Client::new(sdk).ask(&ACCOUNTS).all().await.unwrap_or_default();
    listed.into_iter().filter_map(|it| Some((it.id?.parse().ok()?, it.name?))).collect()
}

fn member(listed: Listed, places: &BTreeMap<AccountId, Unit>) -> Option<Member> {
    let id: AccountId = listed.id?.parse().ok()?;
    let partition = listed.arn.as_deref().and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws").to_owned();
    let standing = standing(listed.state.as_ref(), listed.status.as_ref());
    Some(Member { unit: places.get(&id).cloned(), name: listed.name, standing, partition, id })
}

/// AWS replaces `Status` by `State`; older endpoints have only the former.
fn standing(state: Option<&AccountState>, status: Option<&AccountStatus>) -> Standing {
    match (state, status) {
        (Some(AccountState::Closed), _) => Standing::Closed,
        (Some(AccountState::PendingClosure), _) | (None, Some(AccountStatus::PendingClosure)) => Standing::Closing,
        (Some(AccountState::Suspended), _) | (None, Some(AccountStatus::Suspended)) => Standing::Suspended,
        _ => Standing::Active,
    }
}

/// Every unit, and the unit of each account, with two requests for each unit.
async fn tree(client: &Client) -> Result<(Vec<Unit>, BTreeMap<AccountId, Unit>)> {
    let roots = client.ask(&ROOTS).all().await?;
    let root = |root: Named| Unit { id: root.id, path: "/".to_owned(), above: Vec::new() };
    let mut level: Vec<Unit> = roots.into_iter().map(root).collect();
    let (mut units, mut places) = (Vec::new(), BTreeMap::new());
    while !level.is_empty() {
        let asked = stream::iter(std::mem::take(&mut level)).map(async |unit| {
            let accounts = client.ask(&CHILDREN).with("ParentId", unit.id.as_str()).all().await;
            let units = client.ask(&UNITS).with("ParentId", unit.id.as_str()).all().await;
            (unit, accounts, units)
        });
        let answers: Vec<_> = asked.buffered(AT_ONCE).collect().await;
        for (unit, accounts, below) in answers {
            let accounts = accounts?.into_iter().filter_map(|child| child.id.parse().ok());
            places.extend(accounts.map(|id: AccountId| (id, unit.clone())));
            level.extend(below?.into_iter().map(|named| child(&unit, named)));
            units.push(unit);
        }
    }
    Ok((units, places))
}

fn child(parent: &Unit, named: Named) -> Unit {
    let name = named.name.unwrap_or_else(|| named.id.clone());
    let path = if parent.path == "/" { name } else { format!("{}/{name}", parent.path) };
    let above = parent.above.iter().chain([&parent.id]).cloned().collect();
    Unit { id: named.id, path, above }
}

fn explained(error: Error) -> Error {
    if error.code.as_deref() == Some("AWSOrganizationsNotInUseException") {
        return Error { what: Text::new("error-no-organization"), ..error }.hint(Text::new("hint-no-organization"));
    }
    match error.kind {
        Kind::Cloud(Reason::Denied) => error.hint(Text::new("hint-organization-denied")),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> [Unit; 3] {
        let root = Unit { id: "r-ab12".to_owned(), path: "/".to_owned(), above: Vec::new() };
        let named = |id: &str, name: &str| Named { id: id.to_owned(), name: Some(name.to_owned()) };
        let training = child(&root, named("ou-ab12-training", "Training"));
        let year = child(&training, named("ou-ab12-2026", "2026"));
        [root, training, year]
    }

    #[test]
    fn a_unit_includes_those_below_it() {
        let [root, training, year] = units();
        assert_eq!((training.path.as_str(), year.path.as_str()), ("Training", "Training/2026"));
        for wanted in ["r-ab12", "/", "ou-ab12-training", "Training", "/Training/", "ou-ab12-2026", "Training/2026"] {
            assert!(year.is_in(wanted), "{wanted}");
        }
        for wanted in ["Train", "2026", "ou-ab12-2027", "training"] {
            assert!(!year.is_in(wanted), "{wanted}");
        }
        assert!(!root.is_in("Training") && !training.is_in("ou-ab12-2026"));
    }

    #[test]
    fn the_newer_word_decides_and_an_unknown_one_is_tried() {
        let of = |state: Option<&str>, status: Option<&str>| {
            standing(state.map(AccountState::from).as_ref(), status.map(AccountStatus::from).as_ref())
        };
        assert_eq!(of(Some("CLOSED"), Some("SUSPENDED")), Standing::Closed);
        assert_eq!(of(Some("PENDING_CLOSURE"), Some("ACTIVE")), Standing::Closing);
        assert_eq!(of(Some("ACTIVE"), Some("SUSPENDED")), Standing::Active);
        assert_eq!(of(None, Some("SUSPENDED")), Standing::Suspended);
        assert_eq!(of(None, Some("PENDING_CLOSURE")), Standing::Closing);
        assert_eq!(of(Some("PENDING_ACTIVATION"), None), Standing::Active);
        assert_eq!(of(Some("HIBERNATING"), None), Standing::Active);
        assert_eq!(of(None, None), Standing::Active);
    }

    #[test]
    fn an_account_has_its_unit_and_partition() {
        let [_, training, _] = units();
        let id: AccountId = "000000000007".parse().unwrap();
        let listed =
            |arn: Option<&str>| Listed { id: Some(id.to_string()), arn: arn.map(str::to_owned), ..Listed::default() };
        let places = BTreeMap::from([(id.clone(), training.clone())]);
        let member = |arn| super::member(listed(arn), &places).unwrap();
        assert_eq!(member(None).partition, "aws");
        assert_eq!(member(Some("arn:aws-cn:organizations::1:account/o-x/000000000007")).partition, "aws-cn");
        assert_eq!(member(None).unit, Some(training));
    }
}
