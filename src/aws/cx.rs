//! A client for one account in one region.

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_config::SdkConfig;
use serde_json::{Map, Value};

use super::api;
use crate::error::Result;
use crate::model::{AccountId, Place, Region};

/// A client for one account in one region.
#[derive(Clone)]
pub struct Cx {
    pub place: Place,
    pub sdk: SdkConfig,
    client: api::Client,
    /// The regions that the sweep is limited to; `None` means all.
    wanted: Option<Arc<BTreeSet<Region>>>,
}

impl Cx {
    #[must_use]
    pub fn new(account: &AccountId, region: &Region, sdk: &SdkConfig) -> Self {
        let here = aws_config::Region::new(region.as_str().to_owned());
        let sdk = sdk.to_builder().region(here).build();
        Self {
            place: Place { account: account.clone(), region: region.clone() },
            client: api::Client::new(&sdk),
            sdk,
            wanted: None,
        }
    }

    /// A request to this place, to be completed with members.
    pub fn ask<T>(&self, operation: &api::Operation<T>) -> api::Ask<'_, T> {
        self.client.ask(operation)
    }

    /// One call by its name in AWS's models, with its input and its whole answer as JSON; `host` is the one that the service
    /// returned for this account.
    ///
    /// # Errors
    /// AWS refuses or does not answer, or the request does not fit the model.
    pub async fn call(
        &self,
        operation: &'static str,
        input: Map<String, Value>,
        host: Option<String>,
    ) -> Result<Value> {
        self.client.call(operation, input, host).await
    }

    /// Drops the cached answers of a shared operation after a write.
    pub fn forget<T>(&self, operation: &api::Operation<T>) {
        self.client.forget(operation);
    }

    /// The same, limited to these regions; an empty list means all.
    #[must_use]
    pub fn only(self, regions: &[Region]) -> Self {
        Self { wanted: (!regions.is_empty()).then(|| Arc::new(regions.iter().cloned().collect())), ..self }
    }

    /// Whether the sweep includes this region: types that one region lists for all regions skip the details of the others.
    #[must_use]
    pub fn wants(&self, region: &Region) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(region))
    }

    /// The same account from another region.
    #[must_use]
    pub fn at(&self, region: &Region) -> Self {
        if *region == self.place.region { self.clone() } else { Self::new(&self.place.account, region, &self.sdk) }
    }

    /// The same account in AWS's billing home.
    #[must_use]
    pub fn home(account: &AccountId, sdk: &SdkConfig) -> Self {
        Self::new(account, &Region::home(), sdk)
    }
}
