//! The exit codes of all commands: a contract, documented in the README.

use std::process::ExitCode;

use crate::error::{Error, Kind};
use crate::model::actions::Why;
use crate::model::report::{Outcome, State, Status};
use crate::model::schedule::SchedulePart;
use crate::model::{
    ActionReport, Gap, OrganizationReport, SafeguardReport, ScheduleReport, SweepReport, Verdict, Verified,
};
use crate::render::{Acting, Phase, Report};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done and complete; nothing is charged; no drift.
    Done = 0,
    /// No result.
    Failed = 1,
    /// Wrong use: a bad option, a bad profile, approval missing.
    Usage = 2,
    /// Done, nothing wrong found, but something could not be read.
    Incomplete = 3,
    /// The sweep found something that is not kept on purpose; the check found drift or a broken chain.
    Found = 10,
    Interrupted = 130,
}

impl Exit {
    pub const ALL: [Exit; 6] =
        [Exit::Done, Exit::Failed, Exit::Usage, Exit::Incomplete, Exit::Found, Exit::Interrupted];

    #[must_use]
    pub fn of_error(error: &Error) -> Self {
        match error.kind {
            Kind::Usage => Self::Usage,
            Kind::Failed | Kind::Cloud(_) => Self::Failed,
            Kind::Interrupted => Self::Interrupted,
        }
    }
}

/// The exit code of a report.
impl From<Report<'_>> for Exit {
    fn from(report: Report<'_>) -> Self {
        match report {
            Report::Sweep(report) if report.interrupted => Self::Interrupted,
            Report::Sweep(report) => Verdict::of(&report.findings, &report.gaps, report.bill.as_ref()).into(),
            // The worst of the accounts; one that could not be swept is a gap.
            Report::Organization(report) if report.interrupted => Self::Interrupted,
            Report::Organization(report) => report.verdict.into(),
            Report::Appeal(report) if report.not_ended.iter().any(|it| !it.unknown) => Self::Found,
            Report::Advice(report) => complete(&report.gaps),
            Report::Appeal(report) => complete(&report.gaps),
            Report::History(report) if report.unread > 0 => Self::Incomplete,
            Report::History(_) | Report::Resources(_) | Report::Actions(_, _, Acting::Logged) => Self::Done,
            Report::Bill(report, _) => complete(&report.gaps),
            Report::Actions(report, ..) if report.interrupted => Self::Interrupted,
            Report::Actions(report, _, Acting::Planned) => complete(&report.gaps),
            Report::Actions(report, _, Acting::Done) => acted(report),
            Report::OrganizationActions(report, ..) if report.interrupted => Self::Interrupted,
            Report::OrganizationActions(report, _, Acting::Done) => {
                report.reports().map(acted).fold(complete(&report.gaps), Self::worse)
            }
            Report::OrganizationActions(report, ..) => {
                report.reports().map(|own| complete(&own.gaps)).fold(complete(&report.gaps), Self::worse)
            }
            Report::Schedule(report, phase) => scheduled(report, phase),
            Report::Safeguards(report, phase) => of_safeguards(report, phase),
            Report::OrganizationSafeguards(report, phase) => {
                let each = report.reports().map(|report| of_safeguards(report, phase));
                each.fold(complete(&report.gaps), Self::worse)
            }
        }
    }
}

/// The nightly run: what failed, is missing or broken is a finding; what is not proven yet is incomplete.
fn scheduled(report: &ScheduleReport, phase: Phase) -> Exit {
    let failed = |part: &SchedulePart| matches!(part.result, Some(Outcome::Failed | Outcome::Skipped));
    let link = |status: Status| report.proof.iter().any(|it| it.status == status);
    let differs = |part: &SchedulePart| matches!(part.state, State::Missing | State::Drifted);
    let wrong = match phase {
        Phase::Planned | Phase::PlannedRemoval => false,
        Phase::Removed => report.parts.iter().any(failed),
        Phase::Applied => report.parts.iter().any(failed) || link(Status::Broken),
        Phase::Checked => report.parts.iter().any(differs) || link(Status::Broken),
    };
    let planned = matches!(phase, Phase::Planned | Phase::PlannedRemoval);
    let open = link(Status::Unknown) || link(Status::Waiting) || planned && link(Status::Broken);
    let unsure = !report.gaps.is_empty() || open;
    match () {
        () if wrong => Exit::Found,
        () if unsure => Exit::Incomplete,
        () => Exit::Done,
    }
}

impl Exit {
    /// The worse of two accounts.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        let rank = |exit| match exit {
            Self::Done => 0,
            Self::Incomplete => 1,
            Self::Found => 2,
            Self::Failed | Self::Usage => 3,
            Self::Interrupted => 4,
        };
        if rank(other) > rank(self) { other } else { self }
    }

    /// A sweep whose findings do not count (`--exit-zero`). Gaps and an unexplained bill still do.
    #[must_use]
    pub fn without_findings(report: &SweepReport) -> Self {
        if report.interrupted {
            return Self::Interrupted;
        }
        Verdict::of_the_rest(&report.gaps, report.bill.as_ref()).into()
    }

    /// The same for an organisation.
    #[must_use]
    pub fn without_findings_of_all(report: &OrganizationReport) -> Self {
        if report.interrupted { Self::Interrupted } else { report.verdict_of_the_rest().into() }
    }
}

impl Exit {
    /// A sweep of which only new findings count (`--fail-on new`). One that was compared with nothing counts in full; a finding
    /// of which it is not known whether it is new makes it incomplete.
    #[must_use]
    pub fn of_new_findings(report: &SweepReport) -> Self {
        if report.interrupted || report.changes.is_none() {
            return Self::from(Report::Sweep(report));
        }
        let mut counted = report.findings.iter().filter(|it| it.exempt.is_none());
        if counted.clone().any(|it| it.new == Some(true)) {
            Self::Found
        } else if counted.any(|it| it.new.is_none()) {
            Self::Incomplete
        } else {
            Self::without_findings(report)
        }
    }

    /// The same for an organisation.
    #[must_use]
    pub fn of_new_findings_of_all(report: &OrganizationReport) -> Self {
        let rest = Self::without_findings_of_all(report);
        let found = report.accounts.iter().any(|it| match &it.changes {
            Some(changes) => changes.new > 0,
            None => it.verdict == Some(Verdict::NotSafe),
        });
        let unknown = || report.accounts.iter().filter_map(|it| it.changes.as_ref()).any(|it| it.unknown > 0);
        match rest {
            Self::Interrupted => rest,
            _ if found => Self::Found,
            Self::Done if unknown() => Self::Incomplete,
            rest => rest,
        }
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Safe => Self::Done,
            Verdict::NotSafe => Self::Found,
            Verdict::NotSure => Self::Incomplete,
        }
    }
}

fn complete(gaps: &[Gap]) -> Exit {
    if gaps.is_empty() { Exit::Done } else { Exit::Incomplete }
}

/// Something failed or is still there; else something could not be verified.
fn acted(report: &ActionReport) -> Exit {
    let open = |verified: Option<Verified>| !verified.is_some_and(|it| it.is_proof() || it == Verified::Unknown);
    let changed = report.refused.iter().any(|it| it.why == Why::Changed);
    if changed || report.actions.iter().any(|row| open(row.verified) || row.failed() && !proven(row.verified)) {
        Exit::Found
    } else if report.actions.iter().all(|row| proven(row.verified)) {
        complete(&report.gaps)
    } else {
        Exit::Incomplete
    }
}

fn proven(verified: Option<Verified>) -> bool {
    verified.is_some_and(Verified::is_proof)
}

fn of_safeguards(report: &SafeguardReport, phase: Phase) -> Exit {
    match phase {
        Phase::Checked => checked(report),
        Phase::Applied => applied(report),
        Phase::Planned | Phase::PlannedRemoval | Phase::Removed => complete(&report.gaps),
    }
}

fn checked(report: &SafeguardReport) -> Exit {
    let drift = |state| matches!(state, State::Missing | State::Drifted | State::Unwanted);
    if report.safeguards.iter().any(|row| drift(row.state)) || proves(report, Status::Broken) {
        Exit::Found
    } else if proves(report, Status::Waiting) || proves(report, Status::Unknown) {
        Exit::Incomplete
    } else {
        complete(&report.gaps)
    }
}

/// After `init` a subscription that waits for its confirmation is expected.
fn applied(report: &SafeguardReport) -> Exit {
    let failed = report.safeguards.iter().any(|row| matches!(row.result, Some(Outcome::Failed | Outcome::Skipped)));
    match complete(&report.gaps) {
        Exit::Done if failed => Exit::Incomplete,
        Exit::Done if proves(report, Status::Broken) => Exit::Found,
        exit => exit,
    }
}

fn proves(report: &SafeguardReport, status: Status) -> bool {
    report.safeguards.iter().flat_map(|row| &row.proof).any(|link| link.status == status)
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use jiff::tz::TimeZone;
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{BillReport, Exemption, Finding};

    const AT: &str = "2026-11-23T00:00:00Z";

    fn gap() -> Value {
        json!({ "account": "123456789012", "region": "eu-west-1", "resource": null, "reason": "denied", "action": null,
                "message": "" })
    }

    fn bill(services: &Value) -> Value {
        json!({ "month": "2026-11", "month_ends_at": "2026-12-01T00:00:00Z", "services": services, "days": [], "page": "" })
    }

    fn sweep(findings: Vec<Finding>, gaps: &[Value], services: &Value) -> SweepReport {
        let accounts = [json!({ "id": "123456789012", "alias": null })];
        let report = json!({
            "schema": "", "version": "", "made_at": AT,
            "scope": { "accounts": accounts, "regions": [], "disabled_regions": [], "resources": [], "partial": false },
            "totals": { "findings": 0, "usd_per_hour": "0", "usd_per_month": "0", "at_least": false },
            "bill": bill(services), "findings": [], "gaps": gaps,
        });
        SweepReport { findings, ..serde_json::from_value(report).unwrap() }
    }

    #[test]
    fn of_a_sweep() {
        let found = || Finding::new("study");
        let exempt = || Exemption { reason: "my blog".to_owned(), until: Date::constant(2027, 1, 1) };
        let kept = || Finding { exempt: Some(exempt()), ..found() };
        let explained = json!([]);
        let unexplained = json!([{ "service": "AmazonES", "explained": "unexplained", "reasons": [] }]);
        for (findings, gaps, services, with, without) in [
            (vec![], vec![], &explained, Exit::Done, Exit::Done),
            (vec![kept()], vec![], &explained, Exit::Done, Exit::Done),
            (vec![kept(), found()], vec![], &explained, Exit::Found, Exit::Done),
            (vec![found()], vec![gap()], &explained, Exit::Found, Exit::Incomplete),
            (vec![found()], vec![], &unexplained, Exit::Found, Exit::Incomplete),
            (vec![], vec![gap()], &explained, Exit::Incomplete, Exit::Incomplete),
            (vec![], vec![], &unexplained, Exit::Incomplete, Exit::Incomplete),
        ] {
            let report = sweep(findings, &gaps, services);
            assert_eq!(Exit::from(Report::Sweep(&report)), with, "{report:?}");
            assert_eq!(Exit::without_findings(&report), without, "{report:?}");
        }
    }

    #[test]
    fn of_a_bill() {
        for (gaps, exit) in [(vec![], Exit::Done), (vec![gap()], Exit::Incomplete)] {
            let account = json!({ "id": "123456789012", "alias": null });
            let report = json!({ "schema": "", "version": "", "made_at": AT, "account": account, "bill": bill(&json!([])),
                                 "gaps": gaps });
            let report: BillReport = serde_json::from_value(report).unwrap();
            assert_eq!(Exit::from(Report::Bill(&report, &TimeZone::UTC)), exit);
        }
    }

    /// A report with one safeguard: its state, the result and the proof of it.
    fn safeguards(state: &str, result: Option<&str>, proof: Option<&str>, gaps: &[Value]) -> SafeguardReport {
        let proof = proof.map(|status| json!({ "step": "alarm-rings", "status": status }));
        let row = json!({ "id": "", "names": { "en": "", "ja": "" }, "state": state, "action": "none", "result": result,
                          "changes": [], "proof": proof.as_slice(), "usd_per_month": "0", "notes": [] });
        let account = json!({ "id": "123456789012", "alias": null });
        let report = json!({ "schema": "", "version": "", "made_at": AT, "account": account, "profile": "", "notes": [],
                             "safeguards": [row], "gaps": gaps });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn the_worst_account_decides() {
        use Exit::{Done, Failed, Found, Incomplete, Interrupted};
        let order = [Done, Incomplete, Found, Failed, Interrupted];
        for (at, worse) in order.iter().enumerate() {
            for better in &order[..=at] {
                assert_eq!((worse.worse(*better), better.worse(*worse)), (*worse, *worse));
            }
        }
    }

    #[test]
    fn of_safeguards() {
        use Exit::{Done, Found, Incomplete};
        let none: &[Value] = &[];
        let gaps = &[gap()];
        let ok = |status| safeguards("ok", None, Some(status), none);
        // The report; its code after `check`, after `init`, and after `remove` or as a plan.
        for (report, check, init, other) in [
            (ok("ok"), Done, Done, Done),
            (ok("waiting"), Incomplete, Done, Done),
            (ok("unknown"), Incomplete, Done, Done),
            (ok("broken"), Found, Found, Done),
            (safeguards("ok", None, None, gaps), Incomplete, Incomplete, Incomplete),
            (safeguards("ok", None, Some("broken"), gaps), Found, Incomplete, Incomplete),
            (safeguards("missing", None, None, none), Found, Done, Done),
            (safeguards("drifted", None, None, gaps), Found, Incomplete, Incomplete),
            (safeguards("unwanted", None, None, none), Found, Done, Done),
            (safeguards("unknown", None, None, none), Done, Done, Done),
            (safeguards("ok", Some("failed"), None, none), Done, Incomplete, Done),
            (safeguards("ok", Some("skipped"), Some("broken"), none), Found, Incomplete, Done),
        ] {
            let exit = |phase| Exit::from(Report::Safeguards(&report, phase));
            let others = [Phase::Planned, Phase::PlannedRemoval, Phase::Removed].map(exit);
            assert_eq!((exit(Phase::Checked), exit(Phase::Applied)), (check, init), "{report:?}");
            assert_eq!(others, [other; 3], "{report:?}");
        }
    }
}
