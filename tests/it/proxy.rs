//! A recorder in front of an emulator: forwards every request unchanged and records it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use axum::body::Body;
use axum::response::Response;
use futures::FutureExt;
use guardrail::demo::{Answer, Call, Story};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::recording::Recorded;
use crate::responder::sent;
use crate::server::Server;

/// Hop-by-hop headers, which are set separately on each side.
const HOP: [&str; 5] = ["connection", "content-length", "expect", "keep-alive", "transfer-encoding"];

/// A server that answers with what `upstream` (`http://host:port`) answers.
#[must_use]
pub fn before(upstream: &str) -> Server {
    over(upstream, Arc::new(Nothing))
}

/// The same, but `story` answers the calls that it knows, which the emulator lacks.
#[must_use]
pub fn over(upstream: &str, story: Arc<dyn Story>) -> Server {
    let address: Arc<str> = upstream.trim_start_matches("http://").into();
    Server::start(Arc::new(move |request| {
        let (address, story) = (address.clone(), story.clone());
        async move {
            match story.answer(&request.call) {
                Some(answer) => sent(answer),
                None => forward(&address, &request).await.unwrap_or_else(|error| unreachable_answer(&error)),
            }
        }
        .boxed()
    }))
}

/// A story from a function.
pub struct Told<F>(pub F);

impl<F: Fn(&Call) -> Option<Answer> + Send + Sync> Story for Told<F> {
    fn answer(&self, call: &Call) -> Option<Answer> {
        self.0(call)
    }
}

/// The first story answers the calls that it knows, the second all others.
pub struct Either(pub Arc<dyn Story>, pub Arc<dyn Story>);

impl Story for Either {
    fn answer(&self, call: &Call) -> Option<Answer> {
        self.0.answer(call).or_else(|| self.1.answer(call))
    }
}

struct Nothing;

impl Story for Nothing {
    fn answer(&self, _call: &Call) -> Option<Answer> {
        None
    }
}

/// As [`before`], but the first calls of this action are refused with this code (for a service with JSON).
#[must_use]
pub fn refusing(upstream: &str, action: &'static str, code: &'static str, times: usize) -> Server {
    let address: Arc<str> = upstream.trim_start_matches("http://").into();
    let left = Arc::new(AtomicUsize::new(times));
    Server::start(Arc::new(move |request| {
        let (address, left) = (address.clone(), left.clone());
        let fewer = |left: usize| left.checked_sub(1);
        async move {
            if request.call.action == action && left.fetch_update(Relaxed, Relaxed, fewer).is_ok() {
                let body = format!(r#"{{"__type":"{code}","message":"not yet"}}"#);
                return Response::builder().status(400).body(Body::from(body)).unwrap();
            }
            forward(&address, &request).await.unwrap_or_else(|error| unreachable_answer(&error))
        }
        .boxed()
    }))
}

fn unreachable_answer(error: &io::Error) -> Response {
    Response::builder().status(502).body(Body::from(format!("the emulator did not answer: {error}"))).unwrap()
}

async fn forward(address: &str, request: &Recorded) -> io::Result<Response> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&written(request)).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    parsed(&request.call.method, &answer).ok_or_else(|| io::Error::other("not HTTP"))
}

fn written(request: &Recorded) -> Vec<u8> {
    let Recorded { call, headers, body } = request;
    let mut text = format!("{} {} HTTP/1.1\r\n", call.method, call.path);
    for (name, value) in headers.iter().filter(|(name, _)| !HOP.contains(&&**name)) {
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.extend(["content-length: ", &body.len().to_string(), "\r\nconnection: close\r\n\r\n"]);
    [text.as_bytes(), body].concat()
}

fn parsed(method: &str, answer: &[u8]) -> Option<Response> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let chunked =
        headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("transfer-encoding") && value.contains("chunked"));
    let body = &answer[end + 4..];
    // The headers of an answer to HEAD describe a body that does not follow.
    let body = if chunked && method != "HEAD" { joined(body)? } else { body.to_vec() };
    let mut response = Response::builder().status(status);
    for (name, value) in headers.iter().filter(|(name, _)| !HOP.contains(&&*name.to_ascii_lowercase())) {
        response = response.header(*name, value.trim());
    }
    response.body(Body::from(body)).ok()
}

/// Joins a chunked body.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

#[test]
fn chunks_are_joined_and_half_a_chunk_is_an_error() {
    assert_eq!(joined(b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n").as_deref(), Some(&b"abc0123456789"[..]));
    assert_eq!(joined(b"5\r\nabc"), None);
}

#[test]
fn an_answer_to_head_has_no_body() {
    let answer = b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(parsed("HEAD", answer).unwrap().status(), 404);
    assert!(parsed("GET", answer).is_none());
}
