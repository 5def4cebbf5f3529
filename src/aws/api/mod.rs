//! The client of all AWS services: an operation is named as in AWS's models, and everything else about it is data.
//!
//! `models.json` holds the part of AWS's published models that this program uses. `tests/it/models.rs` generates it from the
//! operations and structs of the source, and compares. Signing, retries, timeouts and protocols are those of the SDK's runtime.

mod ask;
mod client;
mod endpoint;
mod leak;
mod memo;
mod model;
mod operation;
mod otherwise;
mod protocol;
pub mod reading;
mod shapes;
pub(crate) mod values;

pub use ask::Ask;
pub use client::Client;
pub use model::{Operation as Modelled, Pages, Service, by_path, operation, service, services, signed_as};
pub use operation::{Asks, Nothing, Operation, Typed, action};
pub use protocol::Wire;
pub(crate) use values::values;
