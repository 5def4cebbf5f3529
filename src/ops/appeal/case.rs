//! The case at AWS Support: planned with AWS's own codes, tried out, opened after approval, and read.

use aws_config::SdkConfig;

use crate::aws::Cx;
use crate::aws::support::{self, Category, Draft, LONGEST, Service};
use crate::error::{Error, Result};
use crate::model::appeal::{Case, CaseState, Choice};
use crate::model::{AccountId, AppealReport, Lang, Text};
use crate::ops::approved::Approved;

/// What AWS calls the service of bills, and the categories of the two letters, the best first. AWS's list decides: these words only
/// choose from it.
const SERVICE: &[&str] = &["billing", "請求"];
const CATEGORIES: &[&str] = &["dispute", "refund", "charge", "返金", "料金", "billing", "other"];
const CATEGORIES_OF_STRANGERS: &[&str] =
    &["unauthorized", "fraud", "compromise", "security", "dispute", "不正", "charge"];

/// The codes that the person chose.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    pub service: Option<String>,
    pub category: Option<String>,
}

/// A case that AWS has tried out.
#[derive(Debug)]
pub struct Plan {
    draft: Draft,
}

impl Plan {
    #[must_use]
    pub fn case(&self) -> Case {
        self.draft.case(CaseState::Planned, None)
    }
}

/// Plans the case of the report's first letter, and has AWS try it out. Nothing is opened.
///
/// # Errors
/// The letter has blanks or something in it is still charged; the account's plan does not include the API; AWS would refuse it.
pub async fn plan(sdk: &SdkConfig, report: &AppealReport, codes: &Codes) -> Result<Plan> {
    let Some(letter) = report.letters.first() else { return Err(Error::mistake()) };
    if letter.blanks > 0 {
        return Err(Error::usage(Text::new("error-appeal-blanks").count("count", letter.blanks))
            .hint(Text::new("hint-appeal-blanks")));
    }
    if !report.not_ended.is_empty() {
        return Err(Error::usage(Text::new("error-appeal-not-ended")).hint(Text::new("hint-appeal-not-ended")));
    }
    if letter.body.chars().count() > LONGEST {
        return Err(Error::usage(Text::new("error-appeal-long").count("most", LONGEST)));
    }
    let lang = Lang::named(&letter.lang).unwrap_or_default();
    let cx = Cx::home(&report.account.id, sdk);
    let services = support::services(&cx, lang).await?.ok_or_else(no_plan)?;
    let (service, category) = chosen(&services, codes, report.unauthorized)?;
    let draft = Draft { lang, subject: letter.subject.clone(), body: letter.body.clone(), service, category };
    if !support::is_available(&cx, &draft).await? {
        let error =
            Text::new("error-appeal-language").with("language", lang.code()).with("category", &draft.category.name);
        return Err(Error::usage(error).hint(Text::new("hint-appeal-language")));
    }
    support::try_out(&cx, &draft).await?;
    Ok(Plan { draft })
}

/// Opens the approved case.
///
/// # Errors
/// AWS refuses it.
pub async fn open(sdk: &SdkConfig, account: &AccountId, plan: Approved<Plan>) -> Result<Case> {
    let Plan { draft } = plan.into_plan();
    let id = support::open(&Cx::home(account, sdk), &draft).await?;
    Ok(draft.case(CaseState::Opened, Some(id)))
}

/// Which case to read.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    Named(&'a str),
    /// The one that was opened last, if AWS still has it; else the newest about the bill.
    Newest {
        remembered: Option<&'a str>,
    },
}

/// Reads the case.
///
/// # Errors
/// The account's plan does not include the API; there is no such case; it cannot be read.
pub async fn status(sdk: &SdkConfig, account: &AccountId, lang: Lang, wanted: Wanted<'_>) -> Result<Case> {
    let cx = Cx::home(account, sdk);
    let services = support::services(&cx, lang).await?.ok_or_else(no_plan)?;
    let of_bill: Vec<Service> = services.into_iter().filter(|it| fits(&it.code, &it.name, SERVICE)).collect();
    let (first, then) = match wanted {
        Wanted::Named(id) => (Some(id), false),
        Wanted::Newest { remembered } => (remembered, remembered.is_some()),
    };
    let mut case = support::case(&cx, first, &of_bill).await?.ok_or_else(no_plan)?;
    if case.is_none() && then {
        case = support::case(&cx, None, &of_bill).await?.ok_or_else(no_plan)?;
    }
    case.ok_or_else(|| Error::failed(Text::new("error-appeal-no-case")).hint(Text::new("hint-appeal-no-case")))
}

fn no_plan() -> Error {
    Error::usage(Text::new("error-appeal-no-plan")).hint(Text::new("hint-appeal-no-plan"))
}

fn fits(code: &str, name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| code.to_lowercase().contains(word) || name.to_lowercase().contains(word))
}

/// The service and the category of AWS's list: those that the person named, else those whose names fit best.
fn chosen(services: &[Service], codes: &Codes, unauthorized: bool) -> Result<(Choice, Choice)> {
    let listed = || services.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(", ");
    let unfit = |option: &str, listed: String| {
        Error::usage(Text::new("error-appeal-code").with("option", option))
            .hint(Text::new("hint-valid-values").with("values", listed))
    };
    let service = match &codes.service {
        Some(code) => services.iter().find(|it| it.code == *code),
        None => services
            .iter()
            .find(|it| SERVICE.contains(&&*it.code))
            .or_else(|| services.iter().find(|it| fits(&it.code, &it.name, SERVICE))),
    };
    let service = service.ok_or_else(|| unfit("case-service", listed()))?;
    let words = if unauthorized { CATEGORIES_OF_STRANGERS } else { CATEGORIES };
    let best = || words.iter().find_map(|word| service.categories.iter().find(|it| fits(&it.code, &it.name, &[word])));
    let category = match &codes.category {
        Some(code) => service.categories.iter().find(|it| it.code == *code),
        None => best(),
    };
    let of_service = || service.categories.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(", ");
    let category: &Category = category.ok_or_else(|| unfit("case-category", of_service()))?;
    let choice = |code: &str, name: &str| Choice { code: code.to_owned(), name: name.to_owned() };
    Ok((choice(&service.code, &service.name), choice(&category.code, &category.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(code: &str, categories: &[&str]) -> Service {
        let category = |code: &&str| Category { code: (*code).to_owned(), name: code.to_uppercase() };
        Service {
            code: code.to_owned(),
            name: code.to_uppercase(),
            categories: categories.iter().map(category).collect(),
        }
    }

    fn picked(codes: &Codes, unauthorized: bool) -> Result<(String, String), String> {
        let services = [
            service("amazon-s3", &["general"]),
            service("billing", &["payment-issue", "charge-inquiry", "dispute-charge", "other-billing-questions"]),
            service("customer-account", &["security"]),
        ];
        let chosen = chosen(&services, codes, unauthorized);
        chosen
            .map(|(service, category)| (service.code, category.code))
            .map_err(|error| error.hints[0].args[0].1.to_string())
    }

    #[test]
    fn the_codes_are_those_of_awss_list() {
        let pair = |service: &str, category: &str| Ok((service.to_owned(), category.to_owned()));
        assert_eq!(picked(&Codes::default(), false), pair("billing", "dispute-charge"));
        let codes = |service: Option<&str>, category: Option<&str>| Codes {
            service: service.map(str::to_owned),
            category: category.map(str::to_owned),
        };
        assert_eq!(picked(&codes(None, Some("payment-issue")), false), pair("billing", "payment-issue"));
        assert_eq!(picked(&codes(Some("customer-account"), None), true), pair("customer-account", "security"));
        assert_eq!(picked(&codes(Some("nothing"), None), false).unwrap_err(), "amazon-s3, billing, customer-account");
        assert_eq!(picked(&codes(Some("amazon-s3"), None), false).unwrap_err(), "general");
    }
}
