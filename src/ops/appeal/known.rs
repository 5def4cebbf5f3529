//! Everything that a letter may say, and the same as a list of facts with their sources.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::moment::{Moment, offset};
use super::months::Cost;
use super::own::own_only;
use super::things::{Known, Still, Thing};
use crate::aws::keys::Keys;
use crate::model::appeal::Fact;
use crate::model::service::service_name;
use crate::model::{Account, Lang, Source, Usd, Words};

/// What is known about an account, for the letters.
#[derive(Debug, Clone)]
pub struct Facts {
    pub account: Account,
    pub now: Timestamp,
    /// The ARN of the identity that writes the letter.
    pub caller: Option<String>,
    pub zone: TimeZone,
    pub unauthorized: bool,
    pub name: Option<Words>,
    pub cause: Option<Words>,
    pub first_time: Option<bool>,
    /// The most expensive first.
    pub things: Vec<Thing>,
    /// Of the things' services, by month.
    pub costs: Vec<Cost>,
    /// Service and the UTC day of its first charge.
    pub first_charges: Vec<(String, Date)>,
    /// How many regions the sweep of now covered, if it looked everywhere and found nothing that is charged by mistake.
    pub clean: Option<usize>,
    /// The safeguards that stand, as the check of now proves.
    pub safeguards: Vec<Safeguard>,
    /// For unauthorized use.
    pub keys: Option<Keys>,
}

/// A safeguard that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safeguard {
    pub id: String,
    pub names: Words,
}

impl Facts {
    /// The sum of the costs; `None` without any.
    #[must_use]
    pub fn total(&self) -> Option<Usd> {
        (!self.costs.is_empty()).then(|| self.costs.iter().map(|cost| cost.usd).sum::<Usd>().monthly())
    }

    /// The list of facts for letters in these languages.
    #[must_use]
    pub fn list(&self, langs: &[Lang]) -> Vec<Fact> {
        let mut list = List(Vec::new());
        list.add("account", None, self.account.id.to_string(), Source::Account);
        list.add("made-at", None, self.now.to_string(), Source::Computer);
        // Daylight saving time may give a letter two offsets.
        let mut offsets: Vec<String> = self.moments().filter_map(|at| offset(at, &self.zone)).collect();
        offsets.sort();
        offsets.dedup();
        for name in offsets {
            list.add("time-zone", None, name, Source::Computer);
        }
        for lang in langs {
            list.said("name", self.name.as_ref(), *lang);
            list.said("cause", self.cause.as_ref(), *lang);
        }
        if let Some(first) = self.first_time {
            list.add("first-time", None, first.to_string(), Source::Said);
        }
        for thing in &self.things {
            self.about(thing, langs, &mut list);
        }
        for (service, day) in &self.first_charges {
            list.add("first-charge", Some(service_name(service)), day.to_string(), Source::Metric);
        }
        for cost in &self.costs {
            let about = Some(format!("{} {}", cost.month, service_name(&cost.service)));
            list.add("cost", about.clone(), cost.usd.to_string(), cost.source);
            if let Some(at) = cost.as_of {
                list.add("as-of", about, at.to_string(), cost.source);
            }
        }
        if let Some(total) = self.total() {
            list.add("total", None, total.to_string(), Source::Sum);
        }
        if let Some(regions) = self.clean {
            list.add("regions", None, regions.to_string(), Source::Sweep);
        }
        for safeguard in &self.safeguards {
            for lang in langs {
                list.add("safeguard", None, safeguard.names.get(*lang).to_owned(), Source::Check);
            }
        }
        if let Some(keys) = &self.keys {
            list.add("root-mfa", None, keys.root_mfa.to_string(), Source::Iam);
            list.add("root-keys", None, keys.root_keys.to_string(), Source::Iam);
            list.add("active-keys", None, keys.active.len().to_string(), Source::Iam);
        }
        list.0
    }

    fn about(&self, thing: &Thing, langs: &[Lang], list: &mut List) {
        let about = Some(self.own(&thing.id));
        for lang in langs {
            let kind = thing.names.as_ref().map(|names| names.get(*lang).to_owned());
            let source = if thing.key.is_empty() { Source::Said } else { seen(thing) };
            list.add("thing", about.clone(), kind.unwrap_or_else(|| self.own(&thing.id)), source);
        }
        if let Some(region) = &thing.region {
            list.add("region", about.clone(), region.to_string(), seen(thing));
        }
        if let Some(arn) = &thing.arn {
            list.add("arn", about.clone(), self.own(arn), seen(thing));
        }
        if !thing.charges.is_empty() {
            list.add("charges", about.clone(), self.own(&thing.charges.join(", ")), seen(thing));
        }
        let mut when = |id: &str, known: Option<Known>| {
            if let Some((at, source)) = known {
                list.add(id, about.clone(), at.value(), source);
            }
        };
        when("created", thing.created);
        when("noticed", thing.noticed);
        when("ended", thing.ended.map(|(known, _)| known));
        list.0.extend(self.of_creator(thing));
        let still = match thing.still {
            Still::Gone => "gone",
            Still::Charged => "charged",
            Still::Unknown => "unknown",
        };
        if !thing.key.is_empty() {
            list.add("now", about, still.to_owned(), Source::Sweep);
        }
    }

    /// Without the numbers of other accounts.
    #[must_use]
    pub fn own(&self, text: &str) -> String {
        own_only(text, &self.account.id)
    }

    /// Every moment that a letter may write in local time.
    fn moments(&self) -> impl Iterator<Item = Timestamp> {
        let of_things = self.things.iter().flat_map(|thing| {
            let known = [thing.created, thing.noticed, thing.ended.map(|(known, _)| known)];
            known.into_iter().flatten().flat_map(|(at, _)| match at {
                Moment::At(at) => vec![at],
                Moment::Between(from, to) => vec![from, to],
                Moment::On(_) | Moment::OnUtc(_) => Vec::new(),
            })
        });
        of_things.chain(self.costs.iter().filter_map(|cost| cost.as_of)).chain([self.now])
    }
}

/// The sweep of now, if it still finds the thing.
fn seen(thing: &Thing) -> Source {
    if thing.still == Still::Charged { Source::Sweep } else { Source::History }
}

struct List(Vec<Fact>);

impl List {
    /// Each once: two languages may have the same word.
    fn add(&mut self, id: &str, about: Option<String>, value: String, source: Source) {
        let fact = Fact { id: id.to_owned(), about, value, source };
        if !self.0.contains(&fact) {
            self.0.push(fact);
        }
    }

    fn said(&mut self, id: &str, words: Option<&Words>, lang: Lang) {
        if let Some(words) = words {
            self.add(id, None, words.get(lang).to_owned(), Source::Said);
        }
    }
}
