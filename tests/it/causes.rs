//! The likely causes of traffic on the bill: what is open to the world, what lets traffic through, and what could not be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use guardrail::demo::{Answer, Call};
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::proxy::{self, Either, Told};
use crate::responder::{Account, Fixtures, HERE};
use crate::server::Server;
use crate::validity;
use crate::world::{Screen, World};

/// The bill of an account that pays for data transfer, and for nothing else.
fn transfer() -> Fixtures {
    let edited = |text: &str| text.replace("AmazonES", "AWSDataTransfer");
    Fixtures::of(&["bill"]).regions(&["us-east-1", HERE], &[]).edited(edited)
}

const INTERFACES: &str = r"<DescribeNetworkInterfacesResponse><networkInterfaceSet>
  <item><networkInterfaceId>eni-1</networkInterfaceId><association><publicIp>203.0.113.1</publicIp></association>
    <attachment><instanceId>i-ssh</instanceId></attachment><groupSet><item><groupId>sg-ssh</groupId></item></groupSet></item>
  <item><networkInterfaceId>eni-2</networkInterfaceId><ipv6AddressesSet><item><ipv6Address>2001:db8::1</ipv6Address></item></ipv6AddressesSet>
    <attachment><instanceId>i-rdp</instanceId></attachment><groupSet><item><groupId>sg-rdp</groupId></item></groupSet></item>
  <item><networkInterfaceId>eni-3</networkInterfaceId><association><publicIp>203.0.113.3</publicIp></association>
    <attachment><instanceId>i-home</instanceId></attachment><groupSet><item><groupId>sg-home</groupId></item></groupSet></item>
  <item><networkInterfaceId>eni-4</networkInterfaceId><association><publicIp>203.0.113.4</publicIp></association>
    <attachment><instanceId>i-idle</instanceId></attachment><groupSet><item><groupId>sg-home</groupId></item></groupSet></item>
  <item><networkInterfaceId>eni-5</networkInterfaceId>
    <attachment><instanceId>i-inside</instanceId></attachment><groupSet><item><groupId>sg-ssh</groupId></item></groupSet></item>
</networkInterfaceSet></DescribeNetworkInterfacesResponse>";

const GROUPS: &str = r"<DescribeSecurityGroupsResponse><securityGroupInfo>
  <item><groupId>sg-ssh</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>
    <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissions></item>
  <item><groupId>sg-rdp</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>3389</fromPort><toPort>3389</toPort>
    <ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges></item></ipPermissions></item>
  <item><groupId>sg-home</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>
    <ipRanges><item><cidrIp>203.0.113.9/32</cidrIp></item></ipRanges></item></ipPermissions></item>
</securityGroupInfo></DescribeSecurityGroupsResponse>";

const GATEWAYS: &str = "<DescribeNatGatewaysResponse><natGatewaySet>
  <item><natGatewayId>nat-busy</natGatewayId><state>available</state></item>
  <item><natGatewayId>nat-gone</natGatewayId><state>deleted</state></item>
</natGatewaySet></DescribeNatGatewaysResponse>";

/// Traffic of three days in bytes; the NAT gateway's for each of its two figures.
fn traffic(body: &str) -> Option<f64> {
    let of = [("i-home", 27e9), ("i-idle", 0.0), ("nat-busy", 4.5e9), ("i-ssh", 3e9)];
    of.into_iter().find(|(id, _)| body.contains(id)).map(|(_, bytes)| bytes)
}

/// What is in Ireland; no bucket.
fn network(call: &Call) -> Option<Answer> {
    if call.action == "GetMetricStatistics" && !call.body.contains("AWS/Billing") {
        let points: Vec<Value> = traffic(&call.body)
            .map(|sum| json!({ "Timestamp": "2026-11-22T00:00:00Z", "Sum": sum, "Unit": "Bytes" }))
            .into_iter()
            .collect();
        return Some(Answer::ok(call, &json!({ "Label": "x", "Datapoints": points }).to_string()));
    }
    let answer = match &*call.action {
        "DescribeNetworkInterfaces" => INTERFACES,
        "DescribeSecurityGroups" => GROUPS,
        "DescribeNatGateways" => GATEWAYS,
        _ => return None,
    };
    (call.region == HERE).then(|| Answer::ok(call, answer))
}

fn account(story: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Account {
    Account::of(Either(Arc::new(Told(story)), Arc::new(transfer())))
}

fn bill(server: &Server, options: &str) -> Screen {
    World::new().env("COLUMNS", "120").endpoint(&server.url).run(&format!("bill {options}"))
}

fn gaps(report: &Value) -> Vec<&str> {
    report["gaps"].as_array().unwrap().iter().filter_map(|gap| gap["action"].as_str()).collect()
}

#[test]
fn open_ports_and_traffic_are_likely_causes_and_what_is_idle_is_none() {
    let server = account(network).start();
    let report = bill(&server, "--format json").exits(0).json();
    let causes = &report["bill"]["causes"];
    let row = |it: &Value| json!([it["kind"], it["id"], it["ports"], it["gb_per_day"]]);
    let rows: Vec<Value> = causes["likely"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!(["public-address", "i-home", null, "9"]),
            json!(["nat-gateway", "nat-busy", null, "3"]),
            json!(["open-port", "i-ssh", ["22"], "1"]),
            json!(["open-port", "i-rdp", ["3389"], null]),
        ]
    );
    assert_eq!(causes["services"], json!(["AWSDataTransfer"]));
    // The idle instance was looked at, too.
    assert_eq!(causes["looked_at"], json!({ "regions": 2, "addresses": 4, "nat_gateways": 1, "buckets": 0 }));
    for (lang, said) in [
        (
            "en",
            [
                "i-ssh (eu-west-1) is open to the whole world on port 22: 1 GB a day",
                "4 public addresses, 1 NAT gateway, 0 buckets",
            ],
        ),
        (
            "ja",
            [
                "i-ssh (eu-west-1) のポート 22 が全世界に公開されています: 1 日あたり 1 GB",
                "パブリックアドレス 4 件、NAT ゲートウェイ 1 件、バケット 0 件",
            ],
        ),
    ] {
        let screen = bill(&server, &format!("--lang {lang}")).exits(0);
        let flat = screen.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.iter().all(|said| flat.contains(said)), "{screen}");
    }
    assert_eq!((server.recording.mutating(), server.recording.undeclared()), (BTreeSet::new(), BTreeSet::new()));
    validity::prove(&server.recording);
}

#[test]
fn what_may_not_be_read_is_a_gap_and_hides_nothing_else() {
    let found = |service: &str, action: &str| {
        let server = account(network).deny(service, action).start();
        let report = bill(&server, "--format json").exits(3).json();
        let ids = report["bill"]["causes"]["likely"].as_array().unwrap().iter().map(|it| it["id"].clone());
        (ids.collect::<Vec<_>>(), gaps(&report).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let (ids, gaps) = found("ec2", "DescribeSecurityGroups");
    assert_eq!((ids, gaps), (vec![json!("nat-busy")], vec!["ec2:DescribeSecurityGroups".to_owned()]));
    let (ids, gaps) = found("ec2", "DescribeNatGateways");
    assert_eq!(ids, [json!("i-home"), json!("i-ssh"), json!("i-rdp")]);
    assert_eq!(gaps, ["ec2:DescribeNatGateways"]);
    // Without the figures the open ports are still known.
    let figures = |call: &Call| match network(call) {
        Some(_) if call.action == "GetMetricStatistics" => Some(Answer::error(call, 403, "AccessDenied", "no")),
        answer => answer,
    };
    let report = bill(&account(figures).start(), "--format json").exits(3).json();
    let open = report["bill"]["causes"]["likely"].as_array().unwrap().iter().filter(|it| it["kind"] == "open-port");
    assert_eq!(open.count(), 2);
    assert_eq!(self::gaps(&report), ["cloudwatch:GetMetricStatistics"]);
}

#[test]
fn a_bill_without_traffic_asks_for_no_cause() {
    let server = Account::of(Fixtures::of(&["bill"])).start();
    let report = bill(&server, "--format json").json();
    assert_eq!(report["bill"]["causes"], Value::Null);
    assert_eq!(server.recording.count("DescribeNetworkInterfaces"), 0);
    assert_eq!(server.recording.count("GetAccountPublicAccessBlock"), 0);
}

fn public(report: &Value) -> Vec<&str> {
    let likely = report["bill"]["causes"]["likely"].as_array().unwrap().iter();
    likely.filter(|it| it["kind"] == "public-bucket").filter_map(|it| it["id"].as_str()).collect()
}

/// Everything but the buckets is answered as of an account that has nothing.
fn others(call: &Call) -> Option<Answer> {
    (call.service != "s3").then(|| guardrail::demo::respond(&transfer(), call))
}

/// moto's buckets, and the block of its account.
#[test]
fn buckets_are_public_by_acl_or_policy_unless_they_or_the_account_block_it() {
    let moto = Emulator::moto();
    let _ = moto.python("causes.py", &["make"]);
    let server = proxy::over(&moto.url, Arc::new(Told(others)));
    let report = bill(&server, "--format json").exits(0).json();
    assert_eq!(public(&report), ["by-acl", "by-policy"]);
    assert_eq!(report["bill"]["causes"]["looked_at"]["buckets"], 4);
    // Unknown is neither public nor private: it is not counted, and the missing permission is named.
    let unknown = |call: &Call| match &*call.action {
        "GetAccountPublicAccessBlock" => Some(Answer::error(call, 403, "AccessDenied", "no")),
        _ => others(call),
    };
    let denied = proxy::over(&moto.url, Arc::new(Told(unknown)));
    let report = bill(&denied, "--format json").exits(3).json();
    assert_eq!((public(&report), gaps(&report)), (vec![], vec!["s3:GetAccountPublicAccessBlock"]));
    assert_eq!(report["bill"]["causes"]["looked_at"]["buckets"], 2);
    // One bucket that cannot be read hides no other.
    let one = |call: &Call| match (&*call.action, call.path.starts_with("/by-acl")) {
        ("GetBucketAcl", true) => Some(Answer::error(call, 403, "AccessDenied", "no")),
        _ => others(call),
    };
    let report = bill(&proxy::over(&moto.url, Arc::new(Told(one))), "--format json").exits(3).json();
    assert_eq!((public(&report), gaps(&report)), (vec!["by-policy"], vec!["s3:GetBucketAcl"]));
    let _ = moto.python("causes.py", &["block"]);
    let screen = bill(&server, "--lang en").exits(0);
    assert!(screen.stdout.contains("4 buckets") && !screen.stdout.contains("by-acl"), "{screen}");
    let report = bill(&server, "--format json").exits(0).json();
    assert_eq!((public(&report), &report["bill"]["causes"]["looked_at"]["buckets"]), (vec![], &json!(4)));
    assert_eq!(server.recording.undeclared(), BTreeSet::new());
    validity::prove(&server.recording);
}
