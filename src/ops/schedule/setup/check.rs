//! Checks the nightly run: its parts, its mail, and its newest run; and starts one to prove it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::cost;
use super::goal::{At, MEMBER_TEMPLATE, REPORTS_TEMPLATE, SCHEDULE_TEMPLATE};
use super::observe::Observed;
use super::rows::{OTHER, PARTS, same};
use super::scheduler::Scheduler;
use crate::aws::executions::{Execution, Executions};
use crate::aws::stack::Stack;
use crate::aws::topic;
use crate::error::Result;
use crate::model::change::diff;
use crate::model::report::{Proof, State, Status};
use crate::model::schedule::{SchedulePart, ScheduleRun};
use crate::model::{Action, ScheduleReport, Verdict};
use crate::ops::schedule::OWN_ROLE;

/// Without a run for so long, the schedule is dead.
const SILENT: SignedDuration = SignedDuration::from_hours(49);
const PAUSE: Duration = Duration::from_secs(2);

impl Scheduler {
    /// Reads the parts back, with the state of every link from the schedule to the reader of its mail.
    ///
    /// # Errors
    /// The stacks cannot be read.
    pub async fn check(&self, now: Timestamp) -> Result<ScheduleReport> {
        let observed = self.observe().await?;
        observed.must_be_own()?;
        let parts = as_found(&observed);
        let settings = observed.settings.clone().unwrap_or_default();
        let schedule = observed.schedule.as_ref();
        let parameter = |name: &str| schedule.and_then(|it| it.parameters.get(name)).filter(|it| !it.is_empty());
        let emails = ["Email1", "Email2", "Email3"].into_iter().filter_map(|it| parameter(it).cloned()).collect();
        let organization = observed.member.as_ref().and_then(|it| it.parameters.get("OrganizationId"));
        let mut report = ScheduleReport {
            organization: organization.filter(|it| !it.is_empty()).cloned(),
            partial: ["regions", "resources"]
                .iter()
                .any(|it| settings[*it].as_array().is_some_and(|it| !it.is_empty())),
            at: parameter("Schedule").and_then(|it| At::of_cron(it)).map(|it| it.to_string()),
            time_zone: parameter("TimeZone").cloned(),
            emails,
            sender: parameter("Sender").cloned(),
            parts,
            reports: observed.bucket().map(|name| format!("s3://{name}/runs/")),
            ..self.blank()
        };
        // With another role there is no `StackSet`.
        if settings["organization"] == true && settings["role"] == OWN_ROLE {
            let link = |status| Proof::new("nightly-roles", status);
            report.proof.push(match &observed.members {
                Ok(Some(set)) => roles(set.current, set.outdated.len()),
                Ok(None) => link(Status::Broken),
                Err(_) => link(Status::Unknown),
            });
            let unread = observed.members.as_ref().err();
            report.gaps.extend(unread.map(|it| it.gap(self.id(), Some(&self.region), Some("roles"))));
        }
        if let Some(machine) = schedule.and_then(|it| it.output("Machine")) {
            match Executions::of(&self.sdk, machine).last().await {
                Ok(last) => add_run(&mut report, last.as_ref(), now),
                Err(error) => {
                    report.proof.push(Proof::new("nightly-run", Status::Unknown));
                    report.gaps.push(error.gap(self.id(), Some(&self.region), Some("nightly-run")));
                }
            }
        }
        if let Some(topic) = schedule.and_then(|it| it.output("Topic")) {
            self.add_mail(&mut report, topic).await;
        }
        if let Some(sender) = &report.sender {
            let links = self.of_sender(sender, &report.emails).await;
            report.proof.extend(links);
        }
        Ok(report)
    }

    /// Starts a run and waits for it, at most so long.
    ///
    /// # Errors
    /// It cannot be started or read.
    pub async fn prove(
        &self,
        report: &mut ScheduleReport,
        now: Timestamp,
        patience: Duration,
        mut waiting: impl FnMut(),
    ) -> Result<()> {
        let observed = self.observe().await?;
        let Some(machine) = observed.schedule.as_ref().and_then(|it| it.output("Machine")) else { return Ok(()) };
        let executions = Executions::of(&self.sdk, machine);
        let name = format!("guardrail-{}", now.as_millisecond());
        let arn = executions.start(&name, &json!({})).await?;
        let started = std::time::Instant::now();
        let mut execution = executions.read(&arn).await?;
        while execution.is_running() && started.elapsed() < patience {
            waiting();
            tokio::time::sleep(PAUSE.min(started.elapsed() + Duration::from_millis(200))).await;
            execution = executions.read(&arn).await?;
        }
        add_run(report, Some(&execution), now);
        if let Some(topic) = observed.schedule.as_ref().and_then(|it| it.output("Topic")) {
            self.add_mail(report, topic).await;
        }
        Ok(())
    }

    async fn add_mail(&self, report: &mut ScheduleReport, topic: &str) {
        match topic::addresses(&self.sdk, topic).await {
            Ok(addresses) => {
                for email in &report.emails {
                    let confirmed = addresses.iter().find(|(address, _)| address == email);
                    let status = match confirmed {
                        Some((_, true)) => Status::Ok,
                        Some((_, false)) => Status::Waiting,
                        None => Status::Broken,
                    };
                    report.proof.push(Proof::new("nightly-mail", status).of(email));
                }
            }
            Err(error) => {
                report.proof.push(Proof::new("nightly-mail", Status::Unknown));
                report.gaps.push(error.gap(self.id(), Some(&self.region), Some("nightly-run")));
            }
        }
    }
}

/// The link of the newest run.
fn add_run(report: &mut ScheduleReport, last: Option<&Execution>, now: Timestamp) {
    let link = |status| Proof::new("nightly-run", status);
    let proof = match last {
        None => link(Status::Waiting),
        Some(it) if it.is_running() => Proof { value: Some(it.name.clone()), ..link(Status::Waiting) },
        Some(it) if it.succeeded() => {
            let silent = it.started_at().is_some_and(|at| now.duration_since(at) > SILENT);
            let value = it.started_at().map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
            Proof { value, ..link(if silent { Status::Broken } else { Status::Ok }) }
        }
        Some(it) => Proof { value: Some(it.why().unwrap_or_else(|| it.status.clone())), ..link(Status::Broken) },
    };
    report.proof.push(proof);
    report.last_run = last.map(run);
    if let Some(accounts) = report.last_run.as_ref().and_then(|it| it.accounts) {
        report.accounts = Some(accounts);
        report.usd_per_run = cost::of_run(accounts);
        report.usd_per_month = cost::of_month(accounts);
    }
}

/// The parts that a schedule has in any case; each is as it is, because `--check` has no goal to compare it with.
fn as_found(observed: &Observed) -> Vec<SchedulePart> {
    let stacks = [
        (0, &observed.reports, REPORTS_TEMPLATE),
        (1, &observed.member, MEMBER_TEMPLATE),
        (3, &observed.schedule, SCHEDULE_TEMPLATE),
    ];
    stacks.into_iter().map(|(part, stack, template)| found(part, stack.as_ref(), template)).collect()
}

fn found(part: usize, stack: Option<&Stack>, template: &str) -> SchedulePart {
    let (state, from) = match stack {
        None => (State::Missing, Value::Null),
        Some(it) if !it.is_sound() => (State::Drifted, json!({ "status": it.status })),
        Some(it) if !same(&it.template, template) => (State::Drifted, json!({ "template": OTHER })),
        Some(_) => (State::Ok, Value::Null),
    };
    let (id, names, name) = PARTS[part].clone();
    let changes = diff(&from, &Value::Null);
    SchedulePart { id: id.to_owned(), names, name: name.to_owned(), state, action: Action::None, result: None, changes }
}

fn roles(current: usize, outdated: usize) -> Proof {
    let status = if outdated > 0 || current == 0 { Status::Waiting } else { Status::Ok };
    Proof { value: Some(format!("{current}/{}", current + outdated)), ..Proof::new("nightly-roles", status) }
}

fn run(execution: &Execution) -> ScheduleRun {
    let sum = execution.sum().unwrap_or_default();
    let count = |key: &str| sum[key].as_u64().and_then(|it| usize::try_from(it).ok());
    let verdict: Option<Verdict> = serde_json::from_value(sum["verdict"].clone()).ok();
    ScheduleRun {
        name: execution.name.clone(),
        status: execution.status.clone(),
        started_at: execution.started_at(),
        message: execution.why(),
        verdict: verdict.filter(|_| !sum.is_null()),
        accounts: count("accounts"),
        swept: count("swept"),
        report: sum["report"].as_str().map(str::to_owned),
    }
}
