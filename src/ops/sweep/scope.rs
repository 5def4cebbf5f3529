//! The regions and types of a sweep: those in the options that the account has.

use std::collections::BTreeSet;

use super::options::Options;
use crate::aws::regions::Regions;
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{Account, Region, Text, nearest};
use crate::resources;

/// # Errors
/// A region or type in the options does not exist, or the region is not enabled.
pub(super) fn scope(options: &Options, account: Account, known: Regions) -> Result<SweepScope> {
    for region in &options.regions {
        if known.disabled.contains(region) {
            return Err(Error::usage(Text::new("error-region-disabled").with("region", region))
                .hint(Text::new("hint-region-disabled").with("region", region)));
        }
        if !known.enabled.contains(region) {
            let error = Error::usage(Text::new("error-region-unknown").with("region", region));
            let error = match nearest(region.as_str(), known.enabled.iter().map(Region::as_str)) {
                Some(near) => error.hint(Text::new("hint-did-you-mean").with("near", near)),
                None => error,
            };
            return Err(error.hint(Text::new("hint-regions").with("regions", join(&known.enabled))));
        }
    }
    for id in &options.resources {
        if resources::find(id).is_none() {
            return Err(resources::unknown(id));
        }
    }
    let chosen = |id: &str| options.resources.is_empty() || options.resources.iter().any(|wanted| wanted == id);
    let partial = !options.regions.is_empty() || !options.resources.is_empty();
    let wanted: BTreeSet<Region> = options.regions.iter().cloned().collect();
    let types = resources::ALL.iter().map(|resource| resource.id).filter(|id| chosen(id));
    Ok(SweepScope {
        account,
        regions: known.enabled.into_iter().filter(|region| wanted.is_empty() || wanted.contains(region)).collect(),
        disabled_regions: known.disabled,
        resources: types.map(str::to_owned).collect(),
        resources_known: Some(resources::ALL.len()),
        partial,
    })
}

fn join(regions: &[Region]) -> String {
    regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", ")
}
