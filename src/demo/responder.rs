//! An HTTP client that answers the SDK's requests from a story, in the same process.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

use super::call::{Answer, Call};

/// A source of AWS's answers.
pub trait Story: Send + Sync {
    /// `None`: an empty, well-formed answer.
    fn answer(&self, call: &Call) -> Option<Answer>;
}

/// An HTTP client that answers from a story.
#[must_use]
pub fn client(story: Arc<dyn Story>) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(Responder(story));
    http_client_fn(move |_, _| connector.clone())
}

/// The story's answer to a call, or an empty list.
#[must_use]
pub fn respond(story: &dyn Story, call: &Call) -> Answer {
    story.answer(call).unwrap_or_else(|| Answer::empty(call))
}

struct Responder(Arc<dyn Story>);

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Responder")
    }
}

impl HttpConnector for Responder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let header = |name: &str| request.headers().get(name).unwrap_or_default();
        let call = Call::read(request.method(), request.uri(), header, request.body().bytes().unwrap_or_default());
        HttpConnectorFuture::ready(into_response(respond(&*self.0, &call)))
    }
}

fn into_response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let mut response = http::Response::builder().status(answer.status);
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let response =
        response.body(SdkBody::from(answer.body)).map_err(|error| ConnectorError::other(error.into(), None))?;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}
