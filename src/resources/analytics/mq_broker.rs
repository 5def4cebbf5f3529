//! Amazon MQ brokers are charged for every hour of their instances, by type and deployment mode, and for their storage.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mq-broker",
    names: words("Amazon MQ broker", "Amazon MQ ブローカー"),
    bills: words(
        "per hour while it exists, by its type and deployment mode, and per GB and month of its storage",
        "存在する間はタイプとデプロイモードに応じて 1 時間ごと、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMQ"],
    asks: &[&BROKERS],
    writes: &["mq:DeleteBroker"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BROKERS: Operation<Broker> = Operation::new("mq:ListBrokers").at("BrokerSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Broker {
    broker_id: Option<String>,
    broker_name: Option<String>,
    broker_arn: Option<String>,
    broker_state: Option<State>,
    created: Option<Timestamp>,
    host_instance_type: Option<String>,
    engine_type: Option<Engine>,
    deployment_mode: Option<Mode>,
}

values! { enum State { DeletionInProgress = "DELETION_IN_PROGRESS" } }
values! { enum Engine { ActiveMq = "ACTIVEMQ", RabbitMq = "RABBITMQ" } }
values! {
    enum Mode {
        SingleInstance = "SINGLE_INSTANCE",
        ActiveStandbyMultiAz = "ACTIVE_STANDBY_MULTI_AZ",
        ClusterMultiAz = "CLUSTER_MULTI_AZ",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let brokers = cx.ask(&BROKERS).all().await?;
    Ok(brokers.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(broker: &Broker) -> Listed {
    let id = broker.broker_id.as_deref().unwrap_or_default();
    let ending = broker.broker_state == Some(State::DeletionInProgress);
    let found = Listed {
        arn: broker.broker_arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: broker.created,
        charges: charges(broker),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(id)
    };
    let found = found.named(broker.broker_name.clone());
    found.loses(Loss::Data).can(Verb::Delete, Command::aws("mq delete-broker --broker-id").arg(id))
}

/// The price of a multi-zone deployment includes all of its instances.
fn charges(broker: &Broker) -> Vec<Charge> {
    let kind = broker.host_instance_type.as_deref();
    let engine = match &broker.engine_type {
        Some(Engine::ActiveMq) => Some("ActiveMQ"),
        Some(Engine::RabbitMq) => Some("RabbitMQ"),
        other => other.as_ref().map(Engine::as_str),
    };
    let mode = match &broker.deployment_mode {
        Some(Mode::SingleInstance) => Some("Single-AZ"),
        Some(Mode::ActiveStandbyMultiAz | Mode::ClusterMultiAz) => Some("Multi-AZ"),
        other => other.as_ref().map(Mode::as_str),
    };
    let instance = sku("AmazonMQ", [("instanceType", kind), ("brokerEngine", engine), ("deploymentOption", mode)]);
    // An ActiveMQ broker has one of two kinds of storage; the list does not say which.
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

    fn said(engine: &str, mode: &str) -> Vec<String> {
        let broker = Broker {
            host_instance_type: Some("mq.m5.large".into()),
            engine_type: Some(engine.into()),
            deployment_mode: Some(mode.into()),
            ..Broker::default()
        };
        charges(&broker).into_iter().map(|it| format!("{} | {}", it.what, it.sku)).collect()
    }

    #[test]
    fn the_mode_has_a_price_of_its_own() {
        let cluster = [
            "mq.m5.large RabbitMQ Multi-AZ | AmazonMQ brokerEngine=RabbitMQ deploymentOption=Multi-AZ instanceType=mq.m5.large",
            "MQ storage | AmazonMQ usagetype=TimedStorage-EBS-ByteHrs",
        ];
        assert_eq!(said("RABBITMQ", "CLUSTER_MULTI_AZ"), cluster);
        assert!(said("ACTIVEMQ", "SINGLE_INSTANCE")[0].starts_with("mq.m5.large ActiveMQ | "));
        assert!(said("ACTIVEMQ", "FUTURE_MODE")[0].contains("deploymentOption=FUTURE_MODE"));
    }

    #[test]
    fn every_state_is_charged() {
        let billing = |state: &str| finding(&Broker { broker_state: Some(state.into()), ..Broker::default() }).billing;
        let states = ["RUNNING", "CREATION_FAILED", "FUTURE", "DELETION_IN_PROGRESS"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
        assert_eq!(finding(&Broker::default()).charges.len(), 2);
    }
}
