//! Renders a report. Uses only the model and the language: a report read back from JSON renders the same.

mod amount;
mod chat;
mod csv;
mod decision;
mod facts;
mod format;
mod html;
mod json;
mod layout;
mod mail;
mod markdown;
mod notice;
mod report;
mod sentence;
mod table;
mod terminal;
mod text;
mod write;

pub use format::Format;
pub use layout::Layout;
pub use mail::{Mail, mail};
pub use notice::{About, Notice, body as notice_body, notice};
pub use report::{Acting, Phase, Report};
pub use text::{one_line, terms};
pub use write::{account_rows, render};
