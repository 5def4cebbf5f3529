//! The names of the EKS clusters of a place, read once for all that is told of them.

use std::sync::Arc;

use aws_sdk_eks::Client;

use crate::aws::Cx;
use crate::error::Result;

pub struct Clusters(pub Vec<String>);

/// The names of the clusters of this place.
pub async fn clusters(cx: &Cx) -> Result<Arc<Clusters>> {
    let list = async || {
        let pages = Client::new(&cx.sdk).list_clusters().max_results(100).into_paginator().items().send();
        Ok(Clusters(pages.try_collect().await?))
    };
    cx.shared.once(list).await
}
