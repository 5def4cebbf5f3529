//! Validates requests by AWS's own service models: names, types, enumerations, required members.

use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::recording::{Recorded, Recording};

/// # Panics
/// A request is invalid, or there is none.
pub fn prove(recording: &Recording) {
    prove_all(&[("", recording.all())]);
}

/// The same for several named recordings, in one process: starting Python takes longer than validating.
///
/// # Panics
/// A request is invalid, or a recording is empty.
pub fn prove_all(recordings: &[(&str, Vec<Recorded>)]) {
    for (of, requests) in recordings {
        assert_ne!(requests.len(), 0, "nothing was recorded {of}");
    }
    let count: usize = recordings.iter().map(|(_, requests)| requests.len()).sum();
    assert_eq!(verdict(recordings), json!({ "checked": count, "invalid": [] }));
}

fn verdict(recordings: &[(&str, Vec<Recorded>)]) -> Value {
    let lines = recordings.iter().flat_map(|(of, requests)| requests.iter().map(|it| it.json_line(of)));
    run_script("moto", "validate.py", &lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use aws_config::SdkConfig;
    use aws_sdk_budgets::types as budgets;
    use aws_sdk_cloudwatch::types as cloudwatch;
    use aws_sdk_s3::types as s3;
    use aws_smithy_types::DateTime;
    use guardrail::demo::Call;
    use guardrail::demo::call::Wire;

    use super::*;
    use crate::responder::{Account, Fixtures};
    use crate::world::{ACCOUNT, sdk};

    /// One request of each protocol and each shape of a parameter. The answers do not matter.
    async fn requests() -> Vec<Recorded> {
        let server = Account::of(Fixtures::of(&[])).start();
        let sdk = sdk(&server.url);
        forms(&sdk).await;
        documents(&sdk).await;
        buckets(&sdk).await;
        let form = |service: &str, action: &str, body: &str| {
            written(Wire::Query, "/", service, action, &format!("Action={action}&{body}"))
        };
        let filter =
            "Filters.Filter.1.Name=engine&Filters.Filter.1.Values.Value.1=mysql&Filters.Filter.1.Values.Value.2=aurora";
        let (databases, balancers) = ("DescribeDBInstances", "DescribeLoadBalancers");
        let (old, new) = ("LoadBalancerNames.member.1=old&PageSize=9", "Names.member.1=web&Names.member.2=tcp");
        let (domains, named) = ("/2021-01-01/opensearch/domain-info", r#"{"DomainNames":["study"]}"#);
        let topic = "Name=guardrail-alerts&Tags.member.1.Key=managed-by&Tags.member.1.Value=guardrail&\
                     Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%22a%20b%22%3A%5B1%5D%7D";
        let written = [
            form("sns", "CreateTopic", &format!("Version=2010-03-31&{topic}")),
            form("rds", databases, &format!("Version=2014-10-31&{filter}&MaxRecords=20")),
            form("elasticloadbalancing", balancers, &format!("Version=2012-06-01&{old}")),
            form("elasticloadbalancing", balancers, &format!("Version=2015-12-01&{new}")),
            written(Wire::RestJson, "/2021-01-01/domain", "es", "ListDomainNames", ""),
            written(Wire::RestJson, domains, "es", "DescribeDomains", named),
        ];
        server.recording.all().into_iter().chain(written).collect()
    }

    /// A request as the service's own SDK crate, which is not a dependency, would write it.
    fn written(wire: Wire, path: &str, service: &str, action: &str, body: &str) -> Recorded {
        let [service, action, path, text] = [service, action, path, body].map(str::to_owned);
        let method = if body.is_empty() { "GET" } else { "POST" }.to_owned();
        let region = "us-east-1".to_owned();
        let call = Call { service, region, action, wire, method, path, body: text };
        Recorded { call, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    async fn forms(sdk: &SdkConfig) {
        let filter = aws_sdk_ec2::types::Filter::builder().name("state").values("available").values("pending").build();
        let ec2 = aws_sdk_ec2::Client::new(sdk);
        let _ = ec2.describe_nat_gateways().filter(filter).max_results(5).send().await;
        let _ = guardrail::aws::accounts::identity(sdk).await;
        let _ = guardrail::aws::accounts::named(sdk, ACCOUNT.parse().unwrap()).await;
    }

    async fn documents(sdk: &SdkConfig) {
        let spend = budgets::Spend::builder().amount("10").unit("USD").build().unwrap();
        let budget = budgets::Budget::builder()
            .budget_name("guardrail-monthly")
            .budget_type(budgets::BudgetType::Cost)
            .time_unit(budgets::TimeUnit::Monthly)
            .time_period(budgets::TimePeriod::builder().start(DateTime::from_secs(1_793_491_200)).build())
            .budget_limit(spend)
            .build()
            .unwrap();
        let _ = aws_sdk_budgets::Client::new(sdk).create_budget().account_id(ACCOUNT).budget(budget).send().await;
        let trail = aws_sdk_cloudtrail::Client::new(sdk);
        let _ = trail.create_trail().name("guardrail").s3_bucket_name("b").is_multi_region_trail(true).send().await;
        let alarms = aws_sdk_cloudwatch::Client::new(sdk);
        let currency = cloudwatch::Dimension::builder().name("Currency").value("USD").build();
        let alarm = alarms.put_metric_alarm().alarm_name("guardrail-billing-10-usd").namespace("AWS/Billing");
        let alarm = alarm.metric_name("EstimatedCharges").dimensions(currency).threshold(10.5).evaluation_periods(1);
        let alarm = alarm.comparison_operator(cloudwatch::ComparisonOperator::GreaterThanThreshold).period(21600);
        let _ = alarm.statistic(cloudwatch::Statistic::Maximum).send().await;
        let figures =
            alarms.get_metric_statistics().namespace("AWS/Billing").metric_name("EstimatedCharges").period(3600);
        let figures =
            figures.start_time(DateTime::from_secs(1_795_000_000)).end_time(DateTime::from_secs(1_795_400_000));
        let _ = figures.statistics(cloudwatch::Statistic::Maximum).send().await;
    }

    async fn buckets(sdk: &SdkConfig) {
        let client = aws_sdk_s3::Client::new(sdk);
        let days = s3::LifecycleExpiration::builder().days(90).build();
        let rule = s3::LifecycleRule::builder()
            .id("guardrail")
            .status(s3::ExpirationStatus::Enabled)
            .filter(s3::LifecycleRuleFilter::builder().prefix("").build())
            .expiration(days);
        let rules = s3::BucketLifecycleConfiguration::builder().rules(rule.build().unwrap()).build().unwrap();
        let lifecycle = client.put_bucket_lifecycle_configuration().bucket("trail");
        let _ = lifecycle.lifecycle_configuration(rules).send().await;
        let block = s3::PublicAccessBlockConfiguration::builder().block_public_acls(true).restrict_public_buckets(true);
        let access = client.put_public_access_block().bucket("trail");
        let _ = access.public_access_block_configuration(block.build()).send().await;
        let _ = client.put_bucket_policy().bucket("trail").policy("{}").send().await;
        let _ = client.get_bucket_policy().bucket("trail").send().await;
        let _ = client.head_bucket().bucket("trail").send().await;
        let _ = client.create_bucket().bucket("trail").send().await;
        let _ = client.list_objects_v2().bucket("trail").max_keys(1).send().await;
    }

    #[tokio::test]
    async fn requests_of_the_sdk_are_valid() {
        let requests = requests().await;
        assert_eq!(requests.len(), 20);
        assert_eq!(verdict(&[("", requests)]), json!({ "checked": 20, "invalid": [] }));
    }

    /// Proves that the validation can fail: every request with one error is reported.
    #[tokio::test]
    async fn every_wrong_parameter_is_reported() {
        let wrongs = [
            ("DescribeNatGateways", "MaxResults", "MaxResult", "not a parameter"),
            ("DescribeNatGateways", "MaxResults=5", "MaxResults=five", "not a valid integer"),
            ("DescribeNatGateways", "Filter.1.Value.2", "Filter.1.Value.3", "is numbered"),
            ("DescribeDBInstances", "Filters.Filter.1.Name", "Filters.member.1.Name", "not a parameter"),
            ("DescribeDBInstances", "Version=2014-10-31", "Version=2014-10-30", "is not 2014-10-31"),
            ("CreateTopic", "Name=guardrail-alerts&", "", "Missing required parameter"),
            ("CreateBudget", "BudgetName", "BudgetNome", "not a member"),
            ("CreateBudget", "\"MONTHLY\"", "\"MOONLY\"", "not one of"),
            ("CreateTrail", "\"IsMultiRegionTrail\":true", "\"IsMultiRegionTrail\":\"true\"", "Invalid type"),
            ("PutMetricAlarm", "AlarmName", "AlarmNome", "not a member"),
            ("PutMetricAlarm", "Maximum", "Maximam", "not one of"),
            ("DescribeDomains", "DomainNames", "DomainName", "not a member"),
            ("PutBucketLifecycleConfiguration", "<Days>90</Days>", "<Deys>90</Deys>", "not a member"),
            ("PutBucketLifecycleConfiguration", "Enabled", "Engaged", "not one of"),
        ];
        let right = requests().await;
        let tampered: Vec<Recorded> =
            wrongs.iter().map(|(action, from, to, _)| tampered(&right, action, from, to)).collect();
        let verdict = verdict(&[("tampered", tampered)]);
        let invalid = verdict["invalid"].as_array().unwrap();
        assert_eq!(invalid.len(), wrongs.len(), "{verdict:#}");
        for ((action, from, _, expected), found) in wrongs.iter().zip(invalid) {
            let request = found["request"].as_str().unwrap();
            assert!(request.starts_with("tampered ") && request.ends_with(action), "{action} {from}: {found}");
            assert!(found["errors"].to_string().contains(expected), "{action} {from}: {found}");
        }
    }

    /// S3 ignores an unknown query parameter, so the validation must report it.
    #[tokio::test]
    async fn a_wrong_path_or_query_is_found() {
        let mut requests = requests().await;
        requests.retain(|request| request.call.action == "ListObjectsV2");
        assert!(requests[0].call.path.contains("max-keys=1"), "{:?}", requests[0].call);
        requests[0].call.path = requests[0].call.path.replace("max-keys", "max-kees");
        let verdict = verdict(&[("", requests)]);
        assert_eq!(verdict["invalid"][0]["errors"], json!(["?max-kees: is not a parameter of the model"]));
    }

    /// Every protocol is among the requests; otherwise the tests above prove less than they claim.
    #[tokio::test]
    async fn every_protocol_is_tried() {
        let wires: BTreeSet<String> = requests().await.iter().map(|it| format!("{:?}", it.call.wire)).collect();
        assert_eq!(wires.into_iter().collect::<Vec<_>>(), ["Cbor", "Json", "Query", "RestJson", "RestXml"]);
    }

    fn tampered(requests: &[Recorded], action: &str, from: &str, to: &str) -> Recorded {
        let mut request = requests.iter().find(|it| it.call.action == action).unwrap().clone();
        let at = request.body.windows(from.len()).position(|part| part == from.as_bytes());
        let at = at.unwrap_or_else(|| panic!("no {from} in {action}: {}", request.call.body));
        request.body.splice(at..at + from.len(), to.bytes());
        request
    }
}
