//! An organisation whose answers depend on the access key: what one account has, no other account's credentials can read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use guardrail::demo::{Answer, Call, Story, respond};
use serde_json::json;

use crate::not_set_up::nothing_is_set_up;
use crate::recording::Recorded;
use crate::responder::sent;
use crate::server::Server;
use crate::world::ACCOUNT;

/// How an account refuses to be entered.
#[derive(Clone, Copy, PartialEq)]
pub enum Refusal {
    /// The role does not exist, or does not trust the caller: AWS says the same.
    Role,
    /// The caller's own policy.
    Caller,
    ByOrganization,
    Throttled,
    /// The credentials of the role are those of another account.
    Liar,
    /// It never answers.
    Silent,
}

/// An organisation of `size` accounts; the first is that of the credentials, the management account.
#[derive(Clone)]
pub struct Organization {
    pub size: usize,
    /// Accounts for each page of `ListAccounts`; every second page is empty.
    pub page: usize,
    pub states: BTreeMap<usize, &'static str>,
    pub refusals: BTreeMap<usize, Refusal>,
    /// Accounts with a volume; its id has the account's number.
    pub with_volume: Vec<usize>,
    /// Accounts that deny listing volumes.
    pub denied: Vec<usize>,
    /// What accounts have accrued on the 20th and on the 22nd, by service; "" is the total. Only the first account has the figures.
    pub charges: Vec<(usize, &'static str, f64, f64)>,
    /// Whether the figures may be read.
    pub figures: bool,
    /// An account that administers the organisation by delegation.
    pub administrator: Option<usize>,
    /// The number of alarms in an account.
    pub alarms: BTreeMap<usize, usize>,
    /// The names of the accounts.
    pub name: fn(usize) -> String,
    pub latency: Duration,
    /// The enabled regions.
    pub regions: Vec<&'static str>,
    /// Whether the organisational units may be read.
    pub units: bool,
}

/// The number of an account; that of the credentials comes first.
pub fn number(index: usize) -> String {
    if index == 0 { ACCOUNT.to_owned() } else { format!("{index:012}") }
}

/// The volume of an account.
pub fn volume(account: &str) -> String {
    format!("vol-{account}")
}

impl Organization {
    pub fn of(size: usize) -> Self {
        Self {
            size,
            page: 20,
            states: BTreeMap::new(),
            refusals: BTreeMap::new(),
            with_volume: Vec::new(),
            denied: Vec::new(),
            charges: Vec::new(),
            figures: true,
            administrator: None,
            alarms: BTreeMap::new(),
            name: |index| format!("Student {index:02}"),
            latency: Duration::ZERO,
            regions: vec!["us-east-1", "eu-west-1"],
            units: true,
        }
    }

    pub fn start(self) -> Server {
        let organization = Arc::new(self);
        Server::start(Arc::new(move |request: Recorded| {
            let organization = organization.clone();
            async move {
                tokio::time::sleep(organization.latency).await;
                let key = access_key(&request);
                let account = key.strip_prefix("ASIA").unwrap_or(ACCOUNT).to_owned();
                let story = Seen { organization: &organization, account: &account };
                if story.is_silent(&request.call) {
                    std::future::pending::<()>().await;
                }
                sent(respond(&story, &request.call))
            }
            .boxed()
        }))
    }
}

/// The access key that signed the request.
pub fn access_key(request: &Recorded) -> String {
    let header = request.headers.iter().find(|(name, _)| name == "authorization").map_or("", |(_, value)| value);
    header.split("Credential=").nth(1).and_then(|it| it.split('/').next()).unwrap_or_default().to_owned()
}

/// The account of the role that is assumed.
pub fn of_role(call: &Call) -> String {
    call.body.split("iam%3A%3A").nth(1).map(|it| it[..12].to_owned()).unwrap_or_default()
}

/// The organisation with the eyes of one account.
struct Seen<'a> {
    organization: &'a Organization,
    account: &'a str,
}

impl Seen<'_> {
    fn index_of(&self, account: &str) -> usize {
        (0..self.organization.size).find(|index| number(*index) == account).unwrap()
    }

    fn refusal(&self, call: &Call) -> Option<Refusal> {
        self.organization.refusals.get(&self.index_of(&of_role(call))).copied()
    }

    fn is_silent(&self, call: &Call) -> bool {
        call.action == "AssumeRole" && self.refusal(call) == Some(Refusal::Silent)
    }

    fn listed(&self, index: usize) -> serde_json::Value {
        let state = self.organization.states.get(&index).copied().unwrap_or("ACTIVE");
        let id = number(index);
        let arn = format!("arn:aws:organizations::{ACCOUNT}:account/o-exampleorgid/{id}");
        let name = (self.organization.name)(index);
        json!({ "Id": id, "Arn": arn, "Name": name, "Email": "a@example.com", "Status": state, "State": state })
    }

    /// The page behind the token: `n` has accounts, `n-empty` comes before it and has none.
    fn accounts(&self, call: &Call) -> serde_json::Value {
        let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
        assert!(body["MaxResults"].as_u64().is_none_or(|most| (1..=20).contains(&most)), "AWS takes at most 20");
        let token = body["NextToken"].as_str().unwrap_or("0");
        let Some(page) = token.strip_suffix("-empty") else {
            let Organization { size, page, .. } = *self.organization;
            let first: usize = token.parse().unwrap();
            let end = (first + page).min(size);
            let accounts: Vec<_> = (first..end).map(|index| self.listed(index)).collect();
            let next = (end < size).then(|| format!("{end}-empty"));
            return json!({ "Accounts": accounts, "NextToken": next });
        };
        json!({ "Accounts": [], "NextToken": page })
    }

    fn assumed(&self, call: &Call) -> Answer {
        let account = of_role(call);
        let role = format!("arn:aws:iam::{account}:role/guardrail-sweep");
        let who = format!(
            "User: arn:aws:iam::{ACCOUNT}:user/test is not authorized to perform: sts:AssumeRole on resource: {role}"
        );
        let denied = |said: &str| Answer::error(call, 403, "AccessDenied", &format!("{who}{said}"));
        let key = match self.refusal(call) {
            Some(Refusal::Role) => return denied(""),
            Some(Refusal::Caller) => {
                return denied(" because no identity-based policy allows the sts:AssumeRole action");
            }
            Some(Refusal::ByOrganization) => return denied(" with an explicit deny in a service control policy"),
            Some(Refusal::Throttled) => return Answer::error(call, 400, "Throttling", "Rate exceeded"),
            Some(Refusal::Liar) => number(1),
            Some(Refusal::Silent) | None => account,
        };
        Answer::ok(
            call,
            &format!(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA{key}</AccessKeyId>\
                 <SecretAccessKey>secret</SecretAccessKey><SessionToken>token-{key}</SessionToken>\
                 <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
            ),
        )
    }

    /// The root has the management account and two units; `Training` has a unit below it.
    fn below(&self, parent: &str) -> (Vec<usize>, Vec<(&'static str, &'static str)>) {
        let size = self.organization.size;
        match parent {
            "r-ab12" => (vec![0], vec![("ou-ab12-training", "Training"), ("ou-ab12-labs", "Labs")]),
            "ou-ab12-training" => (Vec::new(), vec![("ou-ab12-2026", "2026")]),
            "ou-ab12-2026" => ((1..size).filter(|index| index % 2 == 1).collect(), Vec::new()),
            _ => ((1..size).filter(|index| index % 2 == 0).collect(), Vec::new()),
        }
    }

    fn volumes(&self, call: &Call) -> Answer {
        let index = self.index_of(self.account);
        if self.organization.denied.contains(&index) {
            return Answer::error(
                call,
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation.",
            );
        }
        let mut items = String::new();
        if call.region == "us-east-1" && self.organization.with_volume.contains(&index) {
            let id = volume(self.account);
            // One hundred gigabytes, and one more for each account.
            let size = 100 + index;
            let _ = write!(
                items,
                "<item><volumeId>{id}</volumeId><size>{size}</size><status>available</status>\
                 <volumeType>gp3</volumeType><iops>3000</iops><throughput>125</throughput></item>"
            );
        }
        Answer::ok(call, &format!("<DescribeVolumesResponse><volumeSet>{items}</volumeSet></DescribeVolumesResponse>"))
    }
}

/// A series of the billing metric.
fn series(account: Option<&str>, service: &str) -> serde_json::Value {
    let dimension = |name: &str, value: &str| json!({ "Name": name, "Value": value });
    let account = account.map(|id| dimension("LinkedAccount", id));
    let service = (!service.is_empty()).then(|| dimension("ServiceName", service));
    let all: Vec<_> = account.into_iter().chain(service).chain([dimension("Currency", "USD")]).collect();
    json!({ "Namespace": "AWS/Billing", "MetricName": "EstimatedCharges", "Dimensions": all })
}

impl Seen<'_> {
    /// The series of the whole organisation and those of each account. The figure that a member has of itself is wrong.
    fn metrics(&self, call: &Call) -> Answer {
        if !self.organization.figures {
            let said =
                "User is not authorized to perform: cloudwatch:ListMetrics because no identity-based policy allows it";
            return Answer::error(call, 400, "AccessDeniedException", said);
        }
        let mut all = vec![series(None, "")];
        if self.account == ACCOUNT {
            let charges = self.organization.charges.iter();
            all.extend(charges.map(|(index, service, ..)| series(Some(&number(*index)), service)));
        }
        Answer::ok(call, &json!({ "Metrics": all }).to_string())
    }

    fn figures(&self, call: &Call) -> Answer {
        let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
        let asked = &body["Dimensions"];
        let is = |account: &str, service: &str| series(Some(account), service)["Dimensions"] == *asked;
        let charges = &self.organization.charges;
        let own = charges.iter().find(|(index, service, ..)| is(&number(*index), service));
        let (before, now) = match own {
            Some((.., before, now)) => (*before, *now),
            None if self.account == ACCOUNT => {
                let totals = || charges.iter().filter(|(_, service, ..)| service.is_empty());
                (totals().map(|it| it.2).sum(), totals().map(|it| it.3).sum())
            }
            None => (100.0, 999.0),
        };
        let point = |at: &str, usd: f64| json!({ "Timestamp": format!("2026-11-{at}T18:00:00Z"), "Maximum": usd });
        Answer::ok(call, &json!({ "Datapoints": [point("20", before), point("22", now)] }).to_string())
    }

    /// A student of each account created its volume.
    fn events(&self, call: &Call) -> serde_json::Value {
        let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
        let asked = body["LookupAttributes"][0]["AttributeValue"].as_str().unwrap_or_default();
        let who = format!("arn:aws:iam::{}:user/student", self.account);
        let detail = json!({ "userIdentity": { "arn": who } }).to_string();
        let event = json!({ "EventId": "1", "EventName": "CreateVolume", "EventTime": 1_795_132_800,
                            "Resources": [{ "ResourceName": asked }], "CloudTrailEvent": detail });
        json!({ "Events": if asked == volume(self.account) { vec![event] } else { Vec::new() } })
    }

    fn alarms(&self, call: &Call) -> Answer {
        let here = call.region == "us-east-1";
        let count = self.organization.alarms.get(&self.index_of(self.account)).filter(|_| here).copied().unwrap_or(0);
        let alarm = |number| json!({ "AlarmName": format!("alarm-{number}"), "MetricName": "CPU", "Period": 300 });
        Answer::ok(call, &json!({ "MetricAlarms": (0..count).map(alarm).collect::<Vec<_>>() }).to_string())
    }
}

impl Story for Seen<'_> {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let parent = || {
            let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
            self.below(body["ParentId"].as_str().unwrap())
        };
        let account = self.account;
        let json = match (&*call.service, &*call.action) {
            ("organizations", _)
                if account != ACCOUNT && self.organization.administrator.map(number) != Some(account.to_owned()) =>
            {
                return Some(Answer::error(call, 400, "AccessDeniedException", "You don't have permissions"));
            }
            ("organizations", "DescribeOrganization") => {
                json!({ "Organization": { "Id": "o-exampleorgid", "MasterAccountId": ACCOUNT } })
            }
            ("organizations", "ListAccounts") => self.accounts(call),
            ("organizations", "ListRoots") if !self.organization.units => {
                return Some(Answer::error(call, 400, "AccessDeniedException", "You don't have permissions"));
            }
            ("organizations", "ListRoots") => json!({ "Roots": [{ "Id": "r-ab12", "Name": "Root" }] }),
            ("organizations", "ListAccountsForParent") => {
                json!({ "Accounts": parent().0.into_iter().map(|index| self.listed(index)).collect::<Vec<_>>() })
            }
            ("organizations", "ListOrganizationalUnitsForParent") => {
                let units = parent().1.into_iter().map(|(id, name)| json!({ "Id": id, "Name": name }));
                json!({ "OrganizationalUnits": units.collect::<Vec<_>>() })
            }
            ("sts", "AssumeRole") => return Some(self.assumed(call)),
            ("sts", "GetCallerIdentity") => {
                let identity = format!(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::{account}:assumed-role/a/b</Arn>\
                     <Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                );
                return Some(Answer::ok(call, &identity));
            }
            ("ec2", "DescribeRegions") => {
                let item = |name| format!("<item><regionName>{name}</regionName></item>");
                let items: String = self.organization.regions.iter().map(item).collect();
                let body =
                    format!("<DescribeRegionsResponse><regionInfo>{items}</regionInfo></DescribeRegionsResponse>");
                return Some(Answer::ok(call, &body));
            }
            ("ec2", "DescribeVolumes") => return Some(self.volumes(call)),
            ("cloudtrail", "LookupEvents") => self.events(call),
            ("monitoring", "ListMetrics") => return Some(self.metrics(call)),
            ("monitoring", "GetMetricStatistics") => return Some(self.figures(call)),
            ("monitoring", "DescribeAlarms") => return Some(self.alarms(call)),
            _ => return nothing_is_set_up(call),
        };
        Some(Answer::ok(call, &json.to_string()))
    }
}
