//! The log of a function: what its standard error says, in English.

use std::io::Write as _;

use crate::error::Error;
use crate::lang::Speech;
use crate::model::Lang;

pub fn write(error: &Error) {
    let _ = writeln!(std::io::stderr(), "{}", said(error));
}

pub fn said(error: &Error) -> String {
    let what = Speech::new(Lang::En).say(&error.what);
    error.detail.as_ref().map_or_else(|| what.clone(), |detail| format!("{what}: {detail}"))
}
