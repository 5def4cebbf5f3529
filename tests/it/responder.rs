//! A local HTTP server that answers from a story, and fails as AWS does and no emulator can.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures::FutureExt;
use guardrail::demo::{Answer, Call, Story, respond};

use crate::faults::Fault;
use crate::not_set_up::nothing_is_set_up;
use crate::server::Server;
use crate::world::ACCOUNT;

/// One response for each action of the named resource types, from `tests/it/fixtures/<resource-id>/<Action>.{xml,json}`;
/// `<Action>.2.*` answers a token that ends with `page-2`, `<Action>.<subject>.*` answers calls about one subject.
pub struct Fixtures {
    folders: Vec<PathBuf>,
    enabled: Vec<String>,
    disabled: Vec<String>,
    only: Option<String>,
    /// The action that has no further page.
    one_page: Option<String>,
    edit: Option<Edit>,
}

type Edit = Arc<dyn Fn(&str) -> String + Send + Sync>;

impl Fixtures {
    /// If two types have a response for the same action, the first type's is used.
    #[must_use]
    pub fn of(resources: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
        let folders: Vec<PathBuf> = resources.iter().map(|id| root.join(id)).collect();
        for folder in &folders {
            assert!(folder.is_dir(), "no fixtures: {}", folder.display());
        }
        let (enabled, disabled) = (vec!["us-east-1".to_owned()], Vec::new());
        Self { folders, enabled, disabled, only: None, one_page: None, edit: None }
    }

    /// The account's enabled and disabled regions.
    #[must_use]
    pub fn regions(mut self, enabled: &[&str], disabled: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        (self.enabled, self.disabled) = (owned(enabled), owned(disabled));
        self
    }

    /// Answers with empty lists outside of this region.
    #[must_use]
    pub fn only_in(mut self, region: &str) -> Self {
        self.only = Some(region.to_owned());
        self
    }

    /// Further pages of this action are empty.
    #[must_use]
    pub fn one_page_of(mut self, action: &str) -> Self {
        self.one_page = Some(action.to_owned());
        self
    }

    /// Edits every response before it is sent.
    #[must_use]
    pub fn edited(mut self, edit: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        self.edit = Some(Arc::new(edit));
        self
    }

    fn file(&self, name: &str) -> Option<String> {
        let mut paths =
            self.folders.iter().flat_map(|folder| ["xml", "json"].map(|kind| folder.join(format!("{name}.{kind}"))));
        let text = paths.find_map(|path| std::fs::read_to_string(path).ok())?;
        Some(self.edit.as_ref().map_or_else(|| text.clone(), |edit| edit(&text)))
    }

    fn describe_regions(&self) -> String {
        let item = |status: &'static str| {
            move |name: &String| {
                format!("<item><regionName>{name}</regionName><optInStatus>{status}</optInStatus></item>")
            }
        };
        let enabled = self.enabled.iter().map(item("opt-in-not-required"));
        let items: String = enabled.chain(self.disabled.iter().map(item("not-opted-in"))).collect();
        format!("<DescribeRegionsResponse><regionInfo>{items}</regionInfo></DescribeRegionsResponse>")
    }
}

impl Story for Fixtures {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let general = match (&*call.service, &*call.action) {
            ("sts", "GetCallerIdentity") => format!(
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::{ACCOUNT}:user/test</Arn>\
                 <UserId>AIDATEST</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            ),
            ("ec2", "DescribeRegions") => self.describe_regions(),
            ("iam", "ListAccountAliases") => "<ListAccountAliasesResponse><ListAccountAliasesResult><AccountAliases/>\
                 <IsTruncated>false</IsTruncated></ListAccountAliasesResult></ListAccountAliasesResponse>"
                .to_owned(),
            _ => return self.of_the_types(call).or_else(|| nothing_is_set_up(call)),
        };
        Some(Answer::ok(call, &general))
    }
}

impl Fixtures {
    fn of_the_types(&self, call: &Call) -> Option<Answer> {
        if self.only.as_ref().is_some_and(|only| *only != call.region) {
            return None;
        }
        let Some(token) = call.token() else {
            let about = call.subject().and_then(|subject| self.file(&format!("{}.{subject}", call.action)));
            return about.or_else(|| self.file(&call.action)).map(|body| Answer::ok(call, &body));
        };
        if self.one_page.as_ref() == Some(&call.action) {
            return Some(Answer::empty(call));
        }
        let page = token.rsplit('/').next().and_then(|last| last.strip_prefix("page-"));
        Some(match page.and_then(|page| self.file(&format!("{}.{page}", call.action))) {
            Some(body) => Answer::ok(call, &body),
            None => Answer::error(call, 400, "InvalidNextToken", &format!("no page of {} has this token", call.action)),
        })
    }
}

/// The region of the two NAT gateways.
pub const HERE: &str = "eu-west-1";

/// Two NAT gateways in Ireland, and nothing in the other regions.
#[must_use]
pub fn gateways(others: &[&str]) -> Account {
    let regions: Vec<&str> = others.iter().copied().chain([HERE]).collect();
    Account::of(Fixtures::of(&["ec2-nat-gateway"]).regions(&regions, &[]).only_in(HERE))
}

/// An account and its failures.
pub struct Account {
    story: Arc<dyn Story>,
    faults: Vec<Fault>,
    latency: Duration,
}

impl Account {
    #[must_use]
    pub fn of(story: impl Story + 'static) -> Self {
        Self { story: Arc::new(story), faults: Vec::new(), latency: Duration::ZERO }
    }

    /// Denies one operation; `service` is the signing name (`ec2`, `es`, `monitoring`).
    #[must_use]
    pub fn deny(self, service: &str, action: &str) -> Self {
        self.with(Fault::Deny { service: service.to_owned(), action: action.to_owned() })
    }

    /// A service control policy denies everything in a region, except `sts:GetCallerIdentity`.
    #[must_use]
    pub fn deny_by_organization(self, region: &str) -> Self {
        self.with(Fault::DenyByOrganization { region: region.to_owned() })
    }

    /// A region answers as a disabled one: as if the credentials were wrong.
    #[must_use]
    pub fn disabled_region(self, region: &str) -> Self {
        self.with(Fault::Disabled { region: region.to_owned() })
    }

    /// A region accepts requests and never answers.
    #[must_use]
    pub fn hang(self, region: &str) -> Self {
        self.with(Fault::Hang { region: region.to_owned() })
    }

    /// An operation is never answered.
    #[must_use]
    pub fn silent(self, action: &str) -> Self {
        self.with(Fault::Silent { action: action.to_owned() })
    }

    /// The first `times` calls of an operation are throttled.
    #[must_use]
    pub fn throttle(self, action: &str, times: usize) -> Self {
        self.with(Fault::Throttle { action: action.to_owned(), left: AtomicUsize::new(times) })
    }

    /// An operation succeeds with an invalid body.
    #[must_use]
    pub fn broken_answer(self, action: &str) -> Self {
        self.with(Fault::Broken { action: action.to_owned() })
    }

    /// The session has expired when this operation is asked.
    #[must_use]
    pub fn expire(self, action: &str) -> Self {
        self.with(Fault::Expired { action: action.to_owned() })
    }

    /// A network's sign-in page stands in the service's place; `service` is the signing name.
    #[must_use]
    pub fn web_page(self, service: &str) -> Self {
        self.with(Fault::WebPage { service: service.to_owned() })
    }

    /// Delays every answer by this time.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    fn with(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Starts the server, which ends when it is dropped.
    #[must_use]
    pub fn start(self) -> Server {
        let account = Arc::new(self);
        Server::start(Arc::new(move |request| {
            let account = account.clone();
            async move {
                tokio::time::sleep(account.latency).await;
                match account.answer(&request.call) {
                    Some(answer) => sent(answer),
                    None => std::future::pending().await,
                }
            }
            .boxed()
        }))
    }

    /// `None` means that it never answers.
    fn answer(&self, call: &Call) -> Option<Answer> {
        let Some(fault) = self.faults.iter().find(|fault| fault.strikes(call)) else {
            return Some(respond(&*self.story, call));
        };
        fault.answer(call)
    }
}

/// The answer as on the wire.
#[must_use]
pub fn sent(answer: Answer) -> Response {
    let head = answer.headers().into_iter();
    let response = head.fold(Response::builder().status(answer.status), |it, (name, value)| it.header(name, value));
    response.body(Body::from(answer.body)).unwrap()
}

#[cfg(test)]
mod tests {
    use guardrail::model::{Reason, Region, SweepReport};
    use guardrail::ops::sweep::Options;

    use super::*;
    use crate::sweeps::{self, everything};

    const TYPE: &str = "ec2-nat-gateway";

    async fn swept(server: &Server) -> SweepReport {
        let timeout = Duration::from_secs(2);
        sweeps::swept(server, &Options { resources: vec![TYPE.to_owned()], timeout, ..everything() }).await
    }

    fn two_regions() -> Fixtures {
        Fixtures::of(&[TYPE]).regions(&["us-east-1", "eu-west-1"], &["eu-south-2"]).only_in("eu-west-1")
    }

    fn gaps(report: &SweepReport) -> Vec<(&str, Reason)> {
        report.gaps.iter().map(|gap| (gap.region.as_ref().map_or("", Region::as_str), gap.reason)).collect()
    }

    #[tokio::test]
    async fn fixtures_are_answered_page_by_page_in_their_region() {
        let server = Account::of(two_regions()).start();
        let report = swept(&server).await;
        let found: Vec<_> = report.findings.iter().map(|it| (it.region.as_str(), it.id.as_str())).collect();
        assert_eq!(found, [("eu-west-1", "nat-0one5c8e2d7b4f196"), ("eu-west-1", "nat-0two8b3d6e1f9c472")]);
        assert_eq!(report.scope.disabled_regions, [Region::new("eu-south-2")]);
        assert_eq!(gaps(&report), []);
        assert_eq!(server.recording.count("DescribeNatGateways"), 3);
        assert!(server.recording.mutating().is_empty() && server.recording.undeclared().is_empty());
    }

    #[tokio::test]
    async fn an_unknown_token_is_an_error() {
        let server = Account::of(Fixtures::of(&[TYPE])).start();
        let client = aws_sdk_ec2::Client::new(&crate::world::sdk(&server.url));
        let error = client.describe_nat_gateways().next_token("page-9").send().await.unwrap_err();
        assert!(format!("{error:?}").contains("InvalidNextToken"), "{error:?}");
    }

    #[tokio::test]
    async fn every_fault_becomes_its_gap() {
        let account = || Account::of(two_regions());
        let here = "eu-west-1";
        let cases = [
            (account().deny_by_organization(here), Reason::DeniedByOrganization),
            (account().disabled_region(here), Reason::DisabledRegion),
            (account().hang(here), Reason::Timeout),
        ];
        for (account, reason) in cases {
            let report = swept(&account.start()).await;
            assert_eq!((gaps(&report), report.findings.len()), (vec![(here, reason)], 0));
        }
        let everywhere = |reason| vec![(here, reason), ("us-east-1", reason)];
        let report = swept(&account().deny("ec2", "DescribeNatGateways").start()).await;
        assert_eq!(gaps(&report), everywhere(Reason::Denied));
        let report = swept(&account().broken_answer("DescribeNatGateways").start()).await;
        assert_eq!(gaps(&report), everywhere(Reason::Other));
        let report = swept(&account().throttle("DescribeNatGateways", 2).start()).await;
        assert_eq!(gaps(&report), everywhere(Reason::Throttled));
    }

    #[tokio::test]
    async fn a_throttle_ends() {
        let server = Account::of(two_regions()).throttle("DescribeNatGateways", 2).start();
        assert_eq!(swept(&server).await.gaps.len(), 2);
        assert_eq!(swept(&server).await.findings.len(), 2);
    }

    #[tokio::test]
    async fn a_slow_answer_blocks_no_other() {
        let names: Vec<String> = (1..=60).map(|number| format!("xx-test-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let fixtures = Fixtures::of(&[TYPE]).regions(&names, &[]).only_in("nowhere-0");
        let server = Account::of(fixtures).latency(Duration::from_millis(100)).start();
        let started = std::time::Instant::now();
        assert_eq!(swept(&server).await.gaps, []);
        assert_eq!(server.recording.count("DescribeNatGateways"), 60);
        // Sequentially they would take six seconds.
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    }
}
