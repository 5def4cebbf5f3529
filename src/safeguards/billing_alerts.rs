//! The account's preference "Receive CloudWatch billing alerts": without it AWS keeps no figures for an alarm to watch.
//!
//! It cannot be switched off again. Its key is undocumented, so the one that was read is sent back (fact sheet, section 1.2).

use aws_sdk_billing::Client;
use aws_sdk_billing::types::{BillingFeature, BillingPreferenceForKey, BillingPreferenceSummary, PreferenceValue};
use aws_sdk_cloudwatch::types::DimensionFilter;
use serde::Serialize;

use super::billing_figures::{METRIC, NAMESPACE};
use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Observed, Safeguard};
use crate::aws::Cx;
use crate::error::{Error, Kind, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Reason, Text, Usd, Words, words};

const READ: &str = "billing:GetBillingPreferences";

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

    /// Only an alarm needs it, and it cannot be switched off again.
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
        let off = preferences(cx).await?.into_iter().filter(|it| it.value != PreferenceValue::Enabled);
        let on = |it: BillingPreferenceSummary| {
            BillingPreferenceForKey::builder().key(it.key).value(PreferenceValue::Enabled).build()
        };
        let on = off.map(on).collect::<Result<Vec<_>, _>>()?;
        if on.is_empty() {
            return Ok(());
        }
        Client::new(&cx.sdk)
            .update_billing_preferences()
            .feature(BillingFeature::BillingAlerts)
            .set_billing_preferences_per_key(Some(on))
            .send()
            .await?;
        Ok(())
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

/// Whether the metric is filled. It exists only if the account or its payer switched the preference on, so it answers too where
/// the preference cannot be read.
///
/// # Errors
/// The preference cannot be read and there is no metric, which proves nothing.
pub(super) async fn switched_on(cx: &Cx) -> Result<bool> {
    let asked = preferences(cx).await;
    if asked.as_ref().is_ok_and(|all| all.iter().all(|it| it.value == PreferenceValue::Enabled)) {
        return Ok(true);
    }
    if has_metric(cx).await.unwrap_or(false) {
        return Ok(true);
    }
    asked.map(|_| false)
}

/// The account's own preference; never empty.
async fn preferences(cx: &Cx) -> Result<Vec<BillingPreferenceSummary>> {
    let answer = Client::new(&cx.sdk).get_billing_preferences().features(BillingFeature::BillingAlerts).send().await?;
    let own = |it: &BillingPreferenceSummary| {
        it.feature == BillingFeature::BillingAlerts
            && it.account_id.as_deref().is_none_or(|id| id == cx.place.account.as_str())
    };
    let own: Vec<_> = answer.billing_preferences.into_iter().filter(own).collect();
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
