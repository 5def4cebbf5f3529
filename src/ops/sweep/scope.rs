//! The regions and types of a sweep: what the options name, of what the account has.

use std::collections::BTreeSet;

use super::options::Options;
use crate::aws::regions::Regions;
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{Account, Region, Text};
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
            return Err(Error::usage(Text::new("error-region-unknown").with("region", region))
                .hint(Text::new("hint-regions").with("regions", join(&known.enabled))));
        }
    }
    for id in &options.resources {
        if resources::find(id).is_none() {
            return Err(Error::usage(Text::new("error-resource-unknown").with("resource", id))
                .hint(Text::new("hint-resources")));
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
        partial,
    })
}

fn join(regions: &[Region]) -> String {
    regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", ")
}
