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
            at_least: true,
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
    use crate::model::{Note, Region, Sku};

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
        let owner = Owner {
            command: Some(Command::aws("eks delete-cluster --name").arg("study").in_region(&Region::home())),
            ..crate::resources::find("eks-cluster").unwrap().owner("study", None)
        };
        let remedy = of_owner(owner).remedy.unwrap();
        assert_eq!((&*remedy.steps[0].operation, remedy.usd_per_month_saved), ("DeleteCluster", None));
    }
}
