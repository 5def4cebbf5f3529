//! What kind of account it is: alone or in an organisation, on the free plan or paying. Nobody has to be allowed to know.

use aws_sdk_freetier::types::{AccountPlanStatus, AccountPlanType};
use aws_sdk_organizations::error::SdkError;
use aws_sdk_organizations::operation::describe_organization::{
    DescribeOrganizationError as Refusal, DescribeOrganizationOutput,
};
use jiff::Timestamp;

use super::fault::is_code;
use super::{Cx, time};
use crate::model::AccountId;

pub const READS: &[&str] = &["freetier:GetAccountPlanState", "organizations:DescribeOrganization"];

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
    /// Not told, or an account from before there were plans.
    #[default]
    Unknown,
}

impl AccountKind {
    /// Asks once for each place; what AWS does not tell is unknown.
    pub async fn of(cx: &Cx) -> Self {
        let asked = cx.shared.once(async || Ok(Box::pin(Self::ask(cx)).await)).await;
        asked.map(|kind| (*kind).clone()).unwrap_or_default()
    }

    async fn ask(cx: &Cx) -> Self {
        let (organization, plan, caller) = futures::join!(
            aws_sdk_organizations::Client::new(&cx.sdk).describe_organization().send(),
            aws_sdk_freetier::Client::new(&cx.sdk).get_account_plan_state().send(),
            aws_sdk_sts::Client::new(&cx.sdk).get_caller_identity().send(),
        );
        let plan = plan.ok().map(|state| {
            let ends = state.account_plan_expiration_date().and_then(time);
            plan_of(state.account_plan_type(), state.account_plan_status(), ends)
        });
        Self {
            organization: organization_of(&cx.place.account, organization),
            plan: plan.unwrap_or_default(),
            caller: caller.ok().and_then(|it| it.arn).unwrap_or_default(),
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

fn organization_of<R>(
    account: &AccountId,
    answer: Result<DescribeOrganizationOutput, SdkError<Refusal, R>>,
) -> Organization {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if is_code(&error, &["AWSOrganizationsNotInUseException"]) => return Organization::None,
        Err(_) => return Organization::Unknown,
    };
    let management = answer.organization().and_then(|it| it.master_account_id()).and_then(|id| id.parse().ok());
    match management {
        Some(management) if management == *account => Organization::Management,
        Some(management) => Organization::Member { management },
        None => Organization::Unknown,
    }
}

fn plan_of(kind: &AccountPlanType, status: &AccountPlanStatus, ends: Option<Timestamp>) -> Plan {
    match (kind, status, ends) {
        // An expired free plan is an account about to be closed: nothing is promised about it.
        (AccountPlanType::Free, AccountPlanStatus::Active | AccountPlanStatus::NotStarted, Some(ends)) => {
            Plan::Free { ends }
        }
        (AccountPlanType::Paid, ..) => Plan::Paid,
        _ => Plan::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_organizations::types::Organization as Told;
    use aws_sdk_organizations::types::error::{AccessDeniedException, AwsOrganizationsNotInUseException};
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;

    #[expect(clippy::unnecessary_wraps, clippy::result_large_err, reason = "as the SDK answers")]
    fn answered(management: &str) -> Result<DescribeOrganizationOutput, SdkError<Refusal, ()>> {
        let told = Told::builder().master_account_id(management).build();
        Ok(DescribeOrganizationOutput::builder().organization(told).build())
    }

    fn meta(code: &str) -> ErrorMetadata {
        ErrorMetadata::builder().code(code).build()
    }

    #[test]
    fn an_account_stands_alone_pays_or_belongs_to_another() {
        let own: AccountId = "123456789012".parse().unwrap();
        let of = |answer| organization_of::<()>(&own, answer);
        assert_eq!(of(answered("123456789012")), Organization::Management);
        assert_eq!(of(answered("210987654321")), Organization::Member { management: "210987654321".parse().unwrap() });
        let alone =
            AwsOrganizationsNotInUseException::builder().meta(meta("AWSOrganizationsNotInUseException")).build();
        let alone = SdkError::service_error(Refusal::AwsOrganizationsNotInUseException(alone), ());
        assert_eq!(of(Err(alone)), Organization::None);
        let denied = AccessDeniedException::builder().meta(meta("AccessDeniedException")).build();
        assert_eq!(of(Err(SdkError::service_error(Refusal::AccessDeniedException(denied), ()))), Organization::Unknown);
    }

    #[test]
    fn only_a_free_plan_that_runs_promises_anything() {
        let ends: Timestamp = "2027-02-01T00:00:00Z".parse().unwrap();
        let of = |kind, status| plan_of(&kind, &status, Some(ends));
        assert_eq!(of(AccountPlanType::Free, AccountPlanStatus::Active), Plan::Free { ends });
        assert_eq!(of(AccountPlanType::Free, AccountPlanStatus::Expired), Plan::Unknown);
        assert_eq!(of(AccountPlanType::Paid, AccountPlanStatus::Active), Plan::Paid);
    }
}
