//! Does an approved plan: in order, side by side where nothing else decides, each thing listed again right before.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use aws_config::SdkConfig;
use futures::future::join_all;
use futures::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::Semaphore;

use super::journal::Journal;
use super::options::{Options, Progress};
use super::plan::{Plan, still};
use super::verify::{self, state};
use crate::aws::Cx;
use crate::aws::remedy::{self as aws, Dry};
use crate::aws::trouble::{Trouble, trouble};
use crate::error::{Error, Result};
use crate::model::actions::{Event, LogEntry, Refusal, StepResult, StepRow, Why};
use crate::model::{ActionReport, ActionRow, Finding, Gap, Region, Step, Verified};
use crate::ops::approved::Approved;
use crate::ops::sweep;
use crate::resources;

/// Repetitions of a call that AWS refuses for the moment, beyond those of the SDK, although nothing that the thing waits for is part of
/// the plan.
const REPEATED: usize = 4;
/// After an interruption, calls that are under way get this long to answer.
const GRACE: Duration = Duration::from_secs(5);

/// Rows of one type and region, each with the key of what holds it up.
type Batch = Vec<(ActionRow, Option<String>)>;

struct Actor<'a> {
    sdk: &'a SdkConfig,
    plan: &'a Plan,
    options: &'a Options,
    journal: &'a dyn Journal,
    places: Semaphore,
    /// Nothing new is begun.
    stopped: Cell<bool>,
    done: Cell<usize>,
    begun: RefCell<BTreeSet<String>>,
    gaps: RefCell<Vec<Gap>>,
    refused: RefCell<Vec<Refusal>>,
    progress: RefCell<&'a mut dyn FnMut(Progress)>,
}

/// Does the plan, and verifies each action. `interrupted` ends it: what is not begun by then is left.
///
/// # Errors
/// The run cannot be recorded, and so is not begun.
pub async fn run(
    sdk: &SdkConfig,
    plan: Approved<Plan>,
    options: &Options,
    journal: &dyn Journal,
    interrupted: impl Future<Output = ()>,
    mut progress: impl FnMut(Progress),
) -> Result<ActionReport> {
    let plan = plan.into_plan();
    plan.settle(journal).await?;
    let actor = Actor {
        sdk,
        plan: &plan,
        options,
        journal,
        places: Semaphore::new(options.at_once.max(1)),
        stopped: Cell::new(false),
        done: Cell::new(0),
        begun: RefCell::default(),
        gaps: RefCell::default(),
        refused: RefCell::default(),
        progress: RefCell::new(&mut progress),
    };
    let (mut done, cut) = actor.all(interrupted).await;
    let mut report = ActionReport::new(plan.report.account.clone(), (options.now)());
    for row in &plan.report.actions {
        report.actions.extend(done.remove(&row.key));
    }
    report.refused = [plan.report.refused.clone(), actor.refused.into_inner()].concat();
    report.gaps = [plan.report.gaps.clone(), actor.gaps.into_inner()].concat();
    report.gaps.sort();
    report.gaps.dedup();
    report.notes.clone_from(&plan.report.notes);
    report.interrupted = cut;
    Ok(report.summed())
}

impl Actor<'_> {
    /// All rows of the plan, each as soon as nothing before it is open; and whether the run was interrupted.
    async fn all(&self, interrupted: impl Future<Output = ()>) -> (BTreeMap<String, ActionRow>, bool) {
        let mut open: Vec<&ActionRow> = self.plan.report.actions.iter().collect();
        let mut ended: BTreeMap<String, ActionRow> = BTreeMap::new();
        let mut handled: BTreeSet<String> = BTreeSet::new();
        let mut running = FuturesUnordered::new();
        futures::pin_mut!(interrupted);
        let mut deadline = None;
        loop {
            if !self.stopped.get() {
                let waits =
                    |row: &&ActionRow| self.waits(&row.key).any(|key| self.is_planned(key) && !handled.contains(key));
                let ready: Vec<&ActionRow> = open.iter().copied().filter(|row| !waits(row)).collect();
                // What waits for itself in a circle is taken as it comes.
                let ready = if ready.is_empty() && running.is_empty() { open.clone() } else { ready };
                open.retain(|row| ready.iter().all(|it| it.key != row.key));
                let mut batches: BTreeMap<(&str, &Region), Batch> = BTreeMap::new();
                for row in ready {
                    let stays = |key: &&String| handled.contains(*key) && !ended.get(*key).is_some_and(is_ended);
                    let held = row.after.iter().find(stays).cloned();
                    batches.entry((&row.resource, &row.region)).or_default().push((row.clone(), held));
                }
                running.extend(batches.into_values().map(|rows| self.batch(rows)));
            }
            if running.is_empty() {
                break;
            }
            let late = async {
                match deadline {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = &mut interrupted, if deadline.is_none() => {
                    self.stopped.set(true);
                    deadline = Some(tokio::time::Instant::now() + GRACE);
                }
                () = late => break,
                Some((keys, rows)) = running.next() => {
                    handled.extend(keys);
                    ended.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
                },
            }
        }
        drop(running);
        let cut = deadline.is_some();
        for row in &self.plan.report.actions {
            if !handled.contains(&row.key) {
                ended.insert(row.key.clone(), self.unanswered(row));
            }
        }
        (ended, cut)
    }

    fn waits(&self, key: &str) -> impl Iterator<Item = &String> {
        self.plan.waits.get(key).into_iter().flatten().filter(move |it| *it != key)
    }

    fn is_planned(&self, key: &str) -> bool {
        self.plan.things.contains_key(key)
    }

    /// Rows of one type and region: listed again, done side by side, and listed until they have ended.
    async fn batch(&self, rows: Batch) -> (Vec<String>, Vec<ActionRow>) {
        let keys: Vec<String> = rows.iter().map(|(row, _)| row.key.clone()).collect();
        let Some((first, _)) = rows.first() else { return (keys, Vec::new()) };
        let (resource, region) = (first.resource.clone(), first.region.clone());
        let Some(resource) = resources::find(&resource) else { return (keys, Vec::new()) };
        let account = &self.plan.report.account.id;
        let look = || sweep::again(self.sdk, account, resource, &region, &self.options.sweep);
        let now = look().await;
        if !now.gaps.is_empty() {
            self.gaps.borrow_mut().extend(now.gaps.iter().cloned());
        }
        let acts = rows.into_iter().map(|(row, held)| {
            let there = now.findings.iter().find(|it| it.key == row.key);
            self.one(row, held, there, now.gaps.is_empty())
        });
        let rows: Vec<ActionRow> = join_all(acts).await.into_iter().flatten().collect();
        (keys, verify::until_ended(self, rows, look).await)
    }

    /// What an interruption left: not begun, or begun and without an answer.
    fn unanswered(&self, row: &ActionRow) -> ActionRow {
        let mut left = ActionRow { verified: Some(Verified::Unknown), ..skipped(row, None) };
        if self.begun.borrow().contains(&row.key)
            && let Some(step) = left.steps.first_mut()
        {
            step.result = StepResult::Failed;
            step.message = Some(Gap::INTERRUPTED.to_owned());
        }
        left
    }

    /// One thing. `None` if it is refused, because it is not as it was in the plan.
    async fn one(
        &self,
        row: ActionRow,
        held: Option<String>,
        now: Option<&Finding>,
        complete: bool,
    ) -> Option<ActionRow> {
        if let Some(held) = held {
            return Some(skipped(&row, Some(format!("waits for {held}"))));
        }
        let planned = self.plan.things.get(&row.key)?;
        let Some(now) = now else {
            // Gone already, or it could not be listed: then nothing is done.
            let verified = if complete { state(None, &row) } else { Verified::Unknown };
            return Some(ActionRow { verified: Some(verified), ..skipped(&row, None) });
        };
        if row.steps.is_empty() {
            return Some(row);
        }
        let steps = match unchanged(planned, now, &row) {
            Ok(steps) => steps,
            Err(about) => {
                self.refused.borrow_mut().push(Refusal::of(planned, Why::Changed).about(about));
                return None;
            }
        };
        if self.stopped.get() {
            return Some(ActionRow { verified: Some(Verified::Unknown), ..skipped(&row, None) });
        }
        let Ok(_place) = self.places.acquire().await else { return None };
        self.begun.borrow_mut().insert(row.key.clone());
        self.show(&row, false);
        let row = self.steps(row, steps).await;
        Some(row)
    }

    async fn steps(&self, row: ActionRow, steps: &[Step]) -> ActionRow {
        let mut done = ActionRow { steps: Vec::new(), ..row.clone() };
        let cx = Cx::new(&self.plan.report.account.id, &row.region, self.sdk);
        let mut failed = false;
        for (at, step) in steps.iter().enumerate() {
            let mut shown = StepRow::planned(step.command.clone());
            if failed || self.stopped.get() {
                shown.result = StepResult::Skipped;
                done.steps.push(shown);
                continue;
            }
            let entry =
                |event, message| self.entry(&row, at.saturating_add(1), steps.len(), &step.command, event, message);
            let answer = match self.journal.record(&entry(Event::Begun, None)).await {
                Ok(()) => {
                    let answer = self.call(&cx, step, &row).await;
                    let event = if answer.is_ok() { Event::Done } else { Event::Failed };
                    let message = answer.as_ref().err().map(said);
                    // What was done is done; the report says it even where the log cannot.
                    let recorded = self.journal.record(&entry(event, message)).await;
                    if recorded.is_err() {
                        self.stopped.set(true);
                    }
                    answer
                }
                Err(error) => {
                    self.stopped.set(true);
                    Err(error)
                }
            };
            shown.at = Some((self.options.now)());
            shown.message = answer.as_ref().err().map(said);
            shown.result = if answer.is_ok() { StepResult::Done } else { StepResult::Failed };
            failed = answer.is_err();
            done.steps.push(shown);
        }
        done
    }

    /// One call, repeated while AWS says that it is too early.
    async fn call(&self, cx: &Cx, step: &Step, row: &ActionRow) -> Result<()> {
        let until = tokio::time::Instant::now() + self.options.patience;
        let waits = self.waits(&row.key).any(|key| self.is_planned(key));
        let mut pause = self.options.pace;
        for tried in 0.. {
            let Err(error) = aws::run(cx, step, Dry::No).await else { return Ok(()) };
            let again = match trouble(&error) {
                Trouble::Temporary => tried < REPEATED,
                // What uses it may be ending by this plan.
                Trouble::InUse | Trouble::Busy => tried < REPEATED || waits,
                Trouble::Denied | Trouble::GoneAlready | Trouble::Protected | Trouble::Other => false,
            };
            if !again || self.stopped.get() || tokio::time::Instant::now() + pause > until {
                return Err(error);
            }
            self.show(row, true);
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(self.options.pace * 10);
        }
        Ok(())
    }

    fn entry(
        &self,
        row: &ActionRow,
        step: usize,
        of: usize,
        command: &str,
        event: Event,
        message: Option<String>,
    ) -> LogEntry {
        LogEntry {
            at: (self.options.now)(),
            run: self.plan.report.made_at,
            key: row.key.clone(),
            verb: row.verb,
            step,
            of,
            command: command.to_owned(),
            event,
            message,
            verified: None,
            usd_per_month_saved: row.usd_per_month_saved,
        }
    }

    fn show(&self, row: &ActionRow, waits: bool) {
        let progress = Progress {
            done: self.done.get(),
            all: self.plan.report.actions.len(),
            verb: row.verb,
            names: row.names.clone(),
            id: row.id.clone(),
            region: row.region.clone(),
            waits,
        };
        (self.progress.borrow_mut())(progress);
    }
}

impl verify::Watch for Actor<'_> {
    fn options(&self) -> &Options {
        self.options
    }

    fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    fn waiting(&self, row: &ActionRow) {
        self.show(row, true);
    }

    async fn verified(&self, row: &ActionRow) {
        self.done.set(self.done.get().saturating_add(1));
        let entry = self.entry(row, 0, row.steps.len(), "", Event::Verified, row.failure().map(str::to_owned));
        let entry = LogEntry { verified: row.verified, ..entry };
        // Nothing was done to a thing that was not touched.
        let touched = row.steps.iter().any(|step| step.at.is_some());
        if touched && self.journal.record(&entry).await.is_err() {
            self.stopped.set(true);
        }
    }

    fn unseen(&self, gaps: Vec<Gap>) {
        self.gaps.borrow_mut().extend(gaps);
    }
}

/// The steps to take, if the thing is as the plan showed it.
fn unchanged<'a>(planned: &Finding, now: &'a Finding, row: &ActionRow) -> Result<&'a [Step], &'static str> {
    let alone = row.after.is_empty();
    if now.created_at != planned.created_at {
        return Err("created_at");
    }
    if now.tags != planned.tags {
        return Err("tags");
    }
    // What it was attached to has ended meanwhile.
    if alone && now.billing != planned.billing {
        return Err("billing");
    }
    still(now, row).ok_or("commands")
}

fn is_ended(row: &ActionRow) -> bool {
    row.verified.is_some_and(Verified::is_proof)
}

fn skipped(row: &ActionRow, message: Option<String>) -> ActionRow {
    let step = |step: &StepRow| StepRow { result: StepResult::Skipped, message: message.clone(), ..step.clone() };
    ActionRow { steps: row.steps.iter().map(step).collect(), ..row.clone() }
}

fn said(error: &Error) -> String {
    error.detail.clone().or_else(|| error.code.clone()).unwrap_or_else(|| error.what.id.to_owned())
}
