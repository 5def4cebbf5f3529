//! Random answers that are valid by AWS's service models: moto's serializers write them, botocore reads them.

use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};

use crate::emulators::run_lines;

/// The range of numbers and times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    /// Up to 100,000.
    Plausible,
    /// Up to the limits of their types, also negative.
    Extreme,
}

/// An answer to generate: the same seed gives the same bytes.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// With botocore's name of the service: `kendra:ListIndices`.
    pub operation: String,
    pub seed: u32,
    pub size: Size,
}

/// An answer as on the wire, and botocore's parse of it: times in RFC 3339, without bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    pub operation: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub value: Value,
}

/// Generates all of them in one process, in the given order.
///
/// # Panics
/// The script fails, for example because an operation is not in botocore's models.
#[must_use]
pub fn answers(wanted: &[Wanted]) -> Vec<Made> {
    let line = |it: &Wanted| {
        let size = if it.size == Size::Extreme { "extreme" } else { "plausible" };
        format!("{}\n", json!({ "operation": it.operation, "seed": it.seed, "size": size }))
    };
    let lines: String = wanted.iter().map(line).collect();
    let made: Vec<Made> = run_lines("moto", "answers.py", &lines).iter().map(Made::read).collect();
    assert_eq!(made.len(), wanted.len());
    made
}

/// The protocol of each operation, and whether moto can write its answers; the others are written by cbor2.
///
/// # Panics
/// An operation's service is not in botocore's models.
#[must_use]
pub fn protocols(operations: &[&str]) -> Vec<(String, bool)> {
    let lines: Vec<String> = operations.iter().map(|it| json!({ "operation": it }).to_string() + "\n").collect();
    let lines = lines.concat();
    let told = run_lines("moto", "answers.py", &lines);
    told.iter().map(|it| (it["protocol"].as_str().unwrap().to_owned(), it["supported"] == true)).collect()
}

impl Made {
    /// The answer as on the wire.
    #[must_use]
    pub fn response(&self) -> Response {
        let head = self.headers.iter();
        let response = head.fold(Response::builder().status(self.status), |it, (name, value)| it.header(name, value));
        response.body(Body::from(self.body.clone())).unwrap()
    }

    fn read(line: &Value) -> Self {
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        let hex = text(&line["body_hex"]);
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        Self {
            operation: text(&line["operation"]),
            status: line["status"].as_u64().unwrap().try_into().unwrap(),
            headers: line["headers"].as_object().unwrap().iter().map(|(key, it)| (key.clone(), text(it))).collect(),
            body: (0..hex.len()).step_by(2).map(byte).collect(),
            value: line["value"].clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const OPERATIONS: [&str; 10] = [
        "kendra:ListIndices",
        "dynamodb:DescribeTable",
        "cloudwatch:DescribeAlarms",
        "eventbridgev2:ListEventBuses",
        "opensearch:DescribeDomains",
        "eks:DescribeCluster",
        "rds:DescribeDBInstances",
        "elbv2:DescribeLoadBalancers",
        "ec2:DescribeNatGateways",
        "s3:ListBuckets",
    ];

    #[test]
    fn every_protocol_is_written_read_and_written_again_alike() {
        let sizes = [(1, Size::Plausible), (2, Size::Plausible), (1, Size::Extreme)];
        let wanted = OPERATIONS
            .iter()
            .flat_map(|operation| sizes.map(|(seed, size)| Wanted { operation: (*operation).to_owned(), seed, size }));
        let wanted: Vec<Wanted> = wanted.collect();
        // The second time in another order: no state is carried over between answers.
        let twice: Vec<Wanted> = wanted.iter().chain(wanted.iter().rev()).cloned().collect();
        let made = answers(&twice);
        let (first, again) = made.split_at(wanted.len());
        assert!(first.iter().eq(again.iter().rev()), "the same seed makes other bytes");
        for (of_one, operation) in first.chunks(sizes.len()).zip(OPERATIONS) {
            assert!(of_one.iter().all(|it| it.status == 200 && !it.body.is_empty()), "{operation}");
            assert!(of_one.iter().any(|it| it.value.to_string().len() > 100), "{operation}: {of_one:?}");
            let bodies: BTreeSet<&[u8]> = of_one.iter().map(|it| &*it.body).collect();
            assert_eq!(bodies.len(), sizes.len(), "{operation}: another seed or size makes the same bytes");
        }
        let told: BTreeSet<(String, bool)> = protocols(&OPERATIONS).into_iter().collect();
        let (moto, rest): (Vec<_>, Vec<_>) = told.iter().partition(|(_, supported)| *supported);
        let names = |of: Vec<&(String, bool)>| of.into_iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(moto), ["ec2", "json", "query", "rest-json", "rest-xml"]);
        assert_eq!(names(rest), ["smithy-rpc-v2-cbor"]);
    }
}
