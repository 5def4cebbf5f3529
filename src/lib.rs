//! `guardrail` ends surprise AWS bills: it sets up the safeguards that AWS Support recommends, and finds what is still charged.
//!
//! Data flows one way: profile and account → observe → report → render.
//!
//! | module | content |
//! |---|---|
//! | [`model`] | values only: the data that is passed around and reported |
//! | [`error`] | errors: what happened and what to do next |
//! | [`lang`] | the program's messages, in English and Japanese |
//! | [`profile`] | the user's profile |
//! | [`state`] | what is remembered between runs |
//! | [`prices`] | unit prices |
//! | [`aws`] | the client for one account in one region |
//! | [`resources`] | the resource types, one file each |
//! | [`safeguards`] | the safeguards, one file each |
//! | [`ops`] | the use cases: sweep; plan, apply, check, remove |
//! | [`render`] | a report as text, JSON, CSV, Markdown or HTML |
//! | [`demo`] | the demo account |
//! | [`ui`], [`cli`] | the terminal and the commands |
//! | [`lambda`] | the door from AWS Lambda |

pub mod aws;
pub mod cli;
pub mod demo;
pub mod error;
pub mod lambda;
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
