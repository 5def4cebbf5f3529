//! The topic's policy: the statements that allow AWS's billing services to publish, and whether a policy as a whole allows them.
//!
//! A statement that cannot be evaluated here makes the result unknown, never true.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::policy_document::listed;
use super::topic_name::arn;
use crate::model::report::Status;
use crate::model::{Place, Region};

/// A service that publishes to the topic.
pub(super) struct Publisher {
    /// AWS's own name for it, the same in every language.
    pub name: &'static str,
    principal: &'static str,
    sid: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Alarms,
    Budgets,
    Anomalies,
}

const PUBLISHERS: [Publisher; 3] = [
    Publisher { name: "CloudWatch", principal: "cloudwatch.amazonaws.com", sid: "GuardrailAlarms", kind: Kind::Alarms },
    Publisher { name: "AWS Budgets", principal: "budgets.amazonaws.com", sid: "GuardrailBudgets", kind: Kind::Budgets },
    Publisher {
        name: "Cost Anomaly Detection",
        principal: "costalerts.amazonaws.com",
        sid: "GuardrailAnomalies",
        kind: Kind::Anomalies,
    },
];

/// The services that reach a topic of this region: an alarm reaches topics of its own region only, and budgets are not known to
/// reach those of another (fact sheet, section 2.3).
pub(super) fn publishers(region: &Region) -> impl Iterator<Item = &'static Publisher> {
    let home = region.is_home();
    PUBLISHERS.iter().filter(move |publisher| home || publisher.kind == Kind::Anomalies)
}

/// The statements by their ids, each restricted to this account so that no other account's alarm or budget can publish (fact
/// sheet, section 5).
pub(super) fn statements(topic: &Place) -> BTreeMap<String, Value> {
    let account = &topic.account;
    let owner = json!({ "aws:SourceAccount": account });
    let statement = |publisher: &Publisher| {
        let condition = match publisher.kind {
            Kind::Alarms => {
                let alarms = format!("arn:aws:cloudwatch:{}:{account}:alarm:*", Region::HOME);
                json!({ "StringEquals": owner, "ArnLike": { "aws:SourceArn": alarms } })
            }
            Kind::Budgets => {
                json!({ "StringEquals": owner, "ArnLike": { "aws:SourceArn": format!("arn:aws:budgets::{account}:*") } })
            }
            Kind::Anomalies => json!({ "StringEquals": owner }),
        };
        let body = json!({
            "Effect": "Allow",
            "Principal": { "Service": publisher.principal },
            "Action": "SNS:Publish",
            "Resource": arn(topic),
            "Condition": condition,
        });
        (publisher.sid.to_owned(), body)
    };
    publishers(&topic.region).map(statement).collect()
}

fn many(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

/// Whether the policy as a whole allows the service to publish.
pub(super) fn lets_publish(policy: Option<&Value>, publisher: &Publisher, topic: &Place) -> Status {
    let request = Request { publisher, topic };
    let said = |effect: &str| {
        let statements = listed(policy);
        let of_effect = statements.iter().filter(|statement| statement["Effect"] == effect);
        of_effect.map(|statement| request.falls_under(statement)).max().unwrap_or(Verdict::No)
    };
    match (said("Deny"), said("Allow")) {
        (Verdict::Yes, _) | (_, Verdict::No) => Status::Broken,
        (Verdict::No, Verdict::Yes) => Status::Ok,
        _ => Status::Unknown,
    }
}

/// The minimum of conditions that must all hold; the maximum of alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    No,
    Maybe,
    Yes,
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// A value that AWS sends with the request.
enum Context {
    Is(String),
    Absent,
    Unsure,
}

/// A service's request to publish to our topic for this account.
struct Request<'a> {
    publisher: &'a Publisher,
    topic: &'a Place,
}

impl Request<'_> {
    fn falls_under(&self, statement: &Value) -> Verdict {
        let topic = arn(self.topic);
        let either = |is: &str, is_not: &str, matches: &dyn Fn(&str) -> bool| {
            let any = |name: &str| many(&statement[name]).iter().filter_map(Value::as_str).any(matches);
            if statement[is_not].is_null() { statement[is].is_null() || any(is) } else { !any(is_not) }
        };
        let action = either("Action", "NotAction", &|name| glob(&name.to_lowercase(), "sns:publish"));
        let resource = either("Resource", "NotResource", &|name| glob(name, &topic));
        let conditions = statement["Condition"].as_object().into_iter().flatten();
        let conditions = conditions.flat_map(|(operator, keys)| {
            keys.as_object().into_iter().flatten().map(move |(key, wanted)| (operator, key, many(wanted)))
        });
        conditions
            .map(|(operator, key, wanted)| self.meets(operator, key, wanted))
            .chain([self.is_meant_by(statement), action.into(), resource.into()])
            .min()
            .unwrap_or(Verdict::No)
    }

    fn is_meant_by(&self, statement: &Value) -> Verdict {
        if !statement["NotPrincipal"].is_null() {
            return Verdict::Maybe;
        }
        let principal = &statement["Principal"];
        let names = |kind: &str, name: &str| many(&principal[kind]).iter().any(|it| it == name);
        (principal == "*" || names("AWS", "*") || names("Service", self.publisher.principal)).into()
    }

    fn meets(&self, operator: &str, key: &str, wanted: &[Value]) -> Verdict {
        let (operator, if_exists) = match operator.strip_suffix("IfExists") {
            Some(operator) => (operator, true),
            None => (operator, false),
        };
        let negated = operator.contains("Not");
        let is: fn(&str, &str) -> bool = match operator.replace("Not", "").as_str() {
            "StringEquals" => |wanted, value| wanted == value,
            "StringEqualsIgnoreCase" | "Bool" => |wanted, value| wanted.eq_ignore_ascii_case(value),
            "StringLike" | "ArnLike" | "ArnEquals" => glob,
            _ => return Verdict::Maybe,
        };
        let value = match self.context(&key.to_lowercase()) {
            Context::Is(value) => value,
            Context::Absent => return (negated || if_exists).into(),
            Context::Unsure => return Verdict::Maybe,
        };
        let text = |wanted: &Value| wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
        let holds = wanted.iter().any(|wanted| is(&text(wanted), &value));
        (holds != negated).into()
    }

    fn context(&self, key: &str) -> Context {
        let account = &self.topic.account;
        match (key, self.publisher.kind) {
            ("aws:sourcearn", Kind::Alarms) => {
                Context::Is(format!("arn:aws:cloudwatch:{}:{account}:alarm:guardrail-billing-1-usd", Region::HOME))
            }
            ("aws:sourcearn", Kind::Budgets) => {
                Context::Is(format!("arn:aws:budgets::{account}:budget/guardrail-monthly"))
            }
            // A topic's default policy names the owner; of these services only alarms are known to send it.
            ("aws:sourceaccount", _) | ("aws:sourceowner", Kind::Alarms) => Context::Is(account.to_string()),
            ("aws:sourceowner", _) => Context::Absent,
            ("aws:securetransport" | "aws:principalisawsservice", _) => Context::Is("true".to_owned()),
            _ => Context::Unsure,
        }
    }
}

/// Whether the text matches the pattern: `*` matches any characters, `?` one.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = &pattern[1..];
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| glob(rest, &text[at..]))
        }
        Some(wanted) => {
            let mut letters = text.chars();
            letters.next().is_some_and(|letter| wanted == '?' || wanted == letter)
                && glob(&pattern[wanted.len_utf8()..], letters.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic() -> Place {
        Place::home(&"123456789012".parse().unwrap())
    }

    /// For alarms, budgets and anomalies.
    fn verdicts(statements: &Value) -> [Status; 3] {
        let policy = json!({ "Version": "2012-10-17", "Statement": statements });
        PUBLISHERS.each_ref().map(|publisher| lets_publish(Some(&policy), publisher, &topic()))
    }

    fn own() -> Vec<Value> {
        statements(&topic()).into_values().collect()
    }

    #[test]
    fn our_own_statements_let_all_three_publish_and_each_is_needed() {
        assert_eq!(verdicts(&json!(own())), [Status::Ok; 3]);
        assert_eq!(verdicts(&json!([])), [Status::Broken; 3]);
        assert_eq!(lets_publish(None, &PUBLISHERS[0], &topic()), Status::Broken);
        for (index, missing) in PUBLISHERS.iter().enumerate() {
            let mut statements = statements(&topic());
            statements.remove(missing.sid);
            let verdicts = verdicts(&json!(statements.into_values().collect::<Vec<_>>()));
            let broken: Vec<_> = (0..3).filter(|at| verdicts[*at] == Status::Broken).collect();
            assert_eq!(broken, [index]);
        }
    }

    #[test]
    fn a_default_policy_allows_alarms_only() {
        let born = json!({
            "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": { "AWS": "*" },
            "Action": ["SNS:GetTopicAttributes", "SNS:Publish"], "Resource": arn(&topic()),
            "Condition": { "StringEquals": { "AWS:SourceOwner": "123456789012" } }
        });
        assert_eq!(verdicts(&born), [Status::Ok, Status::Broken, Status::Broken]);
    }

    #[test]
    fn a_statement_of_the_users_that_covers_a_service_will_do() {
        let services = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com"];
        let open =
            json!({ "Effect": "Allow", "Principal": { "Service": services }, "Action": "sns:*", "Resource": "*" });
        assert_eq!(verdicts(&open), [Status::Ok; 3]);
        let cases = [
            (json!({ "Action": "sns:Subscribe" }), Status::Broken),
            (json!({ "Action": ["SNS:Pub*"] }), Status::Ok),
            (json!({ "Resource": "arn:aws:sns:us-east-1:123456789012:other" }), Status::Broken),
            (json!({ "Condition": { "StringEquals": { "aws:SourceAccount": "999999999999" } } }), Status::Broken),
            (json!({ "Condition": { "StringLike": { "AWS:SourceAccount": ["9*", "1234*"] } } }), Status::Ok),
            (json!({ "Condition": { "StringNotEquals": { "aws:SourceAccount": "999999999999" } } }), Status::Ok),
            (json!({ "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } } }), Status::Unknown),
        ];
        for (change, expected) in cases {
            let mut statement = open.clone();
            statement.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            assert_eq!(verdicts(&statement), [expected; 3], "{statement}");
        }
    }

    #[test]
    fn a_denial_that_matches_goes_before_any_permission() {
        let with = |denial: Value| {
            let mut all = own();
            all.push(denial);
            verdicts(&json!(all))
        };
        let deny = |principal: Value, condition: Value| json!({ "Effect": "Deny", "Principal": principal, "Action": "*", "Resource": "*", "Condition": condition });
        let plain_http = json!({ "Bool": { "aws:SecureTransport": "false" } });
        assert_eq!(with(deny(json!("*"), plain_http)), [Status::Ok; 3]);
        assert_eq!(with(deny(json!({ "AWS": "*" }), json!({}))), [Status::Broken; 3]);
        let budgets = json!({ "Service": "budgets.amazonaws.com" });
        assert_eq!(with(deny(budgets, json!({}))), [Status::Ok, Status::Broken, Status::Ok]);
        let unclear = json!({ "StringNotEquals": { "aws:PrincipalOrgID": "o-1" } });
        assert_eq!(with(deny(json!("*"), unclear)), [Status::Unknown; 3]);
        let tuesdays = json!({ "DateLessThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" } });
        assert_eq!(with(deny(json!("*"), tuesdays)), [Status::Unknown; 3]);
    }

    #[test]
    fn patterns() {
        for (pattern, text, same) in
            [("*", "", true), ("a*c", "abbc", true), ("a?c", "abc", true), ("a?c", "ac", false), ("ab", "abc", false)]
        {
            assert_eq!(glob(pattern, text), same, "{pattern} {text}");
        }
    }
}
