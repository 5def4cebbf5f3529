//! HTML: one page without outside files. The template escapes every value.

use askama::Template;

use super::table::Table;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{Lang, Text};

#[derive(Template)]
#[template(path = "report.html")]
struct Document<'a> {
    lang: &'static str,
    table: &'a Table,
}

pub fn write(table: &Table, speech: &Speech) -> Result<String> {
    let lang = match speech.lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    };
    Document { lang, table }.render().map_err(|error| Error::failed(Text::new("error-render")).detail(error))
}
