//! The reads that fail, instead of returning an empty list, in an account without safeguards.

use guardrail::demo::{Answer, Call};

const BILLING_ALERTS_ARE_OFF: &str =
    r#"{ "billingPreferences": [{ "feature": "BILLING_ALERTS", "key": "ALERTS", "value": "DISABLED" }] }"#;

/// The error of such a read; `None` for all others.
#[must_use]
pub fn nothing_is_set_up(call: &Call) -> Option<Answer> {
    let says = |status, code, words| Some(Answer::error(call, status, code, words));
    let error = |status, code| says(status, code, "does not exist");
    match (&*call.service, &*call.action) {
        ("sns", "GetTopicAttributes") | ("s3", "HeadBucket") => error(404, "NotFound"),
        ("iam", "GetPolicy" | "GetRole" | "GetRolePolicy") => error(404, "NoSuchEntity"),
        ("organizations", "DescribeOrganization") => error(400, "AWSOrganizationsNotInUseException"),
        ("freetier", "GetAccountPlanState") => error(400, "ResourceNotFoundException"),
        ("macie2", "GetMacieSession") => says(403, "AccessDeniedException", "Macie is not enabled"),
        ("securityhub", "DescribeHub") => {
            says(401, "InvalidAccessException", "Account 123456789012 is not subscribed to AWS Security Hub")
        }
        ("securityhub", "DescribeSecurityHubV2") | ("securitylake", "ListDataLakes") => {
            error(404, "ResourceNotFoundException")
        }
        ("billing", "GetBillingPreferences") => Some(Answer::ok(call, BILLING_ALERTS_ARE_OFF)),
        _ => None,
    }
}
