//! AWS's bulk price list: the file of a service in a region, read as a stream, because that of EC2 has hundreds of megabytes.
//! Only the products that an entry takes are kept.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Value, json};

use super::document::{self, Answer};
use super::query::Query;
use crate::model::{Region, Sku, Unit};

/// Reads the answers for entries of a service from its file of a region. Reserved terms are passed over.
///
/// # Errors
/// A file that ends too early, or is not of AWS's layout: `products` by their number, then `terms` by the same number.
pub fn offers(file: impl Read, entries: &[(Sku, Unit)], region: &Region) -> serde_json::Result<BTreeMap<Sku, Answer>> {
    let queries = entries.iter().filter_map(|(sku, unit)| Some((sku, Query::of(sku, *unit, region)?)));
    let queries = Queries::of(queries.collect());
    let mut file = serde_json::Deserializer::from_reader(file);
    let found = TopLevel(&queries).deserialize(&mut file)?;
    file.end()?;
    let answer = |(index, (sku, query)): (usize, &(&Sku, Query))| {
        let documents = found.get(&index)?;
        Some(((*sku).clone(), document::answer(query, documents.iter().map(String::as_str))))
    };
    Ok(queries.all.iter().enumerate().filter_map(answer).collect())
}

/// The queries, those of a class of instance by that class: a file has a hundred thousand products.
struct Queries<'a> {
    all: Vec<(&'a Sku, Query)>,
    by_class: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl<'a> Queries<'a> {
    fn of(all: Vec<(&'a Sku, Query)>) -> Self {
        let (mut by_class, mut others) = (HashMap::<String, Vec<usize>>::new(), Vec::new());
        for (index, (_, query)) in all.iter().enumerate() {
            match query.equal.get("instanceType") {
                Some(class) => by_class.entry(class.to_ascii_lowercase()).or_default().push(index),
                None => others.push(index),
            }
        }
        Self { all, by_class, others }
    }

    fn taking(&self, product: &Product) -> Vec<usize> {
        let class = product.attributes.get("instanceType").map(|class| class.to_ascii_lowercase());
        let of_class = class.and_then(|class| self.by_class.get(&class)).into_iter().flatten();
        let takes = |index: &&usize| {
            self.all.get(**index).is_some_and(|(_, query)| query.takes(&product.family, &product.attributes))
        };
        of_class.chain(&self.others).filter(takes).copied().collect()
    }
}

#[derive(Deserialize)]
struct Product {
    #[serde(default, rename = "productFamily")]
    family: String,
    attributes: BTreeMap<String, String>,
}

/// The documents for each query, in the form of the query API.
type Found = HashMap<usize, Vec<String>>;

/// A product that is taken: its document without the terms, and the queries that take it.
type Taken = HashMap<String, (Value, Vec<usize>)>;

struct TopLevel<'a>(&'a Queries<'a>);

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, file: D) -> Result<Found, D::Error> {
        file.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a price list of a service")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let (mut taken, mut found) = (None, None);
        while let Some(name) = map.next_key::<String>()? {
            match (name.as_str(), &taken) {
                ("products", _) => taken = Some(map.next_value_seed(Products(self.0))?),
                ("terms", Some(taken)) => found = Some(map.next_value_seed(Terms(taken))?),
                ("terms", None) => return Err(A::Error::custom("the terms come before the products")),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        match (taken, found) {
            (Some(_), Some(found)) => Ok(found),
            (None, _) => Err(A::Error::custom("there are no products")),
            (_, None) => Err(A::Error::custom("there are no terms")),
        }
    }
}

struct Products<'a>(&'a Queries<'a>);

impl<'de> DeserializeSeed<'de> for Products<'_> {
    type Value = Taken;

    fn deserialize<D: Deserializer<'de>>(self, products: D) -> Result<Taken, D::Error> {
        products.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Products<'_> {
    type Value = Taken;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("products by their number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Taken, A::Error> {
        let mut taken = Taken::new();
        while let Some((sku, product)) = map.next_entry::<String, Product>()? {
            let queries = self.0.taking(&product);
            if !queries.is_empty() {
                let product = json!({ "productFamily": product.family, "attributes": product.attributes });
                taken.insert(sku, (product, queries));
            }
        }
        Ok(taken)
    }
}

struct Terms<'a>(&'a Taken);

impl<'de> DeserializeSeed<'de> for Terms<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, terms: D) -> Result<Found, D::Error> {
        terms.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Terms<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("terms by their kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = None;
        while let Some(kind) = map.next_key::<String>()? {
            if kind == "OnDemand" {
                found = Some(map.next_value_seed(OnDemand(self.0))?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        found.ok_or_else(|| A::Error::custom("there are no on-demand terms"))
    }
}

struct OnDemand<'a>(&'a Taken);

impl<'de> DeserializeSeed<'de> for OnDemand<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, terms: D) -> Result<Found, D::Error> {
        terms.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OnDemand<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("terms by the number of their product")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = Found::new();
        while let Some(sku) = map.next_key::<String>()? {
            let Some((product, queries)) = self.0.get(&sku) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let terms: Value = map.next_value()?;
            let document = json!({ "product": product, "terms": { "OnDemand": terms } }).to_string();
            for query in queries {
                found.entry(*query).or_default().push(document.clone());
            }
        }
        Ok(found)
    }
}
