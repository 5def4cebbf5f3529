//! Why AWS refuses a change, and so whether to try again.

use crate::error::{Error, Kind};
use crate::model::Reason;

/// Why AWS refused a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// AWS has too many requests, or did not answer: try again.
    Temporary,
    /// The thing is changing its state: try again in a while.
    Busy,
    /// A permission is missing.
    Denied,
    /// AWS knows no such thing.
    GoneAlready,
    /// Something else still uses it.
    InUse,
    /// It is protected from deletion.
    Protected,
    Other,
}

/// Parts of codes that mean that the thing is not there.
const GONE: &[&str] = &["NotFound", "NoSuch", "DoesNotExist", "NonExistent", "UnknownResource", "MissingResource"];

/// Codes that say so of something else than the thing: of a page, a policy, an operation.
const NOT_GONE: &[&str] = &["NoSuchOperation", "NoSuchBucketPolicy", "ActionNotFound"];

const IN_USE: &[&str] = &[
    "DependencyViolation",
    "ResourceInUse",
    "DeleteConflict",
    "NotEmpty",
    "InvalidSnapshot.InUse",
    "VolumeInUse",
    "InUse",
    "AssociatedResource",
    "HasDependent",
    "NonEmptyEntity",
];

const BUSY: &[&str] = &[
    "ConcurrentModification",
    "Conflict",
    "IncorrectInstanceState",
    "IncorrectState",
    "InvalidState",
    "InvalidDBInstanceState",
    "InvalidDBClusterState",
    "InvalidClusterState",
    "InvalidResourceState",
    "OperationAborted",
    "OperationInProgress",
    "ResourceNotReady",
    "UpdateInProgress",
    "PreconditionFailed",
    "NotReady",
    "Locked",
];

const TEMPORARY: &[&str] = &["InternalError", "InternalFailure", "InternalServer", "ServiceUnavailable", "Unavailable"];

const PROTECTED: &[&str] = &["OperationNotPermitted", "DeletionProtection", "TerminationProtection"];

/// Words of a message that mean protection, whatever the code.
const PROTECTION: &[&str] = &[
    "deletion protection",
    "DeletionProtection",
    "termination protection",
    "disableApiTermination",
    "disableApiStop",
    "delete protection",
];

/// Why AWS refused a change, by the code and the words of its answer.
#[must_use]
pub fn trouble(error: &Error) -> Trouble {
    let code = error.code.as_deref().unwrap_or_default();
    let said = error.detail.as_deref().unwrap_or_default();
    let any = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    match error.kind {
        Kind::Cloud(Reason::Denied | Reason::DeniedByOrganization | Reason::DisabledRegion) => Trouble::Denied,
        Kind::Cloud(Reason::Throttled | Reason::Timeout | Reason::Unreachable) => Trouble::Temporary,
        Kind::Cloud(Reason::Other) if PROTECTION.iter().any(|words| said.contains(words)) => Trouble::Protected,
        Kind::Cloud(Reason::Other) if any(PROTECTED) => Trouble::Protected,
        Kind::Cloud(Reason::Other) if any(GONE) && !NOT_GONE.contains(&code) => Trouble::GoneAlready,
        Kind::Cloud(Reason::Other) if any(IN_USE) => Trouble::InUse,
        Kind::Cloud(Reason::Other) if any(BUSY) => Trouble::Busy,
        Kind::Cloud(Reason::Other) if any(TEMPORARY) => Trouble::Temporary,
        Kind::Cloud(Reason::Other) | Kind::Usage | Kind::Failed | Kind::Interrupted => Trouble::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::fault::refused;

    #[test]
    fn a_code_says_whether_to_try_again() {
        let of = |code: &str, message: &str| trouble(&refused("a:B", code, message));
        for code in ["InvalidVolume.NotFound", "DBInstanceNotFound", "NoSuchBucket", "ResourceNotFoundException"] {
            assert_eq!(of(code, ""), Trouble::GoneAlready, "{code}");
        }
        for code in ["DependencyViolation", "BucketNotEmpty", "ResourceInUseException", "HostedZoneNotEmpty"] {
            assert_eq!(of(code, ""), Trouble::InUse, "{code}");
        }
        for code in ["InvalidDBInstanceState", "ConflictException", "IncorrectInstanceState"] {
            assert_eq!(of(code, ""), Trouble::Busy, "{code}");
        }
        assert_eq!(of("Throttling", ""), Trouble::Temporary);
        assert_eq!(of("InternalFailure", ""), Trouble::Temporary);
        assert_eq!(of("UnauthorizedOperation", ""), Trouble::Denied);
        assert_eq!(of("OperationNotPermitted", ""), Trouble::Protected);
        assert_eq!(
            of("InvalidParameterCombination", "Cannot delete protected DB: disable deletion protection"),
            Trouble::Protected
        );
        assert_eq!(of("NoSuchBucketPolicy", ""), Trouble::Other);
        assert_eq!(of("ValidationException", "x"), Trouble::Other);
    }
}
