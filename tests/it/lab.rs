//! An account of EC2 that lives: instances, volumes, addresses and NAT gateways end when their call arrives, in AWS's order only.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use guardrail::demo::{Answer, Call, Story};

use crate::responder::Fixtures;

/// What of a thing is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    There,
    Stopped,
    /// It is listed as ending so many times, and then no more.
    Ending(usize),
    Gone,
}

#[derive(Debug, Clone)]
pub struct Thing {
    /// `i-`, `vol-`, `eipalloc-` or `nat-` and a name.
    pub id: String,
    pub region: String,
    /// The id of what it is attached to.
    pub to: Option<String>,
    /// Whether it ends with that.
    pub goes: bool,
    pub tags: Vec<(String, String)>,
    pub created: String,
    pub state: State,
    /// How often it was ended or stopped: more than once is a mistake.
    pub acted: usize,
}

/// Shared by all connections to the account.
#[derive(Clone)]
pub struct Lab(Arc<Mutex<Vec<Thing>>>, Arc<Vec<String>>);

impl Lab {
    #[must_use]
    pub fn of(regions: &[&str], things: Vec<Thing>) -> Self {
        Self(Arc::new(Mutex::new(things)), Arc::new(regions.iter().map(|it| (*it).to_owned()).collect()))
    }

    /// An instance with a disk that ends with it and one that stays, an address, and a gateway with its address, in each region.
    #[must_use]
    pub fn full(regions: &[&str]) -> Self {
        let of = |region: &str| {
            let it = |id: &str| thing(&format!("{id}-{region}"), region);
            let on = |id: &str, to: &str| Thing { to: Some(format!("{to}-{region}")), ..it(id) };
            vec![
                it("i-lab"),
                Thing { goes: true, ..on("vol-root", "i-lab") },
                on("vol-data", "i-lab"),
                on("eipalloc-lab", "i-lab"),
                it("nat-lab"),
                on("eipalloc-nat", "nat-lab"),
                it("vol-lost"),
            ]
        };
        Self::of(regions, regions.iter().flat_map(|region| of(region)).collect())
    }

    #[must_use]
    pub fn things(&self) -> Vec<Thing> {
        self.0.lock().unwrap().clone()
    }

    /// The ids of what is there, whatever its state.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        self.things().into_iter().filter(|it| it.state == State::There).map(|it| it.id).collect()
    }

    /// Changes things of this name.
    pub fn change(&self, id: &str, change: impl Fn(&mut Thing)) {
        self.0.lock().unwrap().iter_mut().filter(|it| it.id.starts_with(id)).for_each(change);
    }

    fn list(&self, call: &Call, kind: &str, item: impl Fn(&Thing) -> String) -> String {
        let mut items = String::new();
        for it in self.0.lock().unwrap().iter_mut().filter(|it| it.region == call.region && it.id.starts_with(kind)) {
            match it.state {
                State::Gone => continue,
                State::Ending(0) => it.state = State::Gone,
                State::Ending(times) => it.state = State::Ending(times - 1),
                State::There | State::Stopped => {}
            }
            if it.state != State::Gone {
                items.push_str(&item(it));
            }
        }
        items
    }

    fn end(&self, call: &Call, member: &str, state: State, missing: &str) -> Answer {
        let id = field(&call.body, member);
        let mut all = self.0.lock().unwrap();
        if call.body.contains("DryRun=true") {
            return Answer::error(
                call,
                412,
                "DryRunOperation",
                "Request would have succeeded, but DryRun flag is set.",
            );
        }
        let users = |all: &[Thing]| {
            let to = all.iter().find(|it| it.id == id)?.to.clone()?;
            all.iter().find(|it| it.id == to && it.state != State::Gone).map(|it| it.id.clone())
        };
        if let Some(user) = users(&all).filter(|_| call.action != "DisassociateAddress") {
            // Time goes on, whatever is asked.
            for it in all.iter_mut().filter(|it| it.id == user) {
                it.state = match it.state {
                    State::Ending(0) => State::Gone,
                    State::Ending(times) => State::Ending(times - 1),
                    state => state,
                };
            }
            let code = if id.starts_with("vol") { "VolumeInUse" } else { "InvalidIPAddress.InUse" };
            return Answer::error(call, 400, code, &format!("{id} is used by {user}"));
        }
        let Some(it) = all.iter_mut().find(|it| it.id == id && it.region == call.region) else {
            return Answer::error(call, 400, missing, "does not exist");
        };
        match it.state {
            State::Gone => return Answer::error(call, 400, missing, "does not exist"),
            State::Ending(_) => return Answer::empty(call),
            State::Stopped if state == State::Stopped => return Answer::empty(call),
            State::There | State::Stopped => {}
        }
        it.acted += 1;
        it.state = state;
        let ends = matches!(state, State::Ending(_) | State::Gone);
        for with in all.iter_mut().filter(|with| ends && with.goes && with.to.as_deref() == Some(&*id)) {
            with.state = state;
        }
        Answer::empty(call)
    }
}

#[must_use]
pub fn thing(id: &str, region: &str) -> Thing {
    Thing {
        id: id.to_owned(),
        region: region.to_owned(),
        to: None,
        goes: false,
        tags: Vec::new(),
        created: "2026-11-20T00:00:00.000Z".to_owned(),
        state: State::There,
        acted: 0,
    }
}

impl Story for Lab {
    fn answer(&self, call: &Call) -> Option<Answer> {
        if call.service != "ec2" || call.action == "DescribeRegions" {
            let regions: Vec<&str> = self.1.iter().map(String::as_str).collect();
            return Fixtures::of(&[]).regions(&regions, &[]).answer(call);
        }
        let listed = |set: &str, items: String| {
            let action = &call.action;
            Some(Answer::ok(call, &format!("<{action}Response><{set}>{items}</{set}></{action}Response>")))
        };
        match &*call.action {
            "DescribeInstances" => {
                let items = self.list(call, "i-", instance);
                listed("reservationSet", format!("<item><instancesSet>{items}</instancesSet></item>"))
            }
            "DescribeVolumes" => {
                let all = self.things();
                let there = |to: &str| all.iter().any(|it| it.id == to && it.state != State::Gone);
                listed("volumeSet", self.list(call, "vol-", |it| volume(it, &there)))
            }
            "DescribeAddresses" => {
                let all = self.things();
                let there = |to: &str| all.iter().any(|it| it.id == to && it.state != State::Gone);
                listed("addressesSet", self.list(call, "eipalloc-", |it| address(it, &there)))
            }
            "DescribeNetworkInterfaces" => {
                let of = self.things().into_iter().filter(|it| it.region == call.region && it.state != State::Gone);
                let gateways = of.filter(|it| it.id.starts_with("nat-"));
                listed("networkInterfaceSet", gateways.map(|it| interface(&it)).collect())
            }
            "DescribeNatGateways" => listed("natGatewaySet", self.list(call, "nat-", gateway)),
            "TerminateInstances" => {
                Some(self.end(call, "InstanceId.1", State::Ending(1), "InvalidInstanceID.NotFound"))
            }
            "StopInstances" => Some(self.end(call, "InstanceId.1", State::Stopped, "InvalidInstanceID.NotFound")),
            "DeleteVolume" => Some(self.end(call, "VolumeId", State::Gone, "InvalidVolume.NotFound")),
            "DeleteNatGateway" => Some(self.end(call, "NatGatewayId", State::Ending(2), "NatGatewayNotFound")),
            "ReleaseAddress" => Some(self.end(call, "AllocationId", State::Gone, "InvalidAllocationID.NotFound")),
            _ => None,
        }
    }
}

fn tags(it: &Thing) -> String {
    let mut items = String::new();
    for (key, value) in &it.tags {
        write!(items, "<item><key>{key}</key><value>{value}</value></item>").unwrap();
    }
    format!("<tagSet>{items}</tagSet>")
}

fn instance(it: &Thing) -> String {
    let state = match it.state {
        State::There => "running",
        State::Stopped => "stopped",
        State::Ending(_) | State::Gone => "shutting-down",
    };
    format!(
        "<item><instanceId>{}</instanceId><instanceState><name>{state}</name></instanceState>\
         <instanceType>t3.medium</instanceType><launchTime>{}</launchTime><platformDetails>Linux/UNIX</platformDetails>\
         <rootDeviceType>ebs</rootDeviceType>{}</item>",
        it.id,
        it.created,
        tags(it)
    )
}

fn volume(it: &Thing, there: &dyn Fn(&str) -> bool) -> String {
    let to = it.to.as_ref().filter(|to| there(to));
    let attached = to.map(|to| {
        format!(
            "<attachmentSet><item><instanceId>{to}</instanceId><device>/dev/xvdf</device>\
             <deleteOnTermination>{}</deleteOnTermination></item></attachmentSet>",
            it.goes
        )
    });
    format!(
        "<item><volumeId>{}</volumeId><size>100</size><volumeType>gp3</volumeType><status>{}</status>\
         <createTime>{}</createTime>{}{}</item>",
        it.id,
        if to.is_some() { "in-use" } else { "available" },
        it.created,
        attached.unwrap_or_default(),
        tags(it)
    )
}

fn address(it: &Thing, there: &dyn Fn(&str) -> bool) -> String {
    let attached = it.to.as_ref().filter(|to| there(to)).map(|to| {
        let instance = if to.starts_with("i-") { format!("<instanceId>{to}</instanceId>") } else { String::new() };
        format!(
            "{instance}<associationId>assoc-{}</associationId><networkInterfaceId>eni-{to}</networkInterfaceId>",
            it.id
        )
    });
    let ip = format!("203.0.113.{}", it.id.len());
    format!(
        "<item><publicIp>{ip}</publicIp><allocationId>{}</allocationId><publicIpv4Pool>amazon</publicIpv4Pool>{}{}</item>",
        it.id,
        attached.unwrap_or_default(),
        tags(it)
    )
}

fn interface(it: &Thing) -> String {
    let id = &it.id;
    format!(
        "<item><networkInterfaceId>eni-{id}</networkInterfaceId>\
         <description>Interface for NAT Gateway {id}</description></item>"
    )
}

fn gateway(it: &Thing) -> String {
    let state = if it.state == State::There { "available" } else { "deleting" };
    format!(
        "<item><natGatewayId>{}</natGatewayId><state>{state}</state><createTime>{}</createTime>\
         <connectivityType>public</connectivityType>{}</item>",
        it.id,
        it.created,
        tags(it)
    )
}

fn field<'a>(body: &'a str, name: &str) -> &'a str {
    body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}

/// The same account, in which one operation of EC2 is denied.
#[must_use]
pub fn denying(lab: &Lab, action: &'static str) -> aws_smithy_runtime_api::client::http::SharedHttpClient {
    struct Denying(Lab, &'static str);
    impl Story for Denying {
        fn answer(&self, call: &Call) -> Option<Answer> {
            if call.service == "ec2" && call.action == self.1 {
                let said = "You are not authorized to perform this operation.";
                return Some(Answer::error(call, 403, "UnauthorizedOperation", said));
            }
            self.0.answer(call)
        }
    }
    guardrail::demo::client(Arc::new(Denying(lab.clone(), action)))
}
