//! The requests that a test's server received, and queries about them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use guardrail::demo::Call;
use guardrail::demo::call::Wire;
use guardrail::{aws, prices, resources, safeguards};
use serde_json::json;

/// One request, parsed and raw.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub call: Call,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
pub struct Recording(Arc<Mutex<Vec<Recorded>>>);

impl Recording {
    pub fn add(&self, request: Recorded) {
        self.0.lock().unwrap().push(request);
    }

    pub fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.0.lock().unwrap().iter().map(|request| request.call.clone()).collect()
    }

    /// How often this operation was called.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        self.calls().iter().filter(|call| call.action == action).count()
    }

    /// The calls that write.
    #[must_use]
    pub fn mutating(&self) -> BTreeSet<String> {
        self.calls().iter().filter(|call| !is_read(&call.action)).map(iam_action).collect()
    }

    /// The IAM actions that were used and that no resource type, safeguard or connection declares.
    #[must_use]
    pub fn undeclared(&self) -> BTreeSet<String> {
        let declared = declared();
        // Allowed for every caller, even if a policy denies it.
        let used = self.calls().iter().map(iam_action).filter(|action| action != "sts:GetCallerIdentity").collect();
        BTreeSet::difference(&used, &declared).cloned().collect()
    }

    #[must_use]
    pub fn all(&self) -> Vec<Recorded> {
        self.0.lock().unwrap().clone()
    }
}

impl Recorded {
    /// The request for `tests/emulators/validate.py`, with its owner: JSON on one line.
    #[must_use]
    pub fn json_line(&self, of: &str) -> String {
        let Self { call, headers, body } = self;
        let headers: serde_json::Map<_, _> = headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let hex: Vec<String> = body.iter().map(|byte| format!("{byte:02x}")).collect();
        let line = json!({
            "of": of, "service": call.service, "region": call.region, "action": call.action, "wire": word(call.wire),
            "method": call.method, "path": call.path, "headers": headers, "body_hex": hex.concat(),
        });
        format!("{line}\n")
    }
}

fn word(wire: Wire) -> &'static str {
    match wire {
        Wire::Query => "query",
        Wire::Json => "json",
        Wire::Cbor => "cbor",
        Wire::RestJson => "rest-json",
        Wire::RestXml => "rest-xml",
    }
}

/// Whether it only reads; an unknown action counts as a write.
pub fn is_read(action: &str) -> bool {
    ["Describe", "Get", "Head", "List", "Lookup", "BatchGet"].iter().any(|start| action.starts_with(start))
}

fn declared() -> BTreeSet<String> {
    let types = resources::ALL.iter().flat_map(|resource| resource.reads().iter().chain(resource.writes));
    let guards =
        safeguards::ALL.iter().flat_map(|it| it.reads.iter().chain(it.proves).chain(it.writes).chain(it.removes));
    let own =
        aws::accounts::READS.iter().chain(aws::account_kind::READS).chain(aws::regions::READS).chain(prices::READS);
    let bill = aws::billing_metric::READS.iter().chain(aws::bill::READS).chain(aws::cost_explorer::READS);
    let of_all = aws::organization::READS.iter().chain(aws::role::READS);
    let run = [
        aws::bucket::READS,
        aws::bucket::WRITES,
        aws::bucket::REMOVES,
        aws::executions::READS,
        aws::executions::WRITES,
    ];
    let stacks = [aws::stack::READS, aws::stack::WRITES, aws::stack::REMOVES, aws::topic::READS];
    let sets = [aws::stack_set::READS, aws::stack_set::WRITES, aws::stack_set::REMOVES];
    let night = run.into_iter().chain(stacks).chain(sets).flatten();

    let asked = [aws::advice::READS, aws::causes::READS, aws::commitments::READS, aws::keys::READS];
    let support = aws::support::READS.iter().chain(aws::support::WRITES);
    let own = own.chain(asked.into_iter().flatten()).chain(support);
    let own = own.chain(bill).chain(aws::event_history::READS).chain(safeguards::SEND_TEST).chain(of_all).chain(night);
    types.chain(guards).chain(own).map(|action| (*action).to_owned()).collect()
}

/// The IAM action that AWS requires. Written apart from the program's own table, so that one checks the other.
pub fn iam_action(call: &Call) -> String {
    let prefix = match &*call.service {
        "monitoring" => "cloudwatch",
        other => other,
    };
    let name = match (prefix, &*call.action) {
        ("apigateway", "UpdateStage") => "PATCH",
        ("apigateway", _) => "GET",
        ("cassandra", "UpdateTable") => "Alter",
        ("cassandra", "DeleteTable") => "Drop",
        ("cassandra", _) => "Select",
        ("budgets", "ListTagsForResource" | "TagResource" | "UntagResource") => &call.action,
        ("budgets", action) if action.contains("BudgetAction") => &call.action,
        ("budgets", read) if is_read(read) => "ViewBudget",
        ("budgets", _) => "ModifyBudget",
        ("s3", "HeadBucket" | "ListObjects" | "ListObjectsV2") => "ListBucket",
        ("s3", "ListObjectVersions") => "ListBucketVersions",
        ("s3", "ListMultipartUploads") => "ListBucketMultipartUploads",
        ("s3", "ListBuckets") => "ListAllMyBuckets",
        ("s3express", "ListDirectoryBuckets") => "ListAllMyDirectoryBuckets",
        ("s3", "DeleteObjects") => "DeleteObject",
        ("s3", "GetPublicAccessBlock") => "GetBucketPublicAccessBlock",
        ("s3", "PutPublicAccessBlock") => "PutBucketPublicAccessBlock",
        ("s3", "GetBucketEncryption") => "GetEncryptionConfiguration",
        ("s3", "PutBucketEncryption") => "PutEncryptionConfiguration",
        ("s3", "GetBucketLifecycleConfiguration") => "GetLifecycleConfiguration",
        ("s3", "PutBucketLifecycleConfiguration") => "PutLifecycleConfiguration",
        (_, operation) => operation,
    };
    format!("{prefix}:{name}")
}

/// The operation of an IAM action; if there are several, the list.
#[must_use]
pub fn operation(action: &str) -> &str {
    match action.split_once(':').unwrap() {
        ("apigateway", "GET") => "GetRestApis",
        ("cassandra", "Select") => "ListKeyspaces",
        ("s3", "ListAllMyBuckets") => "ListBuckets",
        ("s3express", "ListAllMyDirectoryBuckets") => "ListDirectoryBuckets",
        (_, operation) => operation,
    }
}
