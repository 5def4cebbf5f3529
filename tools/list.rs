//! AWS's bulk price list: an index of regions for each service, and a file for each region. What was read of a file is kept in a
//! folder, and a file that was cut off is fetched from there on, so that a run that ends early is continued by the next.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use guardrail::model::{Region, Sku, Unit};
use guardrail::prices::{Answer, Entry, offers};
use serde::Deserialize;

use super::book::Result;
use super::change::{Answers, unit};

/// How often a file that was cut off is fetched on.
const ATTEMPTS: u32 = 5;

/// Where the list is, and the folder of what was read of it.
pub struct List {
    pub from: String,
    pub folder: PathBuf,
}

#[derive(Deserialize)]
struct Index {
    regions: BTreeMap<String, Place>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    current_version_url: String,
}

/// What the list says of each key of the book, in these regions, or in all that the book has. Nothing is returned of a list that
/// says much less than the book: its layout has changed.
///
/// # Errors
/// A file that cannot be fetched or read.
pub fn read(list: &List, book: &[Entry], regions: &[String], mut told: impl FnMut(&str)) -> Result<Answers> {
    std::fs::create_dir_all(&list.folder)?;
    let mut services: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in book {
        services.entry(&*entry.sku.service).or_default().push(entry);
    }
    let mut answers = Answers::new();
    for (service, entries) in services {
        let known =
            |region: &str| entries.iter().any(|it| it.prices.iter().any(|(known, ..)| known.as_str() == region));
        let wanted: Vec<(Sku, Unit)> =
            entries.iter().filter_map(|it| Some((it.sku.clone(), unit(&it.sku.to_string())?))).collect();
        let Some(index) = list.index(service)? else {
            told(&format!("{service}: the list has no such service; its prices stay as they are"));
            continue;
        };
        for (region, place) in index.regions {
            let asked = if regions.is_empty() { known(&region) } else { regions.contains(&region) };
            if !asked {
                continue;
            }
            let said = list.answers(service, &region, &place.current_version_url, &wanted)?;
            let read = said.values().filter(|it| matches!(it, Answer::Usd(_) | Answer::Bands(_))).count();
            let here = |it: &&&Entry| it.prices.iter().any(|(known, ..)| known.as_str() == region);
            let asked_for = |it: &&&Entry| wanted.iter().any(|(sku, _)| *sku == it.sku);
            let is_asked = |it: &&Entry| guardrail::prices::is_asked(&it.sku);
            let before = entries.iter().filter(|it| is_asked(it)).filter(asked_for).filter(here).count();
            told(&format!("{service} {region}: {read} prices, {before} in the book"));
            if read * 2 < before {
                return Err(format!(
                    "{service} in {region}: {read} prices where the book has {before}; has the layout changed?"
                )
                .into());
            }
            for (key, answer) in said {
                answers.entry(key).or_default().insert(Region::new(region.as_str()), answer);
            }
        }
    }
    Ok(answers)
}

impl List {
    fn index(&self, service: &str) -> Result<Option<Index>> {
        let file = self.folder.join(format!("{service}.index.json"));
        let _ = std::fs::remove_file(&file);
        let address = format!("{}/offers/v1.0/aws/{service}/current/region_index.json", self.from);
        if !fetch(&address, &file)? {
            return Ok(None);
        }
        let index = serde_json::from_reader(BufReader::new(File::open(&file)?));
        index.map(Some).map_err(|error| format!("{service}: the index of regions: {error}").into())
    }

    /// What the file of a region says; from what was read of this version of it, if it was.
    fn answers(
        &self,
        service: &str,
        region: &str,
        address: &str,
        wanted: &[(Sku, Unit)],
    ) -> Result<BTreeMap<String, Answer>> {
        // `/offers/v1.0/aws/AmazonEC2/20261015191300/ap-northeast-1/index.json`
        let version: String = address.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
        let kept = self.folder.join(format!("{version}.answers.json"));
        if let Ok(file) = File::open(&kept) {
            return Ok(serde_json::from_reader(BufReader::new(file))?);
        }
        let file = self.folder.join(format!("{version}.json"));
        let failed = |error: &dyn std::fmt::Display| format!("{service} in {region}: {error}");
        if !fetch(&format!("{}{address}", self.from), &file).map_err(|error| failed(&error))? {
            return Err(failed(&"there is no such file, though the index names it").into());
        }
        let said = offers(BufReader::new(File::open(&file)?), wanted, &Region::new(region));
        let said: BTreeMap<String, Answer> =
            said.map_err(|error| failed(&error))?.into_iter().map(|(sku, answer)| (sku.to_string(), answer)).collect();
        std::fs::write(&kept, serde_json::to_vec(&said)?)?;
        std::fs::remove_file(&file)?;
        Ok(said)
    }
}

/// Fetches a file, or the rest of it; `false` if there is none. A file that is complete is in its place only then.
fn fetch(address: &str, file: &Path) -> Result<bool> {
    if file.is_file() {
        return Ok(true);
    }
    let part = file.with_extension("part");
    let mut said = String::new();
    for _ in 0..ATTEMPTS {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--fail", "--location", "--continue-at", "-", "--output"]).arg(&part);
        let done = curl.args(["--connect-timeout", "20", "--", address]).output()?;
        match done.status.code() {
            Some(0) => {
                std::fs::rename(&part, file)?;
                return Ok(true);
            }
            // AWS answers 403 for what is not there.
            Some(22) if ["403", "404"].iter().any(|code| String::from_utf8_lossy(&done.stderr).contains(code)) => {
                return Ok(false);
            }
            _ => String::from_utf8_lossy(&done.stderr).trim().clone_into(&mut said),
        }
    }
    Err(format!("{address}: {said}").into())
}
