//! The demo account: answers the SDK's HTTP requests from recorded answers inside the program. No credentials, no network.

pub mod call;
mod responder;
mod story;

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use rust_decimal::Decimal;

use crate::model::{Choice, Usd};
pub use call::{Answer, Call};
pub use responder::{Story, client, respond};

/// The choices of the demo account's person, used without flags.
#[must_use]
pub fn choice() -> Choice {
    Choice { profile: None, emails: vec!["hana@example.com".to_owned()], limit_usd: Some(Usd(Decimal::TEN)) }
}

/// An HTTP client that answers as the demo account.
#[must_use]
pub fn practice_account() -> SharedHttpClient {
    client(Arc::new(story::Practice))
}
<<<<<<< HEAD
=======

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
>>>>>>> comments
