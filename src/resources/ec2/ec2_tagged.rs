//! The instances that another service runs and marks with its own tag.

use std::collections::BTreeMap;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, Reservation};

use crate::aws::Cx;
use crate::error::Result;
use crate::resources::reading::ec2_tags;

/// The id and tags of each instance with this tag.
///
/// # Errors
/// Listing instances fails.
pub async fn tagged(cx: &Cx, tag: &str) -> Result<Vec<(String, BTreeMap<String, String>)>> {
    let marked = Filter::builder().name("tag-key").values(tag).build();
    let asked = Client::new(&cx.sdk).describe_instances().filters(marked).max_results(1000);
    let asked = asked.include_managed_resources(true);
    let reservations: Vec<Reservation> = asked.into_paginator().items().send().try_collect().await?;
    let instances = reservations.iter().flat_map(Reservation::instances);
    let instances = instances.filter_map(|it| Some((it.instance_id()?.to_owned(), ec2_tags(it.tags()))));
    Ok(instances.filter(|(_, tags)| tags.contains_key(tag)).collect())
}
