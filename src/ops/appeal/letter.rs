//! The letter, in one language: only what the facts say, and a blank for what they do not.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::known::{Facts, Safeguard};
use super::moment::{Moment, month};
use super::months::Cost;
use super::things::{End, Still, Thing};
use crate::lang::Speech;
use crate::model::appeal::{BLANK, Letter};
use crate::model::service::service_name;
use crate::model::{Source, Usd};

/// The letter of these facts: about one's own mistake, or about unauthorized use.
#[must_use]
pub fn letter(facts: &Facts, speech: &Speech) -> Letter {
    let text = Writing { facts, speech };
    let paragraphs = if facts.unauthorized {
        [
            text.greeting(),
            text.plain("letter-stranger"),
            text.section("letter-how", vec![text.stranger_cause()]),
            text.section("letter-resources", text.resources()),
            text.section("letter-story", text.story()),
            text.section("letter-charges", text.charges()),
            text.section("letter-done", text.secured()),
            text.section("letter-prevention", text.safeguards()),
            text.section("letter-request", text.request("letter-please-stranger", None)),
        ]
        .to_vec()
    } else {
        [
            text.greeting(),
            text.apology(),
            text.section("letter-cause", vec![text.cause()]),
            text.section("letter-resources", text.resources()),
            text.section("letter-story", text.story()),
            text.section("letter-charges", text.charges()),
            text.section("letter-done", text.done()),
            text.section("letter-prevention", text.safeguards()),
            text.section("letter-request", text.request("letter-please", Some(text.first_time()))),
        ]
        .to_vec()
    };
    let body = paragraphs.into_iter().chain([text.plain("letter-more"), text.signature()]);
    Letter::new(speech.lang.code(), text.subject(), body.collect::<Vec<_>>().join("\n\n"))
}

/// The facts, and the language in which they are written.
struct Writing<'a> {
    facts: &'a Facts,
    speech: &'a Speech,
}

impl Writing<'_> {
    fn plain(&self, id: &str) -> String {
        self.speech.plain(id)
    }

    fn with(&self, id: &str, args: &[(&str, String)]) -> String {
        self.speech.with(id, args)
    }

    /// A part that only the person knows: `[… your name]`.
    fn blank(&self, id: &str) -> String {
        format!("{BLANK} {}]", self.speech.plain(id))
    }

    fn item(&self, text: &str) -> String {
        self.with("letter-item", &[("text", text.to_owned())])
    }

    /// A heading and its lines.
    fn section(&self, id: &str, lines: Vec<String>) -> String {
        let heading = self.with("letter-heading", &[("text", self.plain(id))]);
        [heading].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }

    fn subject(&self) -> String {
        let account = self.facts.account.id.to_string();
        let thing = self.main().map_or_else(|| self.blank("blank-thing"), |thing| self.thing(thing));
        let id = match (self.facts.unauthorized, self.facts.things.len() > 1) {
            (true, _) => "letter-subject-stranger",
            (false, true) => "letter-subject-many",
            (false, false) => "letter-subject",
        };
        self.with(id, &[("thing", thing), ("account", account)])
    }

    fn greeting(&self) -> String {
        let args = [("account", self.facts.account.id.to_string()), ("name", self.name())];
        self.with("letter-greeting", &args)
    }

    fn name(&self) -> String {
        let name = self.facts.name.as_ref().map(|name| name.get(self.speech.lang).to_owned());
        name.unwrap_or_else(|| self.blank("blank-name"))
    }

    fn apology(&self) -> String {
        let thing = self.main().map_or_else(|| self.blank("blank-thing"), |thing| self.thing(thing));
        let id = if self.facts.things.len() > 1 { "letter-apology-many" } else { "letter-apology" };
        self.with(id, &[("thing", thing)])
    }

    fn cause(&self) -> String {
        let cause = self.facts.cause.as_ref().map(|cause| cause.get(self.speech.lang).to_owned());
        cause.unwrap_or_else(|| self.blank("blank-cause"))
    }

    fn stranger_cause(&self) -> String {
        let cause = self.facts.cause.as_ref().map(|cause| cause.get(self.speech.lang).to_owned());
        cause.unwrap_or_else(|| self.blank("blank-stranger-cause"))
    }

    fn main(&self) -> Option<&Thing> {
        self.facts.things.first()
    }

    /// The type and the name of a thing.
    fn thing(&self, thing: &Thing) -> String {
        let id = self.facts.own(&thing.id);
        match &thing.names {
            Some(names) => self.with("letter-thing", &[("type", names.get(self.speech.lang).to_owned()), ("id", id)]),
            None => id,
        }
    }

    fn resources(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for thing in &self.facts.things {
            let name = self.thing(thing);
            lines.push(match &thing.region {
                Some(region) => {
                    let args = [("thing", name), ("region", region.to_string())];
                    self.item(&self.with("letter-thing-region", &args))
                }
                None => self.item(&name),
            });
            let arn = thing.arn.as_ref().map(|arn| self.facts.own(arn));
            let charges = (!thing.charges.is_empty()).then(|| self.facts.own(&thing.charges.join(", ")));
            lines.extend(arn.into_iter().chain(charges).map(|text| format!("  {text}")));
        }
        if lines.is_empty() {
            lines.push(self.item(&self.blank("blank-thing")));
        }
        lines
    }

    /// What happened, in the order of time; what has no time stands where it belongs.
    fn story(&self) -> Vec<String> {
        let facts = self.facts;
        let mut events: Vec<(Timestamp, String)> = Vec::new();
        let mut add_as = |order: Timestamp, at: Moment, text: String| {
            let args = [("at", at.written(&facts.zone, self.speech)), ("text", text)];
            events.push((order, self.item(&self.with("letter-event", &args))));
        };
        let mut add = |at: Moment, text: String| add_as(at.order(&facts.zone), at, text);
        for thing in &facts.things {
            let name = || [("thing", self.thing(thing))];
            if let Some((at, _)) = thing.created {
                add(at, self.created(thing));
            }
            if let Some((at, source)) = thing.noticed {
                add(at, self.with(if source == Source::Said { "letter-noticed" } else { "letter-listed" }, &name()));
            }
            if let Some(((at, _), end)) = thing.ended {
                add(at, self.with(ending(end), &name()));
            }
            if thing.still == Still::Gone {
                add(Moment::At(facts.now), self.with("letter-checked-gone", &name()));
            }
        }
        if let Some(regions) = facts.clean {
            add(Moment::At(facts.now), self.with("letter-checked-all", &[("regions", regions.to_string())]));
        }
        for (service, day) in &facts.first_charges {
            let text = self.with("letter-first-charge", &[("service", service_name(service))]);
            add_as(self.created_until(*day), Moment::OnUtc(*day), text);
        }
        events.sort_by_key(|event| event.0);
        let unknown = |missing: bool, id: &str| missing.then(|| self.item(&self.blank(id)));
        let of_all = |known: fn(&Thing) -> bool| !facts.things.is_empty() && facts.things.iter().all(known);
        let began = facts.first_charges.is_empty() && !of_all(|it| it.created.is_some());
        let lines = unknown(began, "blank-created").into_iter().chain(events.into_iter().map(|(_, line)| line));
        let noticed = unknown(!of_all(|it| it.noticed.is_some()), "blank-noticed");
        lines.chain(noticed).chain(unknown(!of_all(|it| it.ended.is_some()), "blank-ended")).collect()
    }

    fn created(&self, thing: &Thing) -> String {
        let name = ("thing", self.thing(thing));
        match (self.facts.unauthorized, self.facts.creator(thing, self.speech)) {
            (true, Some(who)) => self.with("letter-appeared-by", &[name, ("who", who)]),
            (true, None) => self.with("letter-appeared", &[name]),
            (false, _) if self.facts.is_of_caller(thing) => self.with("letter-created-me", &[name]),
            (false, _) => self.with("letter-created", &[name]),
        }
    }

    /// The place of a day's first charge in the order: after what was created on that day.
    fn created_until(&self, day: Date) -> Timestamp {
        let created = self.facts.things.iter().filter_map(|thing| match thing.created {
            Some((Moment::At(at), _)) => Some(at),
            _ => None,
        });
        let of_day = created.filter(|at| at.to_zoned(TimeZone::UTC).date() == day);
        of_day.max().unwrap_or_else(|| Moment::OnUtc(day).order(&self.facts.zone))
    }

    fn charges(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.facts.costs.iter().map(|cost| self.cost(cost)).collect();
        lines.push(match self.facts.total() {
            Some(total) => self.item(&self.with("letter-total", &[("usd", total.grouped())])),
            None => self.item(&self.blank("blank-costs")),
        });
        lines
    }

    fn cost(&self, cost: &Cost) -> String {
        let month = month(&cost.month, self.speech);
        let args = [("month", month), ("service", service_name(&cost.service)), ("usd", cost.usd.grouped())];
        self.item(&match cost.as_of {
            Some(at) => {
                let at = Moment::At(at).written(&TimeZone::UTC, self.speech);
                self.with("letter-cost-so-far", &[&args[..], &[("at", at)]].concat())
            }
            None => self.with("letter-cost", &args),
        })
    }

    /// What was done about the charges.
    fn done(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.facts.things.iter().map(|thing| self.state(thing)).collect();
        if lines.is_empty() {
            lines.push(self.item(&self.blank("blank-done")));
        }
        lines.extend(self.facts.clean.map(|_| self.item(&self.plain("letter-nothing-charged"))));
        lines
    }

    fn state(&self, thing: &Thing) -> String {
        let name = [("thing", self.thing(thing))];
        let said = matches!(thing.ended, Some((_, End::Said)));
        self.item(&match thing.still {
            Still::Gone => self.with("letter-is-gone", &name),
            Still::Charged => self.blank("blank-still-charged"),
            Still::Unknown if said => self.with("letter-said-gone", &name),
            Still::Unknown => self.blank("blank-not-checked"),
        })
    }

    /// What was done about a stranger: only what IAM says; the rest is the person's to say.
    fn secured(&self) -> Vec<String> {
        let keys = self.facts.keys.as_ref();
        let noticed = self.facts.things.iter().filter_map(|thing| match thing.noticed {
            Some((Moment::At(at), _)) => Some(at),
            _ => None,
        });
        let noticed = noticed.min();
        let sure = |holds: bool, said: &str, blank: &str| if holds { self.plain(said) } else { self.blank(blank) };
        let rotated = keys.zip(noticed).is_some_and(|(keys, at)| keys.newer_than(at));
        let none = keys.is_some_and(|keys| keys.active.is_empty());
        let rotated = if none { self.plain("letter-no-keys") } else { sure(rotated, "letter-keys-new", "blank-keys") };
        let mfa = sure(keys.is_some_and(|keys| keys.root_mfa), "letter-root-mfa", "blank-root-mfa");
        let root = sure(keys.is_some_and(|keys| !keys.root_keys), "letter-root-no-keys", "blank-root-keys");
        let lines = [rotated, root, mfa, self.blank("blank-password"), self.blank("blank-cloudtrail")];
        lines.iter().map(|text| self.item(text)).chain(self.done()).collect()
    }

    fn safeguards(&self) -> Vec<String> {
        let known = |guard: &Safeguard| match guarding(&guard.id) {
            Some(id) => self.item(&self.plain(id)),
            None => self.item(guard.names.get(self.speech.lang)),
        };
        let stands: Vec<String> = self.facts.safeguards.iter().map(known).collect();
        if stands.is_empty() { vec![self.item(&self.blank("blank-safeguards"))] } else { stands }
    }

    fn request(&self, id: &str, first_time: Option<String>) -> Vec<String> {
        let usd = self.facts.total().map_or_else(|| self.blank("blank-amount"), Usd::grouped);
        let lines = [Some(self.with(id, &[("usd", usd)])), first_time, Some(self.plain("letter-decision"))];
        lines.into_iter().flatten().collect()
    }

    fn first_time(&self) -> String {
        match self.facts.first_time {
            Some(true) => self.plain("letter-first-time"),
            Some(false) => self.blank("blank-earlier"),
            None => self.blank("blank-first-time"),
        }
    }

    fn signature(&self) -> String {
        self.with("letter-signature", &[("name", self.name()), ("account", self.facts.account.id.to_string())])
    }
}

/// What a safeguard does, in words for AWS Support.
fn guarding(id: &str) -> Option<&'static str> {
    Some(match id {
        "billing-alerts" => "letter-guard-billing-alerts",
        "notification-topic" => "letter-guard-topic",
        "billing-alarm" => "letter-guard-alarm",
        "zero-spend-budget" => "letter-guard-zero-spend",
        "monthly-budget" => "letter-guard-monthly",
        "free-tier-budgets" => "letter-guard-free-tier",
        "anomaly-detection" => "letter-guard-anomaly",
        "budget-action" => "letter-guard-action",
        "trail" => "letter-guard-trail",
        _ => return None,
    })
}

const fn ending(end: End) -> &'static str {
    match end {
        End::Deleted | End::Said => "letter-deleted",
        End::Stopped => "letter-stopped",
        End::Gone => "letter-gone",
    }
}

#[cfg(test)]
mod tests;
