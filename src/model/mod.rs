//! Values only: no I/O, no AWS, no prose. What the rest of the program passes around.

pub mod bill;
pub mod catalogue;
pub mod change;
pub mod charge;
pub mod choice;
pub mod command;
pub mod coverage;
pub mod finding;
pub mod gap;
pub mod listed;
pub mod money;
pub mod nearest;
pub mod place;
pub mod report;
pub mod text;
pub mod words;

pub use bill::{Bill, BillReport};
pub use catalogue::{Catalogue, CatalogueRow, CatalogueScope, RESOURCES_SCHEMA};
pub use change::{Action, Change};
pub use charge::{Allowance, Charge, Measure, Price, PriceSource, Sku, Unit};
pub use choice::{Choice, History, Subscription};
pub use command::Command;
pub use coverage::{CheckOutcome, Coverage};
pub use finding::{Billing, Exemption, Finding, Note, Owner, Verb};
pub use gap::{Cause, Gap, Reason};
pub use listed::Listed;
pub use money::Usd;
pub use nearest::nearest;
pub use place::{Account, AccountId, Place, Region, Scope};
pub use report::{SafeguardReport, SweepReport};
pub use text::{Argument, Text};
pub use words::{Lang, Words, words};
