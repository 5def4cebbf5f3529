//! The ways in which AWS fails and no emulator can.

use std::sync::atomic::{AtomicUsize, Ordering};

use guardrail::demo::call::Wire;
use guardrail::demo::{Answer, Call};

use crate::world::ACCOUNT;

/// What is wrong with an account.
pub enum Fault {
    Deny { service: String, action: String },
    DenyByOrganization { region: String },
    Disabled { region: String },
    Hang { region: String },
    Silent { action: String },
    Throttle { action: String, left: AtomicUsize },
    Broken { action: String },
    Expired { action: String },
    WebPage { service: String },
}

impl Fault {
    /// Whether it is of this call.
    #[must_use]
    pub fn strikes(&self, call: &Call) -> bool {
        match self {
            Self::Deny { service, action } => (service, action) == (&call.service, &call.action),
            Self::DenyByOrganization { region } => *region == call.region && call.action != "GetCallerIdentity",
            Self::Disabled { region } | Self::Hang { region } => *region == call.region,
            Self::Broken { action } | Self::Silent { action } | Self::Expired { action } => *action == call.action,
            Self::WebPage { service } => *service == call.service && call.action != "DescribeRegions",
            Self::Throttle { action, left } => {
                *action == call.action
                    && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
            }
        }
    }

    /// `None`: never. The codes are those of AWS's services; they differ by protocol.
    #[must_use]
    pub fn answer(&self, call: &Call) -> Option<Answer> {
        let (ec2, json) = (call.service == "ec2", matches!(call.wire, Wire::Json | Wire::RestJson | Wire::Cbor));
        let denied = match call.wire {
            _ if ec2 => (403, "UnauthorizedOperation"),
            _ if json => (400, "AccessDeniedException"),
            _ => (403, "AccessDenied"),
        };
        let (status, code) = match self {
            Self::Hang { .. } | Self::Silent { .. } => return None,
            Self::Broken { .. } => {
                let mut answer = Answer::empty(call);
                answer.body = b"\x01<not {an answer".to_vec();
                return Some(answer);
            }
            Self::WebPage { .. } => {
                let mut answer = Answer::empty(call);
                answer.body = b"<!DOCTYPE html><html><title>Welcome to our hotel</title></html>".to_vec();
                return Some(answer);
            }
            Self::Deny { .. } | Self::DenyByOrganization { .. } => denied,
            Self::Expired { .. } if ec2 => (400, "RequestExpired"),
            Self::Expired { .. } if json => (400, "ExpiredTokenException"),
            Self::Expired { .. } => (403, "ExpiredToken"),
            Self::Disabled { .. } if ec2 => (401, "AuthFailure"),
            Self::Disabled { .. } if json => (400, "UnrecognizedClientException"),
            Self::Disabled { .. } => (403, "InvalidClientTokenId"),
            Self::Throttle { .. } if ec2 => (503, "RequestLimitExceeded"),
            Self::Throttle { .. } if json => (400, "ThrottlingException"),
            Self::Throttle { .. } if call.wire == Wire::RestXml => (503, "SlowDown"),
            Self::Throttle { .. } => (400, "Throttling"),
        };
        let who = format!(
            "User: arn:aws:iam::{ACCOUNT}:user/test is not authorized to perform: {}:{}",
            call.service, call.action
        );
        let message = match self {
            Self::DenyByOrganization { .. } => format!("{who} with an explicit deny in a service control policy"),
            Self::Deny { .. } => format!("{who} because no identity-based policy allows it"),
            Self::Disabled { .. } => "The security token included in the request is invalid.".to_owned(),
            Self::Expired { .. } => "The security token included in the request is expired".to_owned(),
            _ => "Rate exceeded".to_owned(),
        };
        Some(Answer::error(call, status, code, &message))
    }
}
