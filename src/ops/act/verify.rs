//! Lists things again until they are gone, ending or stopped.

use futures::future::join_all;

use super::options::Options;
use crate::model::{ActionRow, Billing, Finding, Gap, Verb, Verified};
use crate::ops::sweep::Again;

/// What goes on around a verification.
pub(super) trait Watch {
    fn options(&self) -> &Options;
    fn is_stopped(&self) -> bool;
    fn waiting(&self, row: &ActionRow);
    async fn verified(&self, row: &ActionRow);
    fn unseen(&self, gaps: Vec<Gap>);
}

/// The state of a thing by what its type lists.
pub(super) fn state(now: Option<&Finding>, row: &ActionRow) -> Verified {
    match (now, row.verb) {
        // A stopped thing may cost nothing any more, and is then not listed.
        (None, Verb::Stop) => Verified::Stopped,
        (None, Verb::Delete) => Verified::Gone,
        (Some(now), _) if now.billing == Billing::Ending => Verified::Ending,
        (Some(now), Verb::Stop) if now.billing == Billing::Stopped => Verified::Stopped,
        (Some(now), Verb::Stop) if !now.can.contains(&Verb::Stop) => Verified::Stopped,
        (Some(_), _) => Verified::StillThere,
    }
}

/// The rows with what became of each. Waits only for what has begun, and not longer than the patience.
pub(super) async fn until_ended<W: Watch, F: Future<Output = Again>>(
    watch: &W,
    mut rows: Vec<ActionRow>,
    look: impl Fn() -> F,
) -> Vec<ActionRow> {
    let options = watch.options();
    let until = tokio::time::Instant::now() + options.patience;
    let mut pause = options.pace;
    loop {
        let open: Vec<&mut ActionRow> = rows.iter_mut().filter(|row| row.verified.is_none()).collect();
        if open.is_empty() {
            break;
        }
        let Again { findings, gaps } = look().await;
        let late = watch.is_stopped() || tokio::time::Instant::now() + pause > until;
        let mut waits = None;
        for row in open {
            // Another thing of the same name is not this one.
            let there = findings.iter().find(|it| it.key == row.key);
            let verified = if there.is_none() && !gaps.is_empty() { Verified::Unknown } else { state(there, row) };
            let final_ = row.failed() || is_held(row) || late;
            if verified.is_proof() || final_ {
                row.verified = Some(verified);
            } else {
                waits = waits.or(Some(row.clone()));
            }
        }
        let Some(row) = waits else {
            watch.unseen(gaps);
            break;
        };
        watch.waiting(&row);
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(options.pace * 10);
    }
    join_all(rows.iter().map(|row| watch.verified(row))).await;
    rows
}

/// Whether nothing was done, because something before it is still there.
fn is_held(row: &ActionRow) -> bool {
    use crate::model::actions::StepResult;
    !row.steps.is_empty() && row.steps.iter().all(|step| step.result == StepResult::Skipped)
}
