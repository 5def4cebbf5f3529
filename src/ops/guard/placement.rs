//! The fallback region of the safeguards that an organisation's policy denies in us-east-1: always the same one (fact sheet,
//! sections 0.21 and 7.1).

use futures::future::join_all;

use crate::aws::Cx;
use crate::aws::regions::regions;
use crate::error::{Error, Result};
use crate::model::{Reason, Region};
use crate::safeguards::{self, Entry, Facts, Inputs, Observed, Placement};

/// The state of a safeguard, if it can be read.
pub(super) type Current = Result<Observed<Facts>>;

/// The inputs with the region of each safeguard, and the reason for the topic's fallback region.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub inputs: Inputs,
    pub topic_refused: Option<Error>,
}

impl Placed {
    /// Before safeguards are read: all at home.
    pub fn first(inputs: &Inputs) -> Self {
        Self { inputs: inputs.clone(), topic_refused: None }
    }

    /// After safeguards are read; `None` if every safeguard is in the assumed region.
    pub async fn after(&self, cx: &Cx, current: &[Current]) -> Option<Self> {
        let before = &self.inputs.placement;
        let placement = placement(cx, &self.inputs, current).await;
        if placement == *before {
            return None;
        }
        let mut topic_refused = self.topic_refused.clone();
        if placement.topic != before.topic {
            let topic = safeguards::ALL.iter().zip(current).find(|(entry, _)| entry.id == safeguards::TOPIC);
            topic_refused = topic.and_then(|(_, current)| current.as_ref().err().cloned());
        }
        Some(Self { inputs: self.inputs.at(placement), topic_refused })
    }
}

async fn placement(cx: &Cx, inputs: &Inputs, current: &[Current]) -> Placement {
    let mut placement = inputs.placement.clone();
    for (entry, current) in safeguards::ALL.iter().zip(current) {
        let Err(error) = current else { continue };
        let kept_out = error.reason() == Reason::DeniedByOrganization && (entry.region)(inputs).is_home();
        match entry.id {
            safeguards::TOPIC if placement.topic_available => {
                let moved = if kept_out { elsewhere(cx, entry, inputs).await } else { None };
                placement.topic_available = moved.is_some();
                placement.topic = moved.unwrap_or(placement.topic);
            }
            safeguards::TRAIL if kept_out => {
                placement.trail = elsewhere(cx, entry, inputs).await.unwrap_or(placement.trail);
            }
            _ => {}
        }
    }
    placement
}

/// The region that has the safeguard, else the first readable one by name. `None` if there is none, or if one did not answer,
/// because the safeguard may be there.
async fn elsewhere(cx: &Cx, entry: &Entry, inputs: &Inputs) -> Option<Region> {
    let regions = regions(&cx.sdk, &cx.place.account).await.ok()?.enabled;
    let others = regions.into_iter().filter(|region| !region.is_home());
    let looks = join_all(others.map(async |region| {
        let current = (entry.observed)(&cx.at(&region), inputs).await;
        (region, current)
    }));
    let looks = looks.await;
    let may_be_there = |error: &Error| {
        let refused = matches!(error.reason(), Reason::Denied | Reason::DeniedByOrganization | Reason::DisabledRegion);
        // A taken name may be taken in another region, perhaps by guardrail.
        !refused && error.note().is_none()
    };
    if looks.iter().any(|(_, current)| current.as_ref().err().is_some_and(may_be_there)) {
        return None;
    }
    let is_there = |current: &Current| matches!(current, Ok(Observed::Own(_) | Observed::Superseded { .. }));
    let there = looks.iter().find(|(_, current)| is_there(current));
    there.or_else(|| looks.iter().find(|(_, current)| current.is_ok())).map(|(region, _)| region.clone())
}
