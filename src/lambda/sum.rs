//! The sum of a run: report and page in the bucket, and one mail.

use serde_json::{Value, json};

use super::post::Post;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountState, Text};
use crate::ops::schedule::{Keys, Merged, Run, finished, in_bucket, merge};
use crate::render::{Format, Layout, Mail, Report, mail, render};

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const PLAIN: Layout = Layout { width: 80, verbose: true, charts: false };

/// Adds the accounts up, writes the report, and mails it.
///
/// # Errors
/// The bucket cannot be read or written, or the mail cannot be sent.
pub async fn sum(run: &Run, name: &str, post: &Post) -> Result<Value> {
    let keys = Keys::of(name);
    let speech = Speech::new(run.settings.lang());
    let Merged { report, missing } = Box::pin(merge(run, name)).await?;
    let written = |format| render(Report::Organization(&report), format, &speech, PLAIN);
    run.bucket.put(&keys.json(), JSON, written(Format::Json)?.into_bytes()).await?;
    run.bucket.put(&keys.page(), HTML, written(Format::Html)?.into_bytes()).await?;
    let mail = mail(&report, &place(run, &keys), &speech)?;
    let mailed = post.is_possible() && send(run, &keys, post, &mail).await?;
    // After the mail: until then the next run is compared with the one before.
    finished(&run.bucket, name, report.made_at).await?;
    Ok(json!({
        "run": name,
        "verdict": report.verdict,
        "accounts": report.accounts.len(),
        "swept": report.in_state(AccountState::Swept).count(),
        "missing": missing,
        "findings": report.totals.findings,
        "usd_per_month": report.totals.usd_per_month,
        "report": in_bucket(&run.bucket.name, &keys.json()),
        "mailed": mailed,
    }))
}

/// Sends the mail of a run at most once: the mark comes first, so that of two executions one sends it, and one that dies in between sends
/// none. A mail that AWS refuses takes its mark back.
async fn send(run: &Run, keys: &Keys, post: &Post, mail: &Mail) -> Result<bool> {
    let mark = json!({ "subject": mail.subject }).to_string().into_bytes();
    if !run.bucket.put_once(&keys.mailed(), JSON, mark).await? {
        return Ok(false);
    }
    if let Err(error) = post.send(&run.sdk, mail).await {
        run.bucket.delete(&keys.mailed()).await?;
        return Err(Error { what: Text::new("error-schedule-unsent"), ..error });
    }
    Ok(true)
}

/// Where the page is: a command for a terminal, and the console for a phone.
fn place(run: &Run, keys: &Keys) -> String {
    let region = run.sdk.region().map_or("us-east-1", AsRef::as_ref);
    let (bucket, page) = (&run.bucket.name, keys.page());
    format!(
        "https://{region}.console.aws.amazon.com/s3/object/{bucket}?region={region}&prefix={page}\naws s3 cp {} .",
        in_bucket(bucket, &page)
    )
}
