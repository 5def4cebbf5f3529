//! One call by its name, through the typed crate of EC2 or by AWS's models.

use serde_json::{Map, Value};

use super::dry::Dry;
use super::ec2;
use crate::aws::Cx;
use crate::error::Result;

/// The answer; of EC2 only what the program looks at.
pub(super) async fn call(cx: &Cx, operation: &'static str, input: &Map<String, Value>, dry: Dry) -> Result<Value> {
    match operation.strip_prefix("ec2:") {
        Some(name) => ec2::call(cx, name, input, dry).await,
        None => cx.call(operation, input.clone(), host(cx, operation).await?).await,
    }
}

/// Timestream answers in the account's own cell only.
async fn host(cx: &Cx, operation: &'static str) -> Result<Option<String>> {
    if !operation.starts_with("timestream-write:") {
        return Ok(None);
    }
    let cells = cx.call("timestream-write:DescribeEndpoints", Map::new(), None).await?;
    Ok(cells.pointer("/Endpoints/0/Address").and_then(Value::as_str).map(str::to_owned))
}
