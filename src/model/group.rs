//! Findings that one decision ends together: all findings of one owner, an instance with its volumes and addresses, and small
//! things of one type and region.

use std::collections::BTreeMap;

use rust_decimal::dec;

use super::command::Command;
use super::cost::Cost;
use super::finding::{Finding, Owner};
use super::money::Usd;
use super::verb::Verb;

/// From this amount a month on, even a thing of a small type is a decision of its own.
const DEAR: Usd = Usd(dec!(10));

/// Findings that end together.
#[derive(Debug)]
pub struct Group<'a> {
    pub cause: Cause<'a>,
    /// The cause first if it is a finding itself, then by cost, the most expensive first.
    pub members: Vec<&'a Finding>,
}

/// Why the members end together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause<'a> {
    /// The others belong to the first, or there are no others.
    Itself,
    /// They belong to something that is no finding.
    Owner(&'a Owner),
    /// They are attached to an EC2 instance that is no finding: it does not run.
    Instance(&'a str),
    /// They are small, and of one type and region.
    Kind,
}

/// The role of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Shows the contents and changes nothing.
    Look,
    Stop,
    Delete,
    /// Ends the owner, and the members with it.
    End,
    /// Deletes the rest.
    Then,
}

/// The whole to which a finding belongs. A key has the account, the region, the type and the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Root<'a> {
    Finding(usize),
    Outside(Key<'a>),
    Kind(Key<'a>),
}

type Key<'a> = [&'a str; 4];

/// Groups the findings; the most expensive group first.
#[must_use]
pub fn groups<'a>(findings: &[&'a Finding]) -> Vec<Group<'a>> {
    let mut known: BTreeMap<Key<'a>, usize> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        for id in [Some(&finding.id), finding.arn.as_ref()].into_iter().flatten() {
            known.entry(key(finding, &finding.resource, id)).or_insert(index);
        }
    }
    let mut places: BTreeMap<Root<'a>, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    let parts: Vec<_> = (0..findings.len()).map(|index| root(findings, &known, index)).collect();
    let whole = |index: usize| parts.iter().filter(|(root, _)| *root == Root::Finding(index)).count() > 1;
    for (index, finding) in findings.iter().enumerate() {
        let (mut root, mut cause) = parts[index];
        let Cost { exact, at_most, .. } = Cost::of(finding);
        let cheap = finding.small && exact.unwrap_or_default() + at_most < DEAR;
        if cheap && root == Root::Finding(index) && !whole(index) {
            (root, cause) = (Root::Kind(key(finding, &finding.resource, "")), Cause::Kind);
        }
        let place = *places.entry(root).or_insert_with(|| {
            groups.push(Group { cause, members: Vec::new() });
            groups.len() - 1
        });
        groups[place].members.push(finding);
    }
    for (root, place) in places {
        let group = &mut groups[place];
        let first = if let Root::Finding(index) = root { Some(findings[index]) } else { None };
        let is_first = |it: &Finding| first.is_some_and(|first| std::ptr::eq(first, it));
        group.members.sort_by_key(|it| (!is_first(it), std::cmp::Reverse(Cost::of(it).worth())));
        if group.cause == Cause::Kind && group.members.len() == 1 {
            group.cause = Cause::Itself;
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.cost().worth()));
    groups
}

/// The end of the chain from a finding to its owner, and so on.
fn root<'a>(findings: &[&'a Finding], known: &BTreeMap<Key<'a>, usize>, start: usize) -> (Root<'a>, Cause<'a>) {
    let (mut index, mut seen) = (start, vec![start]);
    while let Some((key, cause)) = whole(findings[index]) {
        match known.get(&key) {
            Some(next) if seen.contains(next) => break,
            Some(next) => {
                index = *next;
                seen.push(index);
            }
            None => return (Root::Outside(key), cause),
        }
    }
    (Root::Finding(index), Cause::Itself)
}

/// The whole to which a finding belongs: its owner, or the instance it is attached to.
fn whole(finding: &Finding) -> Option<(Key<'_>, Cause<'_>)> {
    if let Some(owner) = &finding.owner {
        return Some((key(finding, &owner.resource, &owner.id), Cause::Owner(owner)));
    }
    let id = attached_to(finding)?;
    Some((key(finding, "ec2-instance", id), Cause::Instance(id)))
}

fn attached_to(finding: &Finding) -> Option<&str> {
    let mut to = finding.notes.iter().filter(|note| note.id() == "attached-to").filter_map(|note| note.value());
    let (first, others) = (to.next()?, to.next());
    (finding.owner.is_none() && others.is_none() && first.starts_with("i-")).then_some(first)
}

fn key<'a>(finding: &'a Finding, resource: &'a str, id: &'a str) -> Key<'a> {
    [finding.account.as_str(), finding.region.as_str(), resource, id]
}

/// Whether AWS ends it together with the instance it is attached to.
#[must_use]
pub fn goes_with_instance(finding: &Finding, verb: Verb) -> bool {
    let has = |id: &str| finding.notes.iter().any(|note| note.id() == id);
    has("released-with-instance") || verb == Verb::Delete && has("deleted-with-instance")
}

/// Whether its command ends the instance.
fn is_carrier(it: &Finding) -> bool {
    goes_with_instance(it, Verb::Delete) && it.commands.contains_key(&Verb::Delete)
}

impl<'a> Group<'a> {
    #[must_use]
    pub fn cost(&self) -> Cost {
        self.members.iter().map(|it| Cost::of(it)).sum()
    }

    /// The commands that end the group, in the order in which a person reads them.
    #[must_use]
    pub fn commands(&self) -> Vec<(Step, Command)> {
        match self.cause {
            Cause::Kind => Vec::new(),
            Cause::Owner(owner) if self.ends(owner).next().is_some() => {
                let mut commands: Vec<(Step, Command)> = Vec::new();
                // Usually the same for all members; a host of a cluster may have its own.
                for command in self.ends(owner).map(|command| (Step::End, command.clone())) {
                    if !commands.contains(&command) {
                        commands.push(command);
                    }
                }
                commands
            }
            Cause::Owner(_) if self.members.len() > 1 => Vec::new(),
            Cause::Itself | Cause::Owner(_) => self.of_instance(self.members[0], self.members[0].id.as_str()),
            Cause::Instance(id) => match self.members.iter().find(|it| is_carrier(it)) {
                Some(volume) => self.of_instance(volume, id),
                None => self.members.iter().flat_map(|it| own(it)).collect(),
            },
        }
    }

    /// The commands for the owner, as its members state them.
    fn ends(&self, owner: &'a Owner) -> impl Iterator<Item = &'a Command> {
        let owners = self.members.iter().filter_map(|it| it.owner.as_ref());
        owners.filter(|it| (&it.resource, &it.id) == (&owner.resource, &owner.id)).filter_map(|it| it.command.as_ref())
    }

    /// The commands of the first, then those that delete the attached things that stay.
    fn of_instance(&self, first: &Finding, id: &str) -> Vec<(Step, Command)> {
        let mut commands = own(first);
        let stay =
            self.members.iter().filter(|it| attached_to(it) == Some(id) && !goes_with_instance(it, Verb::Delete));
        let stay = stay.filter_map(|it| it.commands.get(&Verb::Delete)).map(Command::last_step);
        if first.commands.contains_key(&Verb::Delete)
            && let Some(delete) = stay.reduce(Command::then)
        {
            let wait = Command::aws("ec2 wait instance-terminated --instance-ids").arg(id).in_region(&first.region);
            commands.push((Step::Then, wait.then(delete)));
        }
        commands
    }
}

fn own(finding: &Finding) -> Vec<(Step, Command)> {
    let step = |verb: &Verb| if *verb == Verb::Stop { Step::Stop } else { Step::Delete };
    let look = finding.look.iter().map(|command| (Step::Look, command.clone()));
    look.chain(finding.commands.iter().map(|(verb, command)| (step(verb), command.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Note, words};

    fn finding(resource: &str, id: &str, usd: &str) -> Finding {
        Finding { resource: resource.to_owned(), usd_per_month: usd.parse().ok(), ..Finding::new(id) }
    }

    fn attached(id: &str, usd: &str, goes: bool) -> Finding {
        let command = if goes {
            Command::aws("ec2 terminate-instances --instance-ids i-1")
        } else {
            Command::aws("ec2 disassociate-address x").then(Command::aws("ec2 release-address x"))
        };
        let mut notes = vec![Note::with("attached-to", "i-1")];
        notes.extend(goes.then(|| Note::new("deleted-with-instance")));
        Finding { notes, commands: [(Verb::Delete, command)].into(), ..finding("ec2-volume", id, usd) }
    }

    fn owned(id: &str, usd: &str, owner: (&str, &str)) -> Finding {
        let (resource, of) = owner;
        let command = Some(Command::aws("autoscaling x"));
        let owner =
            Owner { resource: resource.to_owned(), names: words("", ""), id: of.to_owned(), command, remedy: None };
        Finding { owner: Some(owner), ..finding("ec2-instance", id, usd) }
    }

    fn ids(findings: &[Finding]) -> Vec<Vec<String>> {
        let findings: Vec<&Finding> = findings.iter().collect();
        let ids = |group: Group<'_>| group.members.iter().map(|it| it.id.clone()).collect();
        groups(&findings).into_iter().map(ids).collect()
    }

    fn steps(findings: &[Finding]) -> Vec<(Step, String)> {
        let findings: Vec<&Finding> = findings.iter().collect();
        let commands = groups(&findings)[0].commands();
        commands.into_iter().map(|(step, command)| (step, command.to_string())).collect()
    }

    #[test]
    fn an_instance_and_its_attachments_are_one_group_and_the_most_expensive_comes_first() {
        let mut instance = finding("ec2-instance", "i-1", "7.00");
        instance.commands.insert(Verb::Stop, Command::aws("ec2 stop-instances i-1"));
        instance.commands.insert(Verb::Delete, Command::aws("ec2 terminate-instances i-1"));
        let all = [finding("nat", "n", "20.00"), attached("v", "9.00", true), attached("a", "8.00", false), instance];
        assert_eq!(ids(&all), [vec!["i-1", "v", "a"], vec!["n"]]);
        let then =
            "aws ec2 wait instance-terminated --instance-ids i-1 --region us-east-1 && aws ec2 release-address x";
        assert_eq!(
            steps(&all),
            [
                (Step::Stop, "aws ec2 stop-instances i-1".to_owned()),
                (Step::Delete, "aws ec2 terminate-instances i-1".to_owned()),
                (Step::Then, then.to_owned()),
            ]
        );
    }

    #[test]
    fn attachments_of_a_stopped_instance_are_one_group() {
        let all = [attached("a", "8.00", false), attached("v", "9.00", true)];
        assert_eq!(ids(&all), [["v", "a"]]);
        assert_eq!(steps(&all).iter().map(|(step, _)| *step).collect::<Vec<_>>(), [Step::Delete, Step::Then]);
        let stay = [attached("a", "8.00", false), attached("b", "9.00", false)];
        assert_eq!(steps(&stay).iter().map(|(step, _)| *step).collect::<Vec<_>>(), [Step::Delete; 2]);
    }

    #[test]
    fn everything_of_an_owner_is_one_group_with_the_owners_command() {
        let group = ("auto-scaling-group", "workers");
        let all = [owned("i-1", "5.00", group), owned("i-2", "6.00", group), attached("v", "1.00", true)];
        assert_eq!(ids(&all), [["i-2", "i-1", "v"]]);
        assert_eq!(steps(&all), [(Step::End, "aws autoscaling x".to_owned())]);
    }

    #[test]
    fn an_owner_that_is_a_finding_leads_and_a_circle_ends() {
        let cluster = finding("ecs-cluster", "c", "1.00");
        assert_eq!(ids(&[owned("i-1", "5.00", ("ecs-cluster", "c")), cluster]), [["c", "i-1"]]);
        let circle = [owned("a", "1.00", ("ec2-instance", "b")), owned("b", "1.00", ("ec2-instance", "a"))];
        assert_eq!(ids(&circle).concat().len(), 2);
    }

    #[test]
    fn small_things_stand_together_where_their_sum_puts_them() {
        let small = |id: &str| Finding { small: true, ..finding("key", id, "3.00") };
        let all = [finding("nat", "n", "45.00"), finding("nat", "m", "5.00"), small("k"), small("l")];
        assert_eq!(ids(&all), [vec!["n"], vec!["k", "l"], vec!["m"]]);
        assert_eq!(steps(&all[2..]), []);
        let large = Finding { usd_per_month: "10".parse().ok(), ..small("large") };
        assert_eq!(ids(&[small("k"), large, small("l")]), [vec!["large"], vec!["k", "l"]]);
    }
}
