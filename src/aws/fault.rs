//! The only reader of AWS's error codes: turns any `SdkError` into a reason that reports know.
//!
//! A disabled region answers like rejected credentials (fact sheet, section 7), so those codes mean "disabled region" once the
//! credentials have worked elsewhere.

use std::error::Error as StdError;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;

use crate::error::{Error, Kind, one_line};
use crate::model::{Cause, Reason, Text};

impl<E> From<SdkError<E, HttpResponse>> for Error
where
    E: StdError + ProvideErrorMetadata + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        failure(&error, &action::<E>())
    }
}

/// The error of a failed call of the operation with this IAM action.
pub fn failure<E>(error: &SdkError<E, HttpResponse>, action: &str) -> Error
where
    E: StdError + ProvideErrorMetadata + 'static,
{
    let reason = reason(error);
    let detail = match error {
        _ if is_web_page(error) => WEB_PAGE.to_owned(),
        SdkError::ServiceError(answer) if answer.err().code().is_none() => innermost(answer.err()),
        SdkError::ServiceError(answer) => said(answer.err()),
        SdkError::TimeoutError(_) => String::new(),
        other => innermost(other),
    };
    let cause = cause_of_all(error, &detail).or_else(|| cause(reason, &detail));
    let (what, hint) = match cause {
        Some(Cause::Expired) => ("error-expired", Some("hint-login")),
        Some(Cause::NotAws) => ("error-not-aws", Some("hint-not-aws")),
        Some(Cause::Clock) => ("error-clock", Some("hint-clock")),
        _ if is_cost_explorer_off(&detail) => ("error-cost-explorer-off", None),
        _ => (message(reason), None),
    };
    let mut failure = Error::new(Kind::Cloud(reason), Text::new(what).with("action", action));
    failure.hints.extend(hint.map(Text::new));
    failure.detail = Some(one_line(&detail)).filter(|detail| !detail.is_empty());
    failure.action = Some(action.to_owned());
    failure.cause = cause;
    failure.code = code(error).map(str::to_owned);
    failure
}

/// The error of a part that AWS refuses in the answer of a call that succeeds.
#[must_use]
pub fn refused(action: &str, code: &str, words: &str) -> Error {
    let reason = of_code(Some(code), Some(words));
    let error = Error::new(Kind::Cloud(reason), Text::new(message(reason)).with("action", action));
    let error = error.detail(format!("{code}: {words}"));
    Error { action: Some(action.to_owned()), code: Some(code.to_owned()), ..error }
}

/// A request that cannot be built: a mistake in this program, not in the account.
impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Error::failed(Text::new("error-request")).detail(error)
    }
}

/// Whether the host name of the service's endpoint does not exist, by the system resolver's answer.
#[must_use]
pub fn is_no_such_host(error: &Error) -> bool {
    const SAID: [&str; 4] = [
        "Name or service not known",
        "nodename nor servname",
        "No address associated with hostname",
        "No such host is known",
    ];
    let detail = error.detail.as_deref().unwrap_or_default();
    error.reason() == Reason::Unreachable && SAID.iter().any(|said| detail.contains(said))
}

/// Whether AWS answered with one of these error codes (`NotFoundException`, …).
pub fn is_code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>, codes: &[&str]) -> bool {
    code(error).is_some_and(|code| codes.contains(&code))
}

/// `Ok(None)` if the requested thing does not exist.
///
/// # Errors
/// Every other failure.
pub fn found<T>(answer: Result<T, impl Into<Error>>, missing: &[&str]) -> Result<Option<T>, Error> {
    let off: Vec<(&str, &str)> = missing.iter().map(|code| (*code, "")).collect();
    switched_on(answer, &off)
}

/// `Ok(None)` if the service is not enabled: AWS answers with one of these codes and, for codes that are also used otherwise, with
/// these words in the message.
///
/// # Errors
/// Every other failure, most often a missing permission.
pub fn switched_on<T>(answer: Result<T, impl Into<Error>>, off: &[(&str, &str)]) -> Result<Option<T>, Error> {
    match answer.map_err(Into::into) {
        Ok(it) => Ok(Some(it)),
        Err(error) if off.iter().any(|(code, words)| error.says(code, words)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Option<&str> {
    match error {
        SdkError::ServiceError(answer) => answer.err().code(),
        _ => None,
    }
}

fn said(error: &impl ProvideErrorMetadata) -> String {
    let code = error.code().unwrap_or("no error code");
    match error.message() {
        Some(message) if !message.is_empty() => format!("{code}: {message}"),
        _ => code.to_owned(),
    }
}

/// The innermost cause, which is the most precise: "connection refused", "failed to lookup address".
fn innermost(error: &dyn StdError) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let words = cause.to_string();
    if words.is_empty() { DisplayErrorContext(error).to_string() } else { words }
}

fn reason<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Reason {
    match error {
        SdkError::TimeoutError(_) => Reason::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Reason::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_io() => Reason::Unreachable,
        SdkError::ServiceError(answer) => of_code(answer.err().code(), answer.err().message()),
        _ => Reason::Other,
    }
}

fn of_code(code: Option<&str>, message: Option<&str>) -> Reason {
    let message = message.unwrap_or_default();
    match code.unwrap_or_default() {
        _ if message.contains("service control policy") || message.contains("resource control policy") => {
            Reason::DeniedByOrganization
        }
        // The code is that of a missing permission, though no policy could grant it.
        _ if is_cost_explorer_off(message) => Reason::Other,
        "UnauthorizedOperation"
        | "AccessDenied"
        | "AccessDeniedException"
        | "AccessDeniedFault"
        | "ForbiddenException"
        | "AuthorizationError"
        | "AuthorizationErrorException" => Reason::Denied,
        // The last two are S3's.
        "AuthFailure"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "OptInRequired"
        | "InvalidAccessKeyId"
        | "InvalidToken" => Reason::DisabledRegion,
        "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "RequestThrottledException"
        | "RequestThrottled"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "SlowDown"
        | "EC2ThrottledException"
        | "PriorRequestNotComplete" => Reason::Throttled,
        "RequestTimeout" | "RequestTimeoutException" => Reason::Timeout,
        _ => Reason::Other,
    }
}

/// What would stand behind every other failure, too: the session, the network, the clock.
fn cause_of_all<E>(error: &SdkError<E, HttpResponse>, said: &str) -> Option<Cause>
where
    E: StdError + ProvideErrorMetadata + 'static,
{
    const CLOCK: [&str; 3] = ["Signature expired", "Signature not yet current", "RequestTimeTooSkewed"];
    const EXPIRED: [&str; 4] = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
    if is_web_page(error) || said.contains("invalid peer certificate") {
        return Some(Cause::NotAws);
    }
    if CLOCK.iter().any(|words| said.contains(words)) {
        return Some(Cause::Clock);
    }
    (is_code(error, &EXPIRED) || lacks_credentials(error)).then_some(Cause::Expired)
}

/// They were there when the program began: they have expired and could not be renewed.
fn lacks_credentials(error: &(dyn StdError + 'static)) -> bool {
    std::iter::successors(Some(error), |&error| error.source()).any(<dyn StdError>::is::<CredentialsError>)
}

/// The message of an answer that is not AWS's.
const WEB_PAGE: &str = "a web page came back";

/// Whether the answer is a page for a browser: AWS's APIs answer in JSON, XML or CBOR. As XML, a page may look like an answer
/// without any members.
#[must_use]
pub fn is_page(answer: &HttpResponse) -> bool {
    const HEAD: usize = 1024;
    let body = answer.body().bytes().unwrap_or_default();
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    // Most answers are JSON, and every answer comes by here.
    if !body.starts_with(b"<") {
        return false;
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(HEAD)]).to_ascii_lowercase();
    head.contains("<html") || head.contains("<!doctype html")
}

fn is_web_page<E>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ServiceError(answer) => is_page(answer.raw()),
        SdkError::ResponseError(answer) => is_page(answer.raw()),
        _ => false,
    }
}

/// The cause of a refusal, from the text of its message.
fn cause(reason: Reason, said: &str) -> Option<Cause> {
    let names_policy = || ["policy", "permissions boundary"].iter().any(|why| said.contains(why));
    match reason {
        _ if said.contains("ask the payer account") => Some(Cause::PayerFirst),
        Reason::Denied if names_policy() => Some(Cause::Policy),
        _ => None,
    }
}

/// Whether Cost Explorer is not enabled in the account yet, by the text of its answer.
fn is_cost_explorer_off(said: &str) -> bool {
    said.contains("not enabled for cost explorer")
}

fn message(reason: Reason) -> &'static str {
    match reason {
        Reason::Denied => "error-denied",
        Reason::DeniedByOrganization => "error-denied-by-organization",
        Reason::DisabledRegion => "error-disabled-region",
        Reason::Throttled => "error-throttled",
        Reason::Timeout => "error-timeout",
        Reason::Unreachable => "error-unreachable",
        Reason::Other => "error-aws",
    }
}

/// The IAM action of the operation whose error type is `E`. The SDK names error types after operations:
/// `aws_sdk_rds::operation::describe_db_instances::DescribeDBInstancesError`.
fn action<E>() -> String {
    let path = std::any::type_name::<E>();
    let service = path.split("::").next().unwrap_or_default().trim_start_matches("aws_sdk_");
    let operation = path.rsplit("::").next().unwrap_or_default().trim_end_matches("Error");
    iam_action(service, operation)
}

/// Most IAM actions are named after their operation; these are the exceptions (fact sheet, section 12).
fn iam_action(service: &str, operation: &str) -> String {
    if (service, operation) == ("s3", "ListDirectoryBuckets") {
        return "s3express:ListAllMyDirectoryBuckets".to_owned();
    }
    let name = match (service, operation) {
        ("budgets", _) if operation.starts_with("DescribeBudgetAction") => operation,
        ("budgets", _) if operation.starts_with("Describe") => "ViewBudget",
        ("budgets", "CreateBudget" | "UpdateBudget" | "DeleteBudget") => "ModifyBudget",
        ("budgets", _) if operation.ends_with("Notification") || operation.ends_with("Subscriber") => "ModifyBudget",
        ("s3", "HeadBucket" | "ListObjectsV2") => "ListBucket",
        ("s3", "ListObjectVersions") => "ListBucketVersions",
        ("s3", "ListMultipartUploads") => "ListBucketMultipartUploads",
        ("s3", "ListBuckets") => "ListAllMyBuckets",
        ("s3", "DeleteObjects") => "DeleteObject",
        ("s3", "GetPublicAccessBlock") => "GetBucketPublicAccessBlock",
        ("s3", "PutPublicAccessBlock") => "PutBucketPublicAccessBlock",
        ("s3", "GetBucketEncryption") => "GetEncryptionConfiguration",
        ("s3", "PutBucketEncryption") => "PutEncryptionConfiguration",
        ("s3", "GetBucketLifecycleConfiguration") => "GetLifecycleConfiguration",
        ("s3", "PutBucketLifecycleConfiguration") => "PutLifecycleConfiguration",
        _ => operation,
    };
    format!("{service}:{name}")
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::result::{ConstructionFailure, ServiceError};
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;

    #[test]
    fn an_action_is_named_after_its_error_type() {
        use aws_sdk_budgets::operation::describe_budgets::DescribeBudgetsError;
        use aws_sdk_ec2::operation::describe_nat_gateways::DescribeNatGatewaysError;
        assert_eq!(action::<DescribeNatGatewaysError>(), "ec2:DescribeNatGateways");
        assert_eq!(action::<DescribeBudgetsError>(), "budgets:ViewBudget");
    }

    fn answered(code: Option<&str>, body: &str) -> Error {
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code);
        }
        let response = HttpResponse::new(403.try_into().unwrap(), SdkBody::from(body));
        failure(
            &SdkError::ServiceError(
                ServiceError::<Refused, HttpResponse>::builder().source(Refused(meta.build())).raw(response).build(),
            ),
            "a:B",
        )
    }

    #[derive(Debug)]
    struct Refused(ErrorMetadata);

    impl std::fmt::Display for Refused {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl StdError for Refused {}

    impl ProvideErrorMetadata for Refused {
        fn meta(&self) -> &ErrorMetadata {
            &self.0
        }
    }

    #[test]
    fn what_would_fail_every_request_is_named() {
        let cause = |code, body| answered(code, body).cause;
        assert_eq!(cause(Some("ExpiredTokenException"), "{}"), Some(Cause::Expired));
        assert_eq!(cause(Some("RequestTimeTooSkewed"), "<Error/>"), Some(Cause::Clock));
        assert_eq!(cause(None, " \n<!DOCTYPE html><title>Hotel</title>"), Some(Cause::NotAws));
        assert_eq!(cause(None, "<?xml version='1.0'?>\n<html xmlns='x'>"), Some(Cause::NotAws));
        assert_eq!(cause(Some("x"), r#"{"name": "<html>"}"#), None);
        assert_eq!(cause(Some("AccessDenied"), "<Error><Code>AccessDenied</Code></Error>"), None);
        let page = answered(None, "<html>");
        assert_eq!((page.what.id, page.detail.as_deref()), ("error-not-aws", Some(WEB_PAGE)));
        let gone = CredentialsError::provider_error("the SSO session has ended");
        let gone: SdkError<Refused, HttpResponse> =
            SdkError::ConstructionFailure(ConstructionFailure::builder().source(gone).build());
        assert_eq!(failure(&gone, "a:B").cause, Some(Cause::Expired));
    }

    #[test]
    fn a_service_that_is_off_differs_from_a_missing_permission() {
        let off = [("AccessDeniedException", "is not enabled"), ("ResourceNotFoundException", "")];
        let is_off = |code: &str, message: &str| {
            let error = Error::failed(Text::new("error-aws")).detail(format!("{code}: {message}"));
            let error = Error { code: Some(code.to_owned()), ..error };
            switched_on::<()>(Err(error), &off).is_ok()
        };
        assert!(is_off("AccessDeniedException", "Macie is not enabled."));
        assert!(is_off("ResourceNotFoundException", ""));
        assert!(!is_off("AccessDeniedException", "User: … is not authorized to perform: macie2:GetMacieSession"));
        assert!(!is_off("ThrottlingException", "is not enabled"));
    }

    #[test]
    fn a_denial_by_an_organisation_differs_from_a_missing_permission() {
        let scp = Some("User is not authorized … with an explicit deny in a service control policy");
        assert_eq!(of_code(Some("UnauthorizedOperation"), scp), Reason::DeniedByOrganization);
        assert_eq!(of_code(Some("UnauthorizedOperation"), None), Reason::Denied);
        let off = Some("User not enabled for cost explorer access");
        assert_eq!(of_code(Some("AccessDeniedException"), off), Reason::Other);
        for code in ["AuthFailure", "InvalidAccessKeyId"] {
            assert_eq!(of_code(Some(code), None), Reason::DisabledRegion);
        }
        assert_eq!(of_code(Some("SomethingNew"), None), Reason::Other);
    }
}
