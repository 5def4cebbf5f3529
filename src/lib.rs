//! `guardrail` ends surprise AWS bills: it sets up the safeguards that AWS Support recommends, and finds what still bills.
//!
//! Data flows one way: profile and account → observe → report → render.
//!
//! | module | what it is |
//! |---|---|
//! | [`model`] | values only: what is passed around and reported |
//! | [`error`] | what went wrong and what to do next |
//! | [`lang`] | the program's sentences, in English and Japanese |
//! | [`profile`] | what the user wants |
//! | [`state`] | what is remembered between runs |
//! | [`prices`] | what a unit costs |
//! | [`aws`] | connecting to one account in one region |
//! | [`resources`] | what can bill, one file each |
//! | [`safeguards`] | what guardrail sets up, one file each |
//! | [`ops`] | the use cases: sweep; plan, apply, check, remove |
//! | [`render`] | a report as text, JSON, CSV, Markdown or HTML |
//! | [`demo`] | the practice account |
//! | [`ui`], [`cli`] | the terminal and the commands |

pub mod aws;
pub mod cli;
pub mod demo;
pub mod error;
pub mod lang;
pub mod model;
pub mod ops;
pub mod prices;
pub mod profile;
pub mod render;
pub mod resources;
pub mod safeguards;
pub mod state;
pub mod ui;
