//! How a finding can be ended: the calls of its commands, and what they lose, leave and save.

use crate::aws::remedy::steps;
use crate::model::{Charge, Command, Listed, Loss, Owner, Remains, Remedy, Step, Takes, Unit, Usd, Verb};

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
            saves_more: true,
        })
    });
    Owner { remedy, ..owner }
}

fn remedy(listed: &Listed, verb: Verb, command: &Command) -> Option<Remedy> {
    let steps = steps(command)?;
    let has = |id: &str| listed.notes.iter().any(|note| note.id() == id);
    let loses = LOSES.iter().filter(|(of, id, _)| *of == verb && has(id)).map(|(.., loss)| *loss);
    let leaves = LEAVES.iter().filter(|(of, id, _)| *of == verb && has(id)).map(|(.., remains)| *remains);
    let (ending, staying): (Vec<&Charge>, Vec<&Charge>) = listed.charges.iter().partition(|charge| ends(charge, verb));
    let stays = (!staying.is_empty()).then_some(Remains::Storage);
    let last_backup = steps.iter().any(makes_backup).then_some(Remains::LastBackup);
    let known: Vec<Usd> = ending.iter().filter_map(|charge| charge.usd_per_month).collect();
    let comes_back = listed.notes.iter().find(|note| verb == Verb::Stop && COMES_BACK.contains(&note.id()));
    let waits = steps.iter().any(|step| step.until.is_some());
    Some(Remedy {
        verb,
        reversible: verb == Verb::Stop,
        loses: sorted(loses),
        keeps_costing: sorted(leaves.chain(stays).chain(last_backup)),
        comes_back: comes_back.cloned(),
        takes: if waits { Takes::Minutes } else { Takes::Seconds },
        usd_per_month_saved: Usd::checked_sum(known.iter().copied()).filter(|_| !known.is_empty()).map(Usd::monthly),
        saves_more: known.len() < ending.len(),
        steps,
    })
}

/// A deletion ends every charge, a stop those by the hour.
fn ends(charge: &Charge, verb: Verb) -> bool {
    verb == Verb::Delete || charge.unit == Unit::Hour
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
