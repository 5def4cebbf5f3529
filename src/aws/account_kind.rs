//! What kind of account it is: alone or in an organisation, on the free plan or paying. Unknown where AWS refuses to say.

use jiff::Timestamp;
use serde::Deserialize;

use super::Cx;
use super::accounts::CALLER;
use super::api::{Asks, Operation, values};
use crate::error::{Error, Result};
use crate::model::AccountId;

pub const READS: &[&str] = &["freetier:GetAccountPlanState", "organizations:DescribeOrganization"];

pub static ASKS: &[&dyn Asks] = &[&ORGANIZATION, &PLAN];

const ORGANIZATION: Operation<Description> =
    Operation::new("organizations:DescribeOrganization").at("Organization").shared();
const PLAN: Operation<PlanState> = Operation::new("freetier:GetAccountPlanState").shared();

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Description {
    master_account_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct PlanState {
    account_plan_type: Option<PlanType>,
    account_plan_status: Option<PlanStatus>,
    account_plan_expiration_date: Option<Timestamp>,
}

values! { enum PlanType { Free = "FREE", Paid = "PAID" } }
values! { enum PlanStatus { NotStarted = "NOT_STARTED", Active = "ACTIVE" } }

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountKind {
    pub organization: Organization,
    pub plan: Plan,
    /// The ARN of the credentials; empty if AWS did not say.
    pub caller: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Organization {
    /// The account stands alone.
    None,
    /// It pays for the others.
    Management,
    /// Another account pays for it.
    Member { management: AccountId },
    #[default]
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Plan {
    /// Nothing can be charged until this day, when the account is closed.
    Free {
        ends: Timestamp,
    },
    Paid,
    /// AWS does not say, or the account is from before there were plans.
    #[default]
    Unknown,
}

impl AccountKind {
    /// Asks once for each place; what AWS does not say is unknown.
    pub async fn of(cx: &Cx) -> Self {
        let (organization, plan, caller) =
            futures::join!(cx.ask(&ORGANIZATION).one(), cx.ask(&PLAN).one(), cx.ask(&CALLER).one());
        Self {
            organization: organization_of(&cx.place.account, organization),
            plan: plan.map(|state| plan_of(&state)).unwrap_or_default(),
            caller: caller.map(|caller| caller.arn).unwrap_or_default(),
        }
    }

    /// The account that pays, if it is another one.
    #[must_use]
    pub fn payer(&self) -> Option<&AccountId> {
        match &self.organization {
            Organization::Member { management } => Some(management),
            _ => None,
        }
    }
}

fn organization_of(account: &AccountId, answer: Result<Description, Error>) -> Organization {
    let organization = match answer {
        Ok(organization) => organization,
        Err(error) if error.says("AWSOrganizationsNotInUseException", "") => return Organization::None,
        Err(_) => return Organization::Unknown,
    };
    let management = organization.master_account_id.and_then(|id| id.parse().ok());
    match management {
        Some(management) if management == *account => Organization::Management,
        Some(management) => Organization::Member { management },
        None => Organization::Unknown,
    }
}

fn plan_of(state: &PlanState) -> Plan {
    let runs = matches!(state.account_plan_status, Some(PlanStatus::Active | PlanStatus::NotStarted));
    match (&state.account_plan_type, state.account_plan_expiration_date) {
        // An expired free plan is an account about to be closed: nothing is promised about it.
        (Some(PlanType::Free), Some(ends)) if runs => Plan::Free { ends },
        (Some(PlanType::Paid), _) => Plan::Paid,
        _ => Plan::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn an_account_stands_alone_pays_or_belongs_to_another() {
        let own: AccountId = "123456789012".parse().unwrap();
        let of = |answer| organization_of(&own, answer);
        let answered = |management: &str| Ok(Description { master_account_id: Some(management.to_owned()) });
        assert_eq!(of(answered("123456789012")), Organization::Management);
        assert_eq!(of(answered("210987654321")), Organization::Member { management: "210987654321".parse().unwrap() });
        let refused = |code: &str| {
            let error = Error::failed(Text::new("error-aws")).detail(code);
            Err(Error { code: Some(code.to_owned()), ..error })
        };
        assert_eq!(of(refused("AWSOrganizationsNotInUseException")), Organization::None);
        assert_eq!(of(refused("AccessDeniedException")), Organization::Unknown);
    }

    #[test]
    fn only_a_free_plan_that_runs_promises_anything() {
        let ends: Timestamp = "2027-02-01T00:00:00Z".parse().unwrap();
        let of = |kind: &str, status: &str| {
            let (kind, status) = (Some(kind.into()), Some(status.into()));
            let ends = Some(ends);
            plan_of(&PlanState {
                account_plan_type: kind,
                account_plan_status: status,
                account_plan_expiration_date: ends,
            })
        };
        assert_eq!(of("FREE", "ACTIVE"), Plan::Free { ends });
        assert_eq!(of("FREE", "EXPIRED"), Plan::Unknown);
        assert_eq!(of("PAID", "ACTIVE"), Plan::Paid);
    }
}
