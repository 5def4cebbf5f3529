//! The wire protocols of AWS's services, by the SDK's protocol libraries. Those may change, so no other file uses them.

use std::sync::Arc;

use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_schema::protocol::{ClientProtocol, ServiceShapeName, ServiceVersion};
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::shapes::{Input, Shape};

/// The protocol of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// Form-encoded request, XML answer.
    Query,
    /// JSON with the operation in a header.
    #[serde(rename = "json-1.0")]
    Json10,
    #[serde(rename = "json-1.1")]
    Json11,
    /// JSON with method and path.
    RestJson,
    /// XML with method and path.
    RestXml,
}

/// Serializes the requests and parses the answers of one service.
#[derive(Debug)]
pub(super) struct Protocol {
    inner: Arc<dyn ClientProtocol>,
    /// Parses errors: the library of the query protocol does not, and its errors look like those of REST-XML.
    failures: Arc<dyn ClientProtocol>,
    service: &'static str,
    version: String,
    target: String,
}

impl Protocol {
    pub fn new(service: &'static str, wire: Wire, version: String, target: String) -> Self {
        let inner: Arc<dyn ClientProtocol> = match wire {
            Wire::Query => Arc::new(AwsQueryProtocol::new()),
            Wire::Json10 => Arc::new(AwsJsonRpcProtocol::aws_json_1_0().with_target_prefix(target.clone())),
            Wire::Json11 => Arc::new(AwsJsonRpcProtocol::aws_json_1_1().with_target_prefix(target.clone())),
            Wire::RestJson => Arc::new(AwsRestJsonProtocol::new()),
            Wire::RestXml => Arc::new(AwsRestXmlProtocol::new()),
        };
        let failures = if wire == Wire::Query { Arc::new(AwsRestXmlProtocol::new()) } else { inner.clone() };
        Self { inner, failures, service, version, target }
    }

    /// The parts of one operation that the protocol needs.
    pub fn facts(&self, operation: &'static str) -> Facts {
        let mut layer = Layer::new("operation");
        layer.store_put(Metadata::new(operation, self.service));
        layer.store_put(ServiceVersion::new(self.version.clone()));
        layer.store_put(ServiceShapeName::new(self.target.clone()));
        let mut bag = ConfigBag::base();
        bag.push_layer(layer);
        Facts { inner: self.inner.clone(), failures: self.failures.clone(), bag }
    }
}

<<<<<<< HEAD
/// A protocol, and the operation that it is used for.
#[derive(Debug)]
=======
/// A protocol for one operation.
#[derive(Clone)]
>>>>>>> comments
pub(super) struct Facts {
    inner: Arc<dyn ClientProtocol>,
    failures: Arc<dyn ClientProtocol>,
    bag: ConfigBag,
}

impl Facts {
    pub fn request(&self, shape: &'static Shape, members: &Map<String, Value>) -> Result<HttpRequest, BoxError> {
        Ok(self.inner.serialize_request(&Input { shape, members }, shape.schema(), "", &self.bag)?)
    }

    pub fn answer(&self, shape: &'static Shape, response: &HttpResponse) -> Result<Value, SerdeError> {
        let mut deserializer = self.inner.deserialize_response(response, shape.schema(), &self.bag)?;
        shape.read(&mut *deserializer)
    }

    /// Code and message of an error; empty if the answer cannot be parsed.
    pub fn failure(&self, response: &HttpResponse) -> ErrorMetadata {
        self.failures.parse_error_metadata(response, &self.bag).unwrap_or_default().build()
    }
}
