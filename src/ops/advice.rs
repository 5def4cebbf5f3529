//! AWS's own recommendations, merged by thing and with the findings of a sweep.

use aws_config::SdkConfig;

use crate::aws::Cx;
use crate::aws::advice::{self as aws, Answer};
use crate::error::Result;
use crate::model::advice::{ADVICE_SCHEMA, Advice, Found, Savings, Source, SourceId, SourceState};
use crate::model::{AdviceReport, Finding, Gap, Region, SweepReport, Usd};

/// The advice of one account. A source that cannot be read is a gap, and does not delay the others.
pub async fn advice(sdk: &SdkConfig, sweep: &SweepReport) -> AdviceReport {
    let account = sweep.scope.account.clone();
    let cx = Cx::home(&account.id, sdk);
    let (hub, optimizer, advisor) = futures::join!(
        aws::cost_optimization_hub(&cx),
        aws::compute_optimizer(&cx, &sweep.scope.regions),
        aws::trusted_advisor(&cx)
    );
    let answers = [
        (SourceId::CostOptimizationHub, hub),
        (SourceId::ComputeOptimizer, optimizer),
        (SourceId::TrustedAdvisor, advisor),
    ];
    let (mut sources, mut all, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    for (id, answer) in answers {
        let (state, found) =
            state(answer, &mut gaps, |error| error.gap(&account.id, Some(&Region::home()), Some("advice")));
        sources.push(Source { id, state, advice: found.len() });
        all.extend(found);
    }
    let advice = merged(all, &sweep.findings);
    // A finding that could not be looked for may be one of those.
    gaps.extend(sweep.gaps.iter().cloned());
    let saved = || advice.iter().map(|it| it.usd_per_month_saved);
    let totals = Savings {
        usd_per_month_saved: saved().flatten().sum::<Usd>().monthly(),
        at_least: saved().any(|usd| usd.is_none()) || sources.iter().any(|it| it.state == SourceState::Unread),
    };
    AdviceReport {
        schema: ADVICE_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: sweep.made_at,
        account,
        sources,
        advice,
        totals,
        gaps,
    }
}

type Named = (Advice, Vec<String>);

fn state(
    answer: Result<Answer>,
    gaps: &mut Vec<Gap>,
    gap: impl FnOnce(&crate::error::Error) -> Gap,
) -> (SourceState, Vec<Named>) {
    match answer {
        Ok(Answer::NotInPlan) => (SourceState::NotInPlan, Vec::new()),
        Ok(Answer::NotEnrolled) => (SourceState::NotEnrolled, Vec::new()),
        Ok(Answer::Advice(advice)) => (SourceState::Asked, advice),
        Err(error) => {
            gaps.push(gap(&error));
            (SourceState::Unread, Vec::new())
        }
    }
}

/// One row for each thing: two sources that recommend something for it do not save twice.
fn merged(all: Vec<Named>, findings: &[Finding]) -> Vec<Advice> {
    let mut rows: Vec<(Advice, Vec<String>)> = Vec::new();
    for (advice, words) in all {
        let finding = findings.iter().find(|finding| is_meant(finding, &advice, &words));
        let advice = Advice { finding: finding.map(of), ..advice };
        let same = |row: &&mut Named| {
            let by_finding = row.0.finding.is_some() && row.0.finding == advice.finding;
            let by_arn = row.0.arn.is_some() && row.0.arn == advice.arn;
            by_finding || by_arn || (row.0.id == advice.id && row.0.region == advice.region)
        };
        match rows.iter_mut().find(same) {
            Some((row, _)) => add(row, advice),
            None => rows.push((advice, words)),
        }
    }
    let mut rows: Vec<Advice> = rows.into_iter().map(|(row, _)| row).collect();
    rows.sort_by(|a, b| b.usd_per_month_saved.cmp(&a.usd_per_month_saved).then_with(|| a.id.cmp(&b.id)));
    rows
}

/// The one that saves more decides what is done.
fn add(row: &mut Advice, other: Advice) {
    let more = other.usd_per_month_saved > row.usd_per_month_saved;
    let mut sources = row.sources.clone();
    sources.extend(other.sources.iter().filter(|it| !row.sources.contains(it)));
    sources.sort();
    let arn = row.arn.clone().or_else(|| other.arn.clone());
    if more {
        *row = other;
    }
    row.sources = sources;
    row.arn = arn;
}

fn is_meant(finding: &Finding, advice: &Advice, words: &[String]) -> bool {
    let here = advice.region.as_ref().is_none_or(|region| *region == finding.region);
    let arn = finding.arn.as_ref().is_some_and(|arn| advice.arn.as_ref() == Some(arn));
    // An ARN ends with the id: `arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b`.
    let in_arn = advice.arn.as_ref().is_some_and(|arn| arn.rsplit(['/', ':']).next() == Some(&finding.id));
    arn || (here && !finding.id.is_empty() && (in_arn || words.contains(&finding.id)))
}

fn of(finding: &Finding) -> Found {
    Found {
        key: finding.key.clone(),
        names: finding.names.clone(),
        id: finding.name.clone().unwrap_or_else(|| finding.id.clone()),
        usd_per_month: finding.usd_per_month,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(source: SourceId, id: &str, arn: Option<&str>, usd: &str) -> Named {
        let advice = Advice {
            sources: vec![source],
            region: Some(Region::home()),
            arn: arn.map(str::to_owned),
            id: id.to_owned(),
            action: format!("{source:?}"),
            what: None,
            usd_per_month_saved: usd.parse().ok(),
            finding: None,
        };
        (advice, vec![id.to_owned()])
    }

    #[test]
    fn two_sources_about_one_thing_do_not_save_twice() {
        let arn = "arn:aws:ec2:us-east-1:000000000000:instance/i-1";
        let finding = Finding { arn: None, usd_per_month: "30".parse().ok(), ..Finding::new("i-1") };
        let all = vec![
            advice(SourceId::TrustedAdvisor, "i-1", None, "20"),
            advice(SourceId::CostOptimizationHub, "other", Some(arn), "25"),
            advice(SourceId::ComputeOptimizer, "vol-9", None, ""),
        ];
        let rows = merged(all, &[finding]);
        let shown: Vec<_> = rows
            .iter()
            .map(|it| (&*it.id, it.sources.len(), it.usd_per_month_saved.map(|usd| usd.to_string())))
            .collect();
        assert_eq!(shown, [("other", 2, Some("25".to_owned())), ("vol-9", 1, None)]);
        assert_eq!(rows[0].finding.as_ref().unwrap().key, "i-1");
        assert_eq!(rows[1].finding, None);
    }

    #[test]
    fn a_thing_of_another_region_is_another_thing() {
        let elsewhere = Finding { region: Region::new("eu-west-1"), ..Finding::new("i-1") };
        assert_eq!(merged(vec![advice(SourceId::TrustedAdvisor, "i-1", None, "20")], &[elsewhere])[0].finding, None);
    }
}
