//! Rekognition stream processors are charged for the video they analyze while they run.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonRekognition";

pub(super) static RESOURCE: Resource = Resource {
    id: "rekognition-stream-processor",
    names: words("Rekognition stream processor", "Rekognition ストリームプロセッサ"),
    bills: words("per minute of video that it analyzes while it runs", "実行中は分析する映像の 1 分ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&PROCESSORS],
    writes: &["rekognition:StopStreamProcessor"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PROCESSORS: Operation<Processor> = Operation::new("rekognition:ListStreamProcessors").at("StreamProcessors");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Processor {
    name: Option<String>,
    status: Option<Status>,
}

values! { enum Status { Failed = "FAILED", Stopped = "STOPPED", Stopping = "STOPPING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    // The model states no maximum page size.
    let processors = cx.ask(&PROCESSORS).with("MaxResults", 100).all().await?;
    Ok(processors.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not run.
fn finding(processor: &Processor) -> Option<Listed> {
    let billing = match processor.status {
        Some(Status::Stopped | Status::Failed) => return None,
        Some(Status::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = processor.name.as_deref().unwrap_or_default();
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
    fn it_is_charged_while_it_runs() {
        let bills = |state: &str| {
            let found = finding(&Processor { status: Some(state.into()), ..Processor::default() })?;
            Some((found.billing, found.can.len()))
        };
        assert_eq!(["RUNNING", "STARTING", "UPDATING", "FUTURE"].map(bills), [Some((Billing::Running, 1)); 4]);
        assert_eq!(["STOPPED", "FAILED"].map(bills), [None; 2]);
        assert_eq!(bills("STOPPING"), Some((Billing::Ending, 0)));
        assert!(finding(&Processor::default()).is_some());
    }
}
