//! The runtime API of AWS Lambda: the next event, and its answer, over plain HTTP on the loopback address.

use aws_smithy_http_client::Builder;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::timeout::TimeoutConfig;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::model::Text;

/// The variable with the address. Lambda sets it, and nothing else does.
pub const VARIABLE: &str = "AWS_LAMBDA_RUNTIME_API";
const ERROR_TYPE: &str = "lambda-runtime-function-error-type";

/// One event of the function.
#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub body: Value,
    /// When Lambda ends the function.
    pub deadline: Timestamp,
}

/// The failure of an event, with a name that the state machine can tell from others.
#[derive(Debug)]
pub struct Failure {
    pub name: &'static str,
    pub message: String,
}

#[derive(Debug)]
pub struct RuntimeApi {
    address: String,
}

impl RuntimeApi {
    #[must_use]
    pub fn at(address: &str) -> Self {
        Self { address: format!("http://{address}") }
    }

    /// Waits for the next event, however long that takes.
    ///
    /// # Errors
    /// Lambda does not answer, or with something else.
    pub async fn next(&self) -> Result<Event> {
        let Sent { id, deadline, body } = self.send("GET", "invocation/next", None, Vec::new()).await?;
        let body = serde_json::from_slice(&body).map_err(|error| failed(&error))?;
        Ok(Event { id, body, deadline: deadline.unwrap_or(Timestamp::MAX) })
    }

    /// Answers an event.
    ///
    /// # Errors
    /// Lambda does not take the answer.
    pub async fn answer(&self, id: &str, answer: Result<Value, Failure>) -> Result<()> {
        let path = |end: &str| format!("invocation/{id}/{end}");
        let sent = match answer {
            Ok(value) => self.send("POST", &path("response"), None, value.to_string().into_bytes()).await,
            Err(Failure { name, message }) => {
                let body = json!({ "errorType": name, "errorMessage": message, "stackTrace": [] });
                self.send("POST", &path("error"), Some(name), body.to_string().into_bytes()).await
            }
        };
        sent.map(drop)
    }

    async fn send(
        &self,
        method: &'static str,
        path: &str,
        failure: Option<&'static str>,
        body: Vec<u8>,
    ) -> Result<Sent> {
        let path = format!("/2018-06-01/runtime/{path}");
        let request = move |body: Vec<u8>| {
            let mut request = HttpRequest::new(SdkBody::from(body));
            request.set_method(method)?;
            request.set_uri(path.clone())?;
            if let Some(name) = failure {
                request.headers_mut().insert(ERROR_TYPE, name);
            }
            Ok(request)
        };
        let operation = Operation::builder()
            .service_name("lambda-runtime")
            .operation_name("Event")
            .http_client(Builder::new().build_http())
            .endpoint_url(&self.address)
            .no_auth()
            .no_retry()
            // The next event may be hours away.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .serializer(request)
            .deserializer(Sent::of)
            .build();
        operation.invoke(body).await.map_err(|error| failed(&DisplayErrorContext(&error)))
    }
}

/// An answer of the runtime API. Only that to the next event has an id.
#[derive(Debug)]
struct Sent {
    id: String,
    deadline: Option<Timestamp>,
    body: Vec<u8>,
}

impl Sent {
    fn of(response: &HttpResponse) -> Result<Self, OrchestratorError<std::io::Error>> {
        if !response.status().is_success() {
            return Err(OrchestratorError::response(format!("status {}", response.status().as_u16()).into()));
        }
        let header = |name: &str| response.headers().get(name).unwrap_or_default();
        let deadline = header("lambda-runtime-deadline-ms").parse().ok();
        Ok(Self {
            id: header("lambda-runtime-aws-request-id").to_owned(),
            deadline: deadline.and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
            body: response.body().bytes().unwrap_or_default().to_vec(),
        })
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::failed(Text::new("error-runtime-api")).detail(error)
}
