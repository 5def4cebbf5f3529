//! The kind of an account: standalone or in an organisation, on the free plan or paid. A missing permission leaves it unknown.

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
    /// The ARN of the credentials; empty if AWS does not return it.
    pub caller: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Organization {
    /// Not in an organisation.
    None,
    /// The account that pays for the organisation.
    Management,
    /// Charged to another account.
    Member { management: AccountId },
    #[default]
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Plan {
    /// Nothing is charged until this day, when AWS closes the account.
    Free {
        ends: Timestamp,
    },
    Paid,
    /// AWS does not answer, or the account is older than the plans.
    #[default]
    Unknown,
}

impl AccountKind {
    /// Reads the kind with one call for each part; a failed call leaves its part unknown.
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
        // An expired free plan: the account is about to be closed, so its plan counts as unknown.
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
    fn an_account_is_standalone_a_payer_or_a_member() {
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
