//! Where a safeguard is looked after that an organisation's policy keeps out of us-east-1: another region that lets it, always
//! the same one (fact sheet, sections 0.21 and 7.1).

use futures::future::join_all;

use crate::aws::Cx;
use crate::aws::regions::regions;
use crate::error::{Error, Result};
use crate::model::{Reason, Region};
use crate::safeguards::{self, Entry, Facts, Homes, Observed, Wish};

/// Where the safeguards live, after a look at all of them from where they were thought to live.
pub(super) async fn after(cx: &Cx, wish: &Wish, seen: &[Result<Observed<Facts>>]) -> Homes {
    let mut homes = wish.homes.clone();
    for (entry, seen) in safeguards::ALL.iter().zip(seen) {
        let Err(error) = seen else { continue };
        let kept_out = error.reason() == Reason::DeniedByOrganization && (entry.region)(wish).is_home();
        match entry.id {
            safeguards::TOPIC if !homes.topic_lost => {
                let moved = if kept_out { elsewhere(cx, entry, wish).await } else { None };
                homes.topic_lost = moved.is_none();
                homes.topic = moved.unwrap_or(homes.topic);
            }
            safeguards::TRAIL if kept_out => homes.trail = elsewhere(cx, entry, wish).await.unwrap_or(homes.trail),
            _ => {}
        }
    }
    homes
}

/// The region where the safeguard is already, else the first one, by name, where it may be looked at. `None` if there is none,
/// or if one did not answer: the safeguard may be there.
async fn elsewhere(cx: &Cx, entry: &Entry, wish: &Wish) -> Option<Region> {
    let regions = regions(&cx.sdk, &cx.place.account).await.ok()?.enabled;
    let others = regions.into_iter().filter(|region| !region.is_home());
    let looks = join_all(others.map(async |region| {
        let seen = (entry.observed)(&cx.at(&region), wish).await;
        (region, seen)
    }));
    let looks = looks.await;
    let may_be_there = |error: &Error| {
        let refused = matches!(error.reason(), Reason::Denied | Reason::DeniedByOrganization | Reason::DisabledRegion);
        // A name that is taken is taken in another region, perhaps by ourselves.
        !refused && error.note().is_none()
    };
    if looks.iter().any(|(_, seen)| seen.as_ref().err().is_some_and(may_be_there)) {
        return None;
    }
    let is_there = |seen: &Result<Observed<Facts>>| matches!(seen, Ok(Observed::Own(_) | Observed::Superseded { .. }));
    let there = looks.iter().find(|(_, seen)| is_there(seen));
    there.or_else(|| looks.iter().find(|(_, seen)| seen.is_ok())).map(|(region, _)| region.clone())
}
