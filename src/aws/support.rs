//! AWS Support: which codes a case may have, opening one, and reading its answers. Only accounts with a paid plan may ask.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;

use super::Cx;
use super::api::{Asks, Nothing, Operation};
use super::fault::found;
use crate::error::{Error, Result};
use crate::model::appeal::{Case, CaseState, Choice, Communication};
use crate::model::{Lang, Text};

/// The IAM actions of reading codes and cases.
pub const READS: &[&str] = &[
    "support:DescribeCases",
    "support:DescribeCommunications",
    "support:DescribeCreateCaseOptions",
    "support:DescribeServices",
];
/// The IAM action of opening a case.
pub const WRITES: &[&str] = &["support:CreateCase"];

pub static ASKS: &[&dyn Asks] = &[&SERVICES, &OPTIONS, &CREATE, &TRY, &CASES, &COMMUNICATIONS];

const SERVICES: Operation<Service> = Operation::new("support:DescribeServices").at("services");
const OPTIONS: Operation<Availability> = Operation::new("support:DescribeCreateCaseOptions");
const CREATE: Operation<Created> = Operation::new("support:CreateCase");
const TRY: Operation<Nothing> = Operation::new("support:CreateCase");
const CASES: Operation<CaseData> = Operation::new("support:DescribeCases").at("cases");
const COMMUNICATIONS: Operation<CommunicationData> =
    Operation::new("support:DescribeCommunications").at("communications");

/// The kind of case that every plan includes; the other one is technical.
const ISSUE: &str = "customer-service";
/// The code of the answer without a paid plan.
const NO_PLAN: &str = "SubscriptionRequiredException";
/// The code of the answer to a dry run that would have worked.
const WOULD_WORK: &str = "DryRunOperationException";
/// The longest text that AWS takes.
pub const LONGEST: usize = 8000;

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    pub code: String,
    pub name: String,
    pub categories: Vec<Category>,
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Category {
    pub code: String,
    pub name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Availability {
    language_availability: Option<String>,
    communication_types: Vec<Kind>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Kind {
    r#type: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Created {
    case_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CaseData {
    case_id: Option<String>,
    display_id: Option<String>,
    subject: Option<String>,
    status: Option<String>,
    service_code: Option<String>,
    category_code: Option<String>,
    time_created: Option<String>,
    language: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CommunicationData {
    body: Option<String>,
    submitted_by: Option<String>,
    time_created: Option<String>,
}

/// A case that is not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub lang: Lang,
    pub subject: String,
    pub body: String,
    pub service: Choice,
    pub category: Choice,
}

/// What AWS lists in this language; `None` without a paid plan.
///
/// # Errors
/// Every other failure.
pub async fn services(cx: &Cx, lang: Lang) -> Result<Option<Vec<Service>>> {
    found(cx.ask(&SERVICES).with("language", lang.code()).all().await, &[NO_PLAN])
}

/// Whether AWS takes cases of this kind in this language, over the web.
///
/// # Errors
/// AWS does not answer.
pub async fn is_available(cx: &Cx, draft: &Draft) -> Result<bool> {
    let asked = cx.ask(&OPTIONS).with("issueType", ISSUE).with("language", draft.lang.code());
    let asked = asked.with("serviceCode", draft.service.code.clone()).with("categoryCode", draft.category.code.clone());
    let options = asked.one().await?;
    let kinds: BTreeSet<&str> = options.communication_types.iter().filter_map(|kind| kind.r#type.as_deref()).collect();
    let refused = options.language_availability.as_deref() == Some("not_available");
    // An empty list says nothing about the kinds.
    Ok(!refused && (kinds.is_empty() || kinds.contains("web")))
}

/// Has AWS check the case without opening it.
///
/// # Errors
/// AWS would refuse it.
pub async fn try_out(cx: &Cx, draft: &Draft) -> Result<()> {
    let asked = cx.ask(&TRY).with("subject", draft.subject.clone()).with("communicationBody", draft.body.clone());
    let asked = asked.with("serviceCode", draft.service.code.clone()).with("categoryCode", draft.category.code.clone());
    let answer = asked.with("issueType", ISSUE).with("language", draft.lang.code()).with("dryRun", true).one().await;
    match answer {
        Err(error) if error.code.as_deref() == Some(WOULD_WORK) => Ok(()),
        Err(error) => Err(error),
        // A case that was opened in spite of the dry run must not be opened again.
        Ok(Nothing {}) => Err(Error::failed(Text::new("error-appeal-dry-run"))),
    }
}

/// Opens the case, and returns its id.
///
/// # Errors
/// AWS refuses it.
pub async fn open(cx: &Cx, draft: &Draft) -> Result<String> {
    let asked = cx.ask(&CREATE).with("subject", draft.subject.clone()).with("communicationBody", draft.body.clone());
    let asked = asked.with("serviceCode", draft.service.code.clone()).with("categoryCode", draft.category.code.clone());
    let answer = asked.with("issueType", ISSUE).with("language", draft.lang.code()).one().await?;
    answer.case_id.ok_or_else(|| Error::failed(Text::new("error-appeal-no-id")))
}

/// The newest case of these services, or the one with this id, with everything that was written in it. `Ok(None)` without a paid
/// plan; `Ok(Some(None))` if there is no such case.
///
/// # Errors
/// It cannot be read.
pub async fn case(cx: &Cx, id: Option<&str>, services: &[Service]) -> Result<Option<Option<Case>>> {
    let asked = cx.ask(&CASES).with("includeResolvedCases", true).with("includeCommunications", false);
    let asked = match id {
        Some(id) => asked.with("caseIdList", vec![id.to_owned()]),
        None => asked,
    };
    let gone = |error: &Error| error.code.as_deref() == Some("CaseIdNotFound");
    let cases = match asked.all().await {
        Err(error) if gone(&error) => return Ok(Some(None)),
        answer => found(answer, &[NO_PLAN])?,
    };
    let Some(mut cases) = cases else { return Ok(None) };
    let service_of = |case: &CaseData| services.iter().find(|it| case.service_code.as_deref() == Some(&it.code));
    cases.retain(|case| id.is_some() || service_of(case).is_some());
    cases.sort_by(|a, b| a.time_created.cmp(&b.time_created));
    let Some(case) = cases.pop() else { return Ok(Some(None)) };
    let number = case.case_id.clone().unwrap_or_default();
    let mut communications: Vec<Communication> =
        cx.ask(&COMMUNICATIONS).with("caseId", number).all().await?.into_iter().map(communication).collect();
    communications.sort_by_key(|it| it.at);
    let service = service_of(&case);
    let category =
        service.and_then(|it| it.categories.iter().find(|of| case.category_code.as_deref() == Some(&of.code)));
    let choice = |code: &Option<String>, name: Option<&String>| {
        code.clone().map(|code| Choice { name: name.cloned().unwrap_or_else(|| code.clone()), code })
    };
    Ok(Some(Some(Case {
        state: CaseState::Read,
        service: choice(&case.service_code, service.map(|it| &it.name)),
        category: choice(&case.category_code, category.map(|it| &it.name)),
        id: case.case_id,
        display_id: case.display_id,
        subject: case.subject.unwrap_or_default(),
        lang: case.language.unwrap_or_default(),
        status: case.status,
        opened_at: case.time_created.and_then(|at| at.parse().ok()),
        communications,
    })))
}

fn communication(data: CommunicationData) -> Communication {
    Communication {
        at: data.time_created.and_then(|at| at.parse::<Timestamp>().ok()),
        by: data.submitted_by.unwrap_or_default(),
        body: data.body.unwrap_or_default(),
    }
}

impl Draft {
    /// The draft as a case of the report.
    #[must_use]
    pub fn case(&self, state: CaseState, id: Option<String>) -> Case {
        Case {
            state,
            id,
            display_id: None,
            subject: self.subject.clone(),
            service: Some(self.service.clone()),
            category: Some(self.category.clone()),
            lang: self.lang.code().to_owned(),
            status: None,
            opened_at: None,
            communications: Vec::new(),
        }
    }
}
