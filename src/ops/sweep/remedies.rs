//! How a finding can be ended: the calls of its commands, and what they lose, leave and save.

use std::collections::BTreeMap;

use crate::aws::remedy::steps;
use crate::model::{
    Charge, Command, Finding, Listed, Loss, Note, Owner, Region, Remains, Remedy, Step, Takes, Unit, Usd, Verb,
};

const INSTANCE: &str = "ec2-instance";

/// The notes that say what an action loses.
const LOSES: &[(Verb, &str, Loss)] = &[
    (Verb::Delete, "deletes-data", Loss::Data),
    (Verb::Delete, "instance-store", Loss::Data),
    (Verb::Delete, "locks-data", Loss::Keys),
    (Verb::Delete, "number-lost", Loss::Number),
    (Verb::Stop, "stop-loses-backups", Loss::Backups),
];

/// The notes that say what is still charged after an action.
const LEAVES: &[(Verb, &str, Remains)] = &[
    (Verb::Delete, "address-stays", Remains::Address),
    (Verb::Delete, "static-ip-stays", Remains::Address),
    (Verb::Delete, "data-stays", Remains::Storage),
    (Verb::Delete, "last-backup", Remains::LastBackup),
    (Verb::Delete, "kubernetes-leftovers", Remains::Leftovers),
    (Verb::Stop, "extended-support", Remains::ExtendedSupport),
    (Verb::Stop, "extended-support-third-year", Remains::ExtendedSupport),
];

/// The notes that say that AWS undoes a stop.
const COMES_BACK: [&str; 2] = ["restarts-by-itself", "restarts-by-itself-week"];

/// The remedies of a thing whose charges are priced, in the order of its verbs. A verb whose command is not shown has none.
pub(super) fn remedies(listed: &Listed) -> Vec<Remedy> {
    let command = |verb: &Verb| Some((*verb, listed.commands.get(verb)?));
    listed.can.iter().filter_map(command).filter_map(|(verb, command)| remedy(listed, verb, command)).collect()
}

/// A part of a saving: the known charges of a thing, and whether there are others.
#[derive(Default, Clone, Copy)]
struct Part {
    known: Option<Usd>,
    open: bool,
}

impl Part {
    fn of(finding: &Finding) -> Self {
        let open = finding.charges.iter().any(|charge| charge.usd_per_month.is_none());
        Self { known: finding.usd_per_month, open }
    }

    fn and(self, other: Self) -> Self {
        let known = Usd::checked_sum(self.known.into_iter().chain(other.known));
        let lost = known.is_none() && (self.known.is_some() || other.known.is_some());
        let known = known.filter(|_| self.known.is_some() || other.known.is_some());
        Self { known, open: self.open || other.open || lost }
    }

    fn add_to(self, remedy: &mut Remedy) {
        let all = Self { known: remedy.usd_per_month_saved, open: remedy.at_least }.and(self);
        (remedy.usd_per_month_saved, remedy.at_least) = (all.known.map(Usd::monthly), all.open);
    }
}

/// Adds what goes with a thing to what its remedies save: an instance's disks and addresses that AWS deletes or releases with it,
/// and everything of an owner.
pub(super) fn count_others(findings: &mut [Finding]) {
    let mut attached: BTreeMap<(Region, String, Verb), Part> = BTreeMap::new();
    let mut owned: BTreeMap<(Region, String, String), Part> = BTreeMap::new();
    for finding in findings.iter() {
        let has = |id: &str| finding.notes.iter().any(|note| note.id() == id);
        let to = finding.notes.iter().filter(|note| note.id() == "attached-to").find_map(Note::value);
        let verbs: &[Verb] = match (has("released-with-instance"), has("deleted-with-instance")) {
            (true, _) => &[Verb::Stop, Verb::Delete],
            (_, true) => &[Verb::Delete],
            _ => &[],
        };
        for (to, verb) in to.into_iter().flat_map(|to| verbs.iter().map(move |verb| (to, *verb))) {
            let part = attached.entry((finding.region.clone(), to.to_owned(), verb)).or_default();
            *part = part.and(Part::of(finding));
        }
        if let Some(owner) = &finding.owner {
            let part = owned.entry((finding.region.clone(), owner.resource.clone(), owner.id.clone())).or_default();
            *part = part.and(Part::of(finding));
        }
    }
    for finding in findings.iter_mut() {
        if finding.resource == INSTANCE {
            for remedy in &mut finding.remedies {
                let key = (finding.region.clone(), finding.id.clone(), remedy.verb);
                attached.get(&key).copied().unwrap_or_default().add_to(remedy);
            }
        }
        if let Some(owner) = &mut finding.owner
            && let Some(remedy) = &mut owner.remedy
        {
            let key = (finding.region.clone(), owner.resource.clone(), owner.id.clone());
            owned.get(&key).copied().unwrap_or_default().add_to(remedy);
        }
    }
}

/// The owner with the remedy of its command.
pub(super) fn of_owner(owner: Owner) -> Owner {
    let steps = owner.command.as_ref().and_then(steps);
    let remedy = steps.map(|steps| {
        Box::new(Remedy {
            verb: Verb::Delete,
            steps,
            reversible: false,
            loses: Vec::new(),
            keeps_costing: Vec::new(),
            comes_back: None,
            takes: Takes::Minutes,
            usd_per_month_saved: None,
            at_least: false,
        })
    });
    Owner { remedy, ..owner }
}

fn remedy(listed: &Listed, verb: Verb, command: &Command) -> Option<Remedy> {
    let steps = steps(command)?;
    let has = |id: &str| listed.notes.iter().any(|note| note.id() == id);
    let noted = LOSES.iter().filter(|(of, id, _)| *of == verb && has(id)).map(|(.., loss)| *loss);
    let own = if verb == Verb::Delete { &listed.loses } else { &listed.stop_loses };
    let leaves = LEAVES.iter().filter(|(of, id, _)| *of == verb && has(id)).map(|(.., remains)| *remains);
    let stays = listed.charges.iter().filter_map(|charge| stays(charge, verb));
    let last_backup = steps.iter().any(makes_backup).then_some(Remains::LastBackup);
    let ending: Vec<&Charge> = listed.charges.iter().filter(|charge| self::stays(charge, verb).is_none()).collect();
    let known: Vec<Usd> = ending.iter().filter_map(|charge| charge.usd_per_month).collect();
    let comes_back = listed.notes.iter().find(|note| verb == Verb::Stop && COMES_BACK.contains(&note.id()));
    Some(Remedy {
        verb,
        reversible: verb == Verb::Stop || listed.undoable,
        loses: sorted(noted.chain(own.iter().copied())),
        keeps_costing: sorted(leaves.chain(stays).chain(last_backup)),
        comes_back: comes_back.cloned(),
        takes: takes(listed, verb, &steps),
        usd_per_month_saved: Usd::checked_sum(known.iter().copied()).filter(|_| !known.is_empty()).map(Usd::monthly),
        at_least: known.len() < ending.len(),
        steps,
    })
}

/// What a charge is after the action; `None` if it ends. A deletion ends every charge, a stop those by the hour.
fn stays(charge: &Charge, verb: Verb) -> Option<Remains> {
    match charge.unit {
        _ if verb == Verb::Delete => None,
        Unit::Hour => charge.outlasts_stop.then_some(Remains::ExtendedSupport),
        Unit::Month => Some(Remains::Term),
        Unit::GbMonth | Unit::IopsMonth | Unit::MibpsMonth => Some(Remains::Storage),
    }
}

/// AWS takes minutes to end what runs, if its type does not say otherwise, and settings change at once.
fn takes(listed: &Listed, verb: Verb, steps: &[Step]) -> Takes {
    let runs = listed.charges.iter().any(|charge| charge.unit == Unit::Hour);
    let waits = steps.iter().any(|step| step.until.is_some());
    let usual = if runs || waits { Takes::Minutes } else { Takes::Seconds };
    listed.deleted_in.filter(|_| verb == Verb::Delete).unwrap_or(usual)
}

/// Whether a step makes a last backup, by the members of its request.
fn makes_backup(step: &Step) -> bool {
    step.input.iter().any(|(member, value)| {
        let member = member.to_lowercase();
        member.starts_with("final") && member.contains("snapshot") || member == "skipsnapshot" && value == false
    })
}

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sku;

    fn database() -> Listed {
        let hour = Charge::hourly("db.t3.micro", Sku::new("AmazonRDS"), 1).with_price(Usd(rust_decimal::dec!(0.1)));
        let storage = Charge::storage("gp2", Sku::new("AmazonRDS"), 20);
        let extra = Charge::hourly("extended support", Sku::new("AmazonRDS"), 1).outlasting_a_stop();
        let charges = [hour, storage, extra]
            .into_iter()
            .map(|it| Charge { usd_per_month: it.usd_per_unit.map(|usd| usd * rust_decimal::dec!(730)), ..it });
        let stop = Command::aws("rds stop-db-instance --db-instance-identifier").arg("study");
        let delete = Command::aws("rds delete-db-instance --db-instance-identifier").arg("study");
        let delete = delete.words("--final-db-snapshot-identifier").arg("study-final");
        let listed = Listed { charges: charges.collect(), ..Listed::new("study") };
        let listed = listed.note(Note::new("restarts-by-itself-week")).note(Note::new("extended-support"));
        listed.loses(Loss::Backups).deleted_in(Takes::UpToAnHour).can(Verb::Stop, stop).can(Verb::Delete, delete)
    }

    #[test]
    fn a_stop_saves_the_hours_and_leaves_the_storage() {
        let all = remedies(&database());
        let [stop, delete] = &all[..] else { panic!("{all:?}") };
        assert_eq!(stop.usd_per_month_saved.map(|usd| usd.to_string()).as_deref(), Some("73.00"));
        assert_eq!(stop.keeps_costing, [Remains::Storage, Remains::ExtendedSupport]);
        assert_eq!((stop.reversible, stop.at_least, stop.takes), (true, false, Takes::Minutes));
        assert_eq!(stop.comes_back.as_ref().map(Note::id), Some("restarts-by-itself-week"));
        // The prices of the storage and the extra are unknown.
        assert_eq!((delete.at_least, delete.takes), (true, Takes::UpToAnHour));
        assert_eq!((&delete.loses[..], &delete.keeps_costing[..]), (&[Loss::Backups][..], &[Remains::LastBackup][..]));
        assert_eq!((delete.reversible, delete.comes_back.is_none()), (false, true));
    }

    #[test]
    fn what_is_unknown_is_not_zero() {
        let volume = Listed::new("v").charge(Charge::storage("gp3", Sku::new("AmazonEC2"), 8));
        let volume = volume.can(Verb::Delete, Command::aws("ec2 delete-volume --volume-id").arg("v"));
        let only = &remedies(&volume)[0];
        assert_eq!((only.usd_per_month_saved, only.at_least, only.takes), (None, true, Takes::Seconds));
        let remedy = of_owner(owner()).remedy.unwrap();
        assert_eq!((&*remedy.steps[0].operation, remedy.usd_per_month_saved), ("DeleteCluster", None));
    }

    #[test]
    fn what_goes_with_a_thing_is_saved_with_it() {
        let usd = |text: &str| text.parse().ok();
        let note = |notes: &[&str]| {
            let to = [Note::with("attached-to", "i-1")];
            to.into_iter().chain(notes.iter().map(|id| Note::new(id))).collect::<Vec<_>>()
        };
        let remedy =
            |verb, saved| Remedy { verb, usd_per_month_saved: usd(saved), ..*of_owner(owner()).remedy.unwrap() };
        let instance = Finding {
            resource: INSTANCE.to_owned(),
            remedies: vec![remedy(Verb::Stop, "7.00"), remedy(Verb::Delete, "7.00")],
            usd_per_month: usd("7.00"),
            owner: Some(of_owner(owner())),
            ..Finding::new("i-1")
        };
        let disk = Finding { notes: note(&["deleted-with-instance"]), usd_per_month: usd("1.00"), ..Finding::new("v") };
        let address =
            Finding { notes: note(&["released-with-instance"]), usd_per_month: usd("3.65"), ..Finding::new("a") };
        let unknown = Finding { owner: Some(of_owner(owner())), ..disk.clone() };
        let mut all = [instance, disk, address, Finding { notes: note(&[]), ..unknown }];
        count_others(&mut all);
        let saved = |remedy: &Remedy| remedy.usd_per_month_saved.unwrap().to_string();
        assert_eq!(all[0].remedies.iter().map(saved).collect::<Vec<_>>(), ["10.65", "11.65"]);
        assert_eq!(saved(all[3].owner.as_ref().unwrap().remedy.as_ref().unwrap()), "8.00");
    }

    fn owner() -> Owner {
        let command = Command::aws("eks delete-cluster --name").arg("study").in_region(&Region::home());
        crate::resources::find("eks-cluster").unwrap().owner("study", command)
    }
}
