//! The account's preference "Receive CloudWatch billing alerts": without it AWS publishes no figures for an alarm.
//!
//! It cannot be disabled again. Its key is undocumented, so the key that was read is sent back (fact sheet, section 1.2).

use aws_sdk_cloudwatch::types::DimensionFilter;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::billing_figures::{METRIC, NAMESPACE};
use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Observed, Safeguard};
use crate::aws::Cx;
use crate::aws::api::{Asks, Nothing, Operation, values};
use crate::error::{Error, Kind, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Reason, Text, Usd, Words, words};

const READ: &str = "billing:GetBillingPreferences";

pub(super) static ASKS: &[&dyn Asks] = &[&PREFERENCES, &UPDATE];

const PREFERENCES: Operation<Preference> = Operation::new("billing:GetBillingPreferences").at("billingPreferences");
const UPDATE: Operation<Nothing> = Operation::new("billing:UpdateBillingPreferences");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Preference {
    feature: Option<Feature>,
    key: String,
    value: Option<Setting>,
    account_id: Option<String>,
}

values! { enum Feature { BillingAlerts = "BILLING_ALERTS" } }
values! { enum Setting { Enabled = "ENABLED" } }

impl Preference {
    fn is_on(&self) -> bool {
        self.value == Some(Setting::Enabled)
    }
}

pub(super) struct BillingAlerts;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    enabled: bool,
}

impl Safeguard for BillingAlerts {
    const ID: &'static str = "billing-alerts";
    const NAMES: Words = words("Billing alerts preference", "請求アラートの設定");
    const READS: &'static [&'static str] = &[READ, "cloudwatch:ListMetrics"];
    const WRITES: &'static [&'static str] = &["billing:UpdateBillingPreferences"];
    const REMOVES: &'static [&'static str] = &[];
    const NEEDS: Needs = Needs::Nothing;
    const STAYS: Option<&'static str> = Some("alerts-stay");
    type State = State;

    /// Wanted only for alarms, because it cannot be disabled again.
    fn desired(inputs: &Inputs) -> Option<State> {
        (!inputs.goal.profile.alarms.is_empty()).then_some(State { enabled: true })
    }

    fn cost(_inputs: &Inputs) -> (Usd, Vec<Note>) {
        (Usd::ZERO, vec![Note::new("alerts-for-good")])
    }

    async fn observed(cx: &Cx, _inputs: &Inputs) -> Result<Observed<State>> {
        let on = switched_on(cx).await?;
        Ok(if on { Observed::Own(State { enabled: true }) } else { Observed::Missing })
    }

    async fn apply(cx: &Cx, _inputs: &Inputs) -> Result<()> {
        let off = preferences(cx).await?.into_iter().filter(|it| !it.is_on());
        let on: Vec<Value> = off.map(|it| json!({ "key": it.key, "value": Setting::Enabled.as_str() })).collect();
        if on.is_empty() {
            return Ok(());
        }
        let update = cx.ask(&UPDATE).with("feature", Feature::BillingAlerts.as_str());
        update.with("billingPreferencesPerKey", on).one().await.map(|Nothing {}| ())
    }

    async fn remove(_cx: &Cx, _inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        Ok(Vec::new())
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        if Self::desired(inputs).is_none() {
            return Ok(Vec::new());
        }
        let link = |status| vec![Proof::new("billing-alerts-on", status)];
        Ok(match switched_on(cx).await {
            Ok(true) => link(Status::Ok),
            // The safeguard itself is reported as missing.
            Ok(false) => Vec::new(),
            Err(_) => link(Status::Unknown),
        })
    }
}

/// Whether AWS fills the metric. A metric exists only if the account or its management account enabled the preference, so it also
/// answers if the preference cannot be read.
///
/// # Errors
/// The preference cannot be read, and there is no metric, which proves nothing.
pub(super) async fn switched_on(cx: &Cx) -> Result<bool> {
    let asked = preferences(cx).await;
    if asked.as_ref().is_ok_and(|all| all.iter().all(Preference::is_on)) {
        return Ok(true);
    }
    if has_metric(cx).await.unwrap_or(false) {
        return Ok(true);
    }
    asked.map(|_| false)
}

/// The account's own preference; never empty.
async fn preferences(cx: &Cx) -> Result<Vec<Preference>> {
    let asked = cx.ask(&PREFERENCES).with("features", vec![Feature::BillingAlerts.as_str()]);
    let mut own = asked.all().await?;
    own.retain(|it| {
        it.feature == Some(Feature::BillingAlerts)
            && it.account_id.as_deref().is_none_or(|id| id == cx.place.account.as_str())
    });
    if own.is_empty() {
        let error = Error::new(Kind::Cloud(Reason::Other), Text::new("error-aws").with("action", READ));
        return Err(Error { action: Some(READ.to_owned()), ..error.detail("no BILLING_ALERTS in the answer") });
    }
    Ok(own)
}

async fn has_metric(cx: &Cx) -> Result<bool> {
    let currency = DimensionFilter::builder().name("Currency").value("USD").build();
    let cloudwatch = aws_sdk_cloudwatch::Client::new(&cx.sdk);
    let metrics = cloudwatch.list_metrics().namespace(NAMESPACE).metric_name(METRIC).dimensions(currency);
    Ok(!metrics.send().await?.metrics().is_empty())
}
