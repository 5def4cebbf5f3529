//! The things that a person chooses to stop or delete: by type, id, ARN, key, region or tag, or from a report.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::model::{Finding, Region, Text};
use crate::resources::{self, chosen, matches};

/// One thing or several that a word of the command line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it was written.
    pub word: String,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Types(Vec<String>),
    /// An id or a name, in which `*` stands for anything.
    Thing(Vec<String>, String),
    Arn(String),
    Key(String),
}

/// The choice of a run; empty lists mean no restriction.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub names: Vec<Name>,
    pub all: bool,
    pub regions: Vec<Region>,
    /// Tags that a thing must have; without a value, the key is enough.
    pub tags: Vec<(String, Option<String>)>,
    /// The findings of a report by key, with their creation times.
    pub from: Option<BTreeMap<String, Option<Timestamp>>>,
}

impl Name {
    /// Parses `ec2-instance`, `rds-*`, `databases`, `ec2-instance:i-1`, an ARN, or a finding's key.
    ///
    /// # Errors
    /// There is no such type.
    pub fn parse(word: &str) -> Result<Self> {
        let named = |what| Ok(Self { word: word.to_owned(), what });
        if word.starts_with("arn:") {
            return named(What::Arn(word.to_owned()));
        }
        if let Some((account, rest)) = word.split_once('/')
            && account.len() == 12
            && account.bytes().all(|digit| digit.is_ascii_digit())
            && rest.split('/').count() >= 3
        {
            return named(What::Key(word.to_owned()));
        }
        match word.split_once(':') {
            Some((kind, id)) if !id.is_empty() => named(What::Thing(chosen(&[kind.to_owned()])?, id.to_owned())),
            _ => named(What::Types(chosen(&[word.trim_end_matches(':').to_owned()])?)),
        }
    }

    /// Whether it names one thing, and not whatever there is of a kind.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match &self.what {
            What::Types(_) => false,
            What::Thing(_, id) => !id.contains('*'),
            What::Arn(_) | What::Key(_) => true,
        }
    }

    #[must_use]
    pub fn names(&self, it: &Finding) -> bool {
        match &self.what {
            What::Types(types) => types.contains(&it.resource),
            What::Thing(types, id) => {
                let called = [Some(&it.id), it.name.as_ref(), it.arn.as_ref()];
                types.contains(&it.resource) && called.into_iter().flatten().any(|text| matches(id, text))
            }
            What::Arn(arn) => it.arn.as_ref() == Some(arn) || it.id == *arn || is_arn_of(arn, it),
            What::Key(key) => it.key == *key,
        }
    }

    /// The types that it can mean; `None` means any.
    fn types(&self) -> Option<Vec<String>> {
        match &self.what {
            What::Types(types) | What::Thing(types, _) => Some(types.clone()),
            What::Key(key) => Some(vec![key.split('/').nth(2)?.to_owned()]),
            What::Arn(arn) => {
                let service = arn.split(':').nth(2)?;
                let of_service = |action: &&str| action.split_once(':').is_some_and(|(prefix, _)| prefix == service);
                let types = resources::ALL.iter().filter(|it| it.reads().iter().any(of_service));
                let types: Vec<String> = types.map(|it| it.id.to_owned()).collect();
                (!types.is_empty()).then_some(types)
            }
        }
    }

    fn region(&self) -> Option<Region> {
        let region = match &self.what {
            What::Arn(arn) => arn.split(':').nth(3)?,
            What::Key(key) => key.split('/').nth(1)?,
            What::Types(_) | What::Thing(..) => return None,
        };
        (!region.is_empty()).then(|| Region::new(region))
    }
}

/// Many types list no ARN: then the ARN ends with the id, and begins with the place.
fn is_arn_of(arn: &str, it: &Finding) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, _, region, account, resource] = parts[..] else { return false };
    let place =
        (region.is_empty() || region == it.region.as_str()) && (account.is_empty() || account == it.account.as_str());
    let last = resource.rsplit(['/', ':']).next();
    it.arn.is_none() && place && !it.id.is_empty() && last == Some(&*it.id)
}

impl Choice {
    /// Whether the person has chosen anything: a region alone is no choice.
    #[must_use]
    pub fn is_made(&self) -> bool {
        self.all || !self.names.is_empty() || !self.tags.is_empty() || self.from.is_some()
    }

    /// The types to list: those that can be meant, and the owners of such. Empty means all.
    #[must_use]
    pub fn types(&self) -> Vec<String> {
        let of_names = self.names.iter().map(Name::types);
        let of_report =
            self.from.iter().flat_map(BTreeMap::keys).map(|key| Some(vec![key.split('/').nth(2)?.to_owned()]));
        let narrowed = !self.names.is_empty() || self.from.is_some();
        let types: Option<Vec<Vec<String>>> = of_names.chain(of_report).collect();
        let Some(types) = types.filter(|_| narrowed && !self.all) else { return Vec::new() };
        let mut types: BTreeSet<String> = types.into_iter().flatten().collect();
        loop {
            let owners = resources::ALL.iter().filter(|it| it.owns.iter().any(|owned| types.contains(*owned)));
            let owners: Vec<String> = owners.map(|it| it.id.to_owned()).filter(|id| !types.contains(id)).collect();
            if owners.is_empty() {
                return types.into_iter().filter(|id| resources::find(id).is_some()).collect();
            }
            types.extend(owners);
        }
    }

    /// The regions to list; empty means all.
    #[must_use]
    pub fn places(&self) -> Vec<Region> {
        if !self.regions.is_empty() || self.all {
            return self.regions.clone();
        }
        let of_names = self.names.iter().map(Name::region);
        let of_report = self.from.iter().flat_map(BTreeMap::keys).map(|key| key.split('/').nth(1).map(Region::new));
        let places: Option<BTreeSet<Region>> = of_names.chain(of_report).collect();
        // A thing that is global in AWS is listed under a region of its own.
        places.map(|places| places.into_iter().collect()).unwrap_or_default()
    }

    #[must_use]
    pub fn takes(&self, it: &Finding) -> bool {
        let named = self.names.is_empty() || self.names.iter().any(|name| name.names(it));
        let tag = |(key, value): &(String, Option<String>)| {
            it.tags.get(key).is_some_and(|has| value.as_ref().is_none_or(|value| value == has))
        };
        let of_report = self.from.as_ref().is_none_or(|keys| keys.contains_key(&it.key));
        let here = self.regions.is_empty() || self.regions.contains(&it.region);
        named && self.tags.iter().all(tag) && of_report && here
    }

    /// Whether a word names exactly this thing.
    #[must_use]
    pub fn names_exactly(&self, it: &Finding) -> bool {
        self.names.iter().any(|name| name.is_exact() && name.names(it))
    }

    /// Parses `key=value` or `key`.
    #[must_use]
    pub fn tag(text: &str) -> (String, Option<String>) {
        match text.split_once('=') {
            Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
            None => (text.to_owned(), None),
        }
    }
}

/// The error for a word that names nothing of the account.
#[must_use]
pub fn nowhere(word: &str) -> Error {
    Error::usage(Text::new("error-not-in-accounts").with("name", word)).hint(Text::new("hint-not-in-account"))
}

/// A word that names nothing in the account, with what there is of its type.
pub fn not_found(name: &Name, findings: &[Finding]) -> Error {
    let error = Error::usage(Text::new("error-not-in-account").with("name", &name.word));
    let alike = findings.iter().filter(|it| name.types().is_none_or(|types| types.contains(&it.resource)));
    let ids: Vec<String> = alike.map(|it| format!("{}:{}", it.resource, it.id)).take(4).collect();
    let error = error.hint(Text::new("hint-not-in-account"));
    if ids.is_empty() { error } else { error.hint(Text::new("hint-of-that-type").with("names", ids.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(resource: &str, id: &str) -> Finding {
        Finding { resource: resource.to_owned(), ..Finding::new(id) }
    }

    fn named(words: &[&str]) -> Choice {
        let names = words.iter().map(|word| Name::parse(word).unwrap()).collect();
        Choice { names, ..Choice::default() }
    }

    #[test]
    fn a_word_names_a_type_a_thing_an_arn_or_a_key() {
        let instance = finding("ec2-instance", "i-1");
        let key = "000000000000/us-east-1/ec2-instance/i-1";
        let keyed = Finding { key: key.to_owned(), ..instance.clone() };
        for (word, takes) in [
            ("ec2-instance", true),
            ("ec2-*", true),
            ("ec2", true),
            ("databases", false),
            ("ec2-instance:i-1", true),
            ("ec2-instance:i-*", true),
            ("ec2-instance:i-2", false),
            ("arn:aws:ec2:us-east-1:000000000000:instance/i-1", true),
            ("arn:aws:ec2:eu-west-1:000000000000:instance/i-1", false),
            ("arn:aws:ec2:us-east-1:000000000001:instance/i-1", false),
            (key, true),
            ("000000000000/us-east-1/ec2-instance/i-2", false),
        ] {
            assert_eq!(named(&[word]).takes(&keyed), takes, "{word}");
        }
        assert!(Name::parse("ec2-instanze:i-1").is_err());
        let exact = |word: &str| Name::parse(word).unwrap().is_exact();
        assert_eq!(["ec2", "ec2-volume:v*", "ec2-volume:v", key].map(exact), [false, false, true, true]);
    }

    #[test]
    fn only_what_the_choice_needs_is_listed() {
        let volumes = named(&["ec2-volume:vol-1"]).types();
        assert!(volumes.contains(&"ec2-instance".to_owned()) && volumes.contains(&"auto-scaling-group".to_owned()));
        assert!(!volumes.contains(&"rds-instance".to_owned()));
        assert_eq!(named(&["ec2-nat-gateway"]).types(), ["ec2-nat-gateway"]);
        assert_eq!(Choice { all: true, ..named(&["ec2-nat-gateway"]) }.types(), Vec::<String>::new());
        assert_eq!(named(&["arn:aws:ec2:eu-west-1:1:natgateway/n"]).places(), [Region::new("eu-west-1")]);
        assert_eq!(named(&["ec2-volume"]).places(), []);
        let here = Choice { regions: vec![Region::new("eu-west-2")], ..named(&["ec2-volume"]) };
        assert_eq!(here.places(), [Region::new("eu-west-2")]);
        assert!(!here.takes(&finding("ec2-volume", "v")));
    }

    #[test]
    fn a_tag_narrows_and_a_region_alone_is_no_choice() {
        let tagged = |key: &str, value: &str| {
            let tags = BTreeMap::from([(key.to_owned(), value.to_owned())]);
            Finding { tags, ..finding("ec2-volume", "v") }
        };
        let choice = |tag: &str| Choice { tags: vec![Choice::tag(tag)], ..Choice::default() };
        assert!(choice("course=ml").takes(&tagged("course", "ml")) && choice("course").takes(&tagged("course", "x")));
        assert!(!choice("course=ml").takes(&tagged("course", "x")) && !choice("course").takes(&tagged("other", "ml")));
        assert!(choice("course").is_made());
        assert!(!Choice { regions: vec![Region::home()], ..Choice::default() }.is_made());
    }
}
