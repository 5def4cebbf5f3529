//! Amazon MQ brokers bill for every hour of their instances, by type and deployment mode, and for their storage.

use aws_sdk_mq::Client;
use aws_sdk_mq::types::{BrokerState, BrokerSummary, DeploymentMode, EngineType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mq-broker",
    names: words("Amazon MQ broker", "Amazon MQ ブローカー"),
    bills: words(
        "per hour while it exists, by its type and deployment mode, and per GB and month of its storage",
        "存在する間はタイプとデプロイモードに応じて 1 時間ごと、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "mq",
    small: false,
    billed_as: &["AmazonMQ"],
    reads: &["mq:ListBrokers"],
    writes: &["mq:DeleteBroker"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let brokers = Client::new(&cx.sdk).list_brokers().max_results(100).into_paginator().items().send();
    let brokers: Vec<BrokerSummary> = brokers.try_collect().await?;
    Ok(brokers.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(broker: &BrokerSummary) -> Listed {
    let id = broker.broker_id().unwrap_or_default();
    let ending = broker.broker_state() == Some(&BrokerState::DeletionInProgress);
    let found = Listed {
        arn: broker.broker_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(broker.created()),
        charges: charges(broker),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(id)
    };
    let found = found.named(broker.broker_name().map(str::to_owned));
    found.can(Verb::Delete, Command::aws("mq delete-broker --broker-id").arg(id))
}

/// The price of a deployment over several zones is that of all of its instances.
fn charges(broker: &BrokerSummary) -> Vec<Charge> {
    let kind = broker.host_instance_type();
    let engine = match broker.engine_type() {
        Some(EngineType::Activemq) => Some("ActiveMQ"),
        Some(EngineType::Rabbitmq) => Some("RabbitMQ"),
        other => other.map(EngineType::as_str),
    };
    let mode = match broker.deployment_mode() {
        Some(DeploymentMode::SingleInstance) => Some("Single-AZ"),
        Some(DeploymentMode::ActiveStandbyMultiAz | DeploymentMode::ClusterMultiAz) => Some("Multi-AZ"),
        other => other.map(DeploymentMode::as_str),
    };
    let instance = sku("AmazonMQ", [("instanceType", kind), ("brokerEngine", engine), ("deploymentOption", mode)]);
    // A broker of ActiveMQ may have either storage; the list does not say which.
    let storage = match engine {
        Some("RabbitMQ") => sku("AmazonMQ", [("usagetype", Some("TimedStorage-EBS-ByteHrs"))]),
        _ => sku("AmazonMQ", [("brokerEngine", engine), ("productFamily", Some("Amazon MQ Broker Storage"))]),
    };
    let words = [Some(kind.unwrap_or("broker")), engine, mode.filter(|mode| *mode != "Single-AZ")];
    let what = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
    vec![Charge::hourly(&what, instance, 1), Charge::metered("MQ storage", storage, Unit::GbMonth)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(engine: &str, mode: &str) -> Vec<String> {
        let broker = BrokerSummary::builder().host_instance_type("mq.m5.large").engine_type(engine.into());
        let broker = broker.deployment_mode(mode.into()).build();
        charges(&broker).into_iter().map(|it| format!("{} | {}", it.what, it.sku)).collect()
    }

    #[test]
    fn the_mode_has_a_price_of_its_own() {
        let cluster = [
            "mq.m5.large RabbitMQ Multi-AZ | AmazonMQ brokerEngine=RabbitMQ deploymentOption=Multi-AZ instanceType=mq.m5.large",
            "MQ storage | AmazonMQ usagetype=TimedStorage-EBS-ByteHrs",
        ];
        assert_eq!(told("RABBITMQ", "CLUSTER_MULTI_AZ"), cluster);
        assert!(told("ACTIVEMQ", "SINGLE_INSTANCE")[0].starts_with("mq.m5.large ActiveMQ | "));
        assert!(told("ACTIVEMQ", "ON_THE_MOON")[0].contains("deploymentOption=ON_THE_MOON"));
    }

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| finding(&BrokerSummary::builder().broker_state(state.into()).build()).billing;
        let states = ["RUNNING", "CREATION_FAILED", "DREAMING", "DELETION_IN_PROGRESS"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
        assert_eq!(finding(&BrokerSummary::builder().build()).charges.len(), 2);
    }
}
