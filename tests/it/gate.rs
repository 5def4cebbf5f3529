//! A gate between the SDK and an emulator: counts calls, and cuts the connection at one of them.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use guardrail::demo::Call;
use tokio::sync::Notify;

use crate::recording::{iam_action, is_read};

/// One call of a run, independent of the order of concurrent calls: the nth of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub service: String,
    pub action: String,
    pub nth: usize,
}

impl Point {
    #[must_use]
    pub fn is_read(&self) -> bool {
        is_read(&self.action)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} #{}", self.service, self.action, self.nth)
    }
}

/// How the connection is cut at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Neither this call nor any later one arrives.
    Unsent,
    /// The call arrives, its answer is lost, and no later call arrives.
    Unanswered,
    /// Only this answer is lost.
    Blip,
}

/// Where the connection is cut.
pub type Cut = Option<(Point, Way)>;

/// A call that waits: `reached` signals its arrival, `go` releases it.
#[derive(Default)]
pub struct Hold {
    pub reached: Notify,
    pub go: Notify,
}

/// A connection to the emulator.
#[derive(Clone)]
pub struct Gate(Arc<State>);

struct State {
    cut: Cut,
    hold: Option<(Point, Arc<Hold>)>,
    through: SharedHttpClient,
    passed: Mutex<Passed>,
}

#[derive(Default)]
struct Passed {
    counts: BTreeMap<(String, String), usize>,
    points: Vec<Point>,
    arrived: Vec<Point>,
    actions: Vec<String>,
    was_cut: bool,
    shut: bool,
}

enum Fate {
    Passes,
    Waits(Arc<Hold>),
    Refused,
    Unanswered,
}

impl Gate {
    #[must_use]
    pub fn new(through: &SharedHttpClient, cut: Cut) -> Self {
        Self(Arc::new(State { cut, hold: None, through: through.clone(), passed: Mutex::default() }))
    }

    /// A connection on which one call waits.
    #[must_use]
    pub fn holding(through: &SharedHttpClient, point: Point) -> (Self, Arc<Hold>) {
        let hold = Arc::<Hold>::default();
        let held = Some((point, hold.clone()));
        (Self(Arc::new(State { cut: None, hold: held, through: through.clone(), passed: Mutex::default() })), hold)
    }

    #[must_use]
    pub fn client(&self) -> SharedHttpClient {
        let state = self.0.clone();
        http_client_fn(move |settings, components| {
            let through = state.through.http_connector(settings, components);
            SharedHttpConnector::new(Line { state: state.clone(), through })
        })
    }

    /// Every call so far.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        self.0.passed.lock().unwrap().points.clone()
    }

    /// Every write that arrived, answered or not: they determine the state of the account.
    #[must_use]
    pub fn changes(&self) -> Vec<Point> {
        self.0.passed.lock().unwrap().arrived.iter().filter(|point| !point.is_read()).cloned().collect()
    }

    /// The IAM action of every call so far.
    #[must_use]
    pub fn actions(&self) -> Vec<String> {
        self.0.passed.lock().unwrap().actions.clone()
    }

    /// Whether the call at which to cut was made.
    #[must_use]
    pub fn was_cut(&self) -> bool {
        self.0.passed.lock().unwrap().was_cut
    }
}

impl State {
    fn fate(&self, request: &HttpRequest) -> Fate {
        let header = |name: &str| request.headers().get(name).unwrap_or_default();
        let call = Call::read(request.method(), request.uri(), header, request.body().bytes().unwrap_or_default());
        let mut passed = self.passed.lock().unwrap();
        if passed.shut {
            return Fate::Refused;
        }
        passed.actions.push(iam_action(&call));
        let nth = passed.counts.entry((call.service.clone(), call.action.clone())).or_default();
        *nth += 1;
        let point = Point { nth: *nth, service: call.service, action: call.action };
        let way = self.cut.as_ref().filter(|(cut, _)| *cut == point).map(|(_, way)| *way);
        let hold = self.hold.as_ref().filter(|(held, _)| *held == point);
        passed.points.push(point.clone());
        if way != Some(Way::Unsent) {
            passed.arrived.push(point);
        }
        if let Some((_, hold)) = hold {
            return Fate::Waits(hold.clone());
        }
        let Some(way) = way else { return Fate::Passes };
        (passed.was_cut, passed.shut) = (true, way != Way::Blip);
        if way == Way::Unsent { Fate::Refused } else { Fate::Unanswered }
    }
}

struct Line {
    state: Arc<State>,
    through: SharedHttpConnector,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

impl HttpConnector for Line {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        // An emulator that enforces policies refuses requests without TLS, as the policy of the trail's bucket demands.
        request.headers_mut().insert("x-forwarded-proto", "https");
        let lost = || ConnectorError::io(io::Error::new(io::ErrorKind::ConnectionReset, "the line was cut").into());
        match self.state.fate(&request) {
            Fate::Passes => self.through.call(request),
            Fate::Waits(hold) => {
                let through = self.through.clone();
                HttpConnectorFuture::new(async move {
                    hold.reached.notify_one();
                    hold.go.notified().await;
                    through.call(request).await
                })
            }
            Fate::Refused => HttpConnectorFuture::ready(Err(lost())),
            Fate::Unanswered => {
                let answer = self.through.call(request);
                HttpConnectorFuture::new(async move {
                    answer.await?;
                    Err(lost())
                })
            }
        }
    }
}
