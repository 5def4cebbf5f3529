//! An HTTP server on a free local port, in its own threads; it records requests.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::response::Response;
use futures::future::BoxFuture;
use guardrail::demo::Call;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::recording::{Recorded, Recording};

/// How a server answers; a slow answer does not block other requests.
pub type Answers = Arc<dyn Fn(Recorded) -> BoxFuture<'static, Response> + Send + Sync>;

/// Ends when dropped, even with requests in flight.
pub struct Server {
    pub url: String,
    pub recording: Recording,
    pub peak: Peak,
    runtime: Option<Runtime>,
}

impl Server {
    #[must_use]
    pub fn start(answers: Answers) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (recording, peak) = (Recording::default(), Peak::default());
        let (record, busy) = (recording.clone(), peak.clone());
        let router = Router::new().fallback(move |request: Request| {
            let (answers, record, busy) = (answers.clone(), record.clone(), busy.clone());
            async move {
                let _under_way = busy.begin();
                let request = read(request).await;
                record.add(request.clone());
                answers(request).await
            }
        });
        runtime.spawn(async move { axum::serve(TcpListener::from_std(listener).unwrap(), router).await });
        Self { url, recording, peak, runtime: Some(runtime) }
    }
}

/// The highest number of concurrent requests.
#[derive(Debug, Clone, Default)]
pub struct Peak(Arc<[AtomicUsize; 2]>);

impl Peak {
    /// The maximum so far.
    #[must_use]
    pub fn highest(&self) -> usize {
        self.0[1].load(Ordering::SeqCst)
    }

    fn begin(&self) -> UnderWay {
        let now = self.0[0].fetch_add(1, Ordering::SeqCst) + 1;
        self.0[1].fetch_max(now, Ordering::SeqCst);
        UnderWay(self.clone())
    }
}

struct UnderWay(Peak);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0[0].fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn read(request: Request) -> Recorded {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    let value = |value: &http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let headers: Vec<_> = head.headers.iter().map(|(name, it)| (name.as_str().to_owned(), value(it))).collect();
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    let call = Call::read(head.method.as_str(), &head.uri.to_string(), header, &body);
    Recorded { call, headers, body }
}
