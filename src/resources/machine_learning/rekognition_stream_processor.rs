//! Rekognition stream processors bill for the video they look at while they run.

use aws_sdk_rekognition::Client;
use aws_sdk_rekognition::operation::list_stream_processors::ListStreamProcessorsOutput;
use aws_sdk_rekognition::types::{StreamProcessor, StreamProcessorStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonRekognition";

pub(super) static RESOURCE: Resource = Resource {
    id: "rekognition-stream-processor",
    names: words("Rekognition stream processor", "Rekognition ストリームプロセッサ"),
    bills: words("per minute of video that it analyzes while it runs", "実行中は分析する映像の 1 分ごと"),
    scope: Scope::Region,
    endpoint: "rekognition",
    small: false,
    billed_as: &[SERVICE],
    reads: &["rekognition:ListStreamProcessors"],
    writes: &["rekognition:StopStreamProcessor"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_stream_processors().max_results(100).into_paginator().send();
    let pages: Vec<ListStreamProcessorsOutput> = pages.try_collect().await?;
    let processors = pages.iter().flat_map(ListStreamProcessorsOutput::stream_processors);
    Ok(processors.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not run.
fn finding(processor: &StreamProcessor) -> Option<Listed> {
    let billing = match processor.status() {
        Some(StreamProcessorStatus::Stopped | StreamProcessorStatus::Failed) => return None,
        Some(StreamProcessorStatus::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = processor.name().unwrap_or_default();
    let sku = Sku::new(SERVICE).with("item", "streaming_video").with("unit", "minute");
    let found = Listed { billing, ..Listed::new(name) }.charge(Charge::metered("video", sku, Unit::Hour));
    if billing == Billing::Ending {
        return Some(found);
    }
    Some(found.can(Verb::Stop, Command::aws("rekognition stop-stream-processor --name").arg(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_while_it_runs() {
        let told = |state: &str| {
            let found = finding(&StreamProcessor::builder().status(state.into()).build())?;
            Some((found.billing, found.can.len()))
        };
        assert_eq!(["RUNNING", "STARTING", "UPDATING", "DREAMING"].map(told), [Some((Billing::Running, 1)); 4]);
        assert_eq!(["STOPPED", "FAILED"].map(told), [None; 2]);
        assert_eq!(told("STOPPING"), Some((Billing::Ending, 0)));
        assert!(finding(&StreamProcessor::builder().build()).is_some());
    }
}
