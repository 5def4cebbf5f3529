//! What may cause the traffic on a bill: asked only if the bill grows by traffic.

use rust_decimal::dec;

use super::gaps::Gaps;
use crate::aws::regions::Regions;
use crate::aws::{Cx, causes as aws};
use crate::model::cause::Causes;
use crate::model::{Bill, Usd};

/// The services on the bill that grow by traffic and requests, and belong to no single resource.
const BY_TRAFFIC: [&str; 3] = ["AWSDataTransfer", "AmazonCloudFront", "AmazonS3"];
/// Below this amount a day nothing is asked.
const WORTH_A_LOOK: Usd = Usd(dec!(0.01));

pub(super) async fn causes(cx: &Cx, bill: &Bill, known: &Regions, gaps: &mut Gaps) -> Option<Causes> {
    let grows = |usd: Option<Usd>| usd.is_some_and(|usd| usd >= WORTH_A_LOOK);
    let by_traffic = bill.services.iter().filter(|it| BY_TRAFFIC.contains(&&*it.service) && grows(it.usd_per_day));
    let services: Vec<String> = by_traffic.map(|it| it.service.clone()).collect();
    if services.is_empty() {
        return None;
    }
    let looked = aws::causes(cx, &known.enabled).await;
    gaps.once_each(looked.faults);
    Some(Causes { services, likely: looked.likely, looked_at: looked.at })
}
