//! One decision on a terminal: its savings, what it ends, and its commands.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;

use crate::lang::Speech;
use crate::model::group::{Cause, Group, Step};
use crate::model::{Billing, Cost, Finding, Owner};
use crate::render::amount::month;
use crate::render::decision::title;
use crate::render::layout::Layout;
use crate::render::sentence::{charge, creator, note, spent};
use crate::render::terminal::{BOLD, CYAN, DIM, RED, YELLOW, columns, padded, paragraph, styled};

/// Amounts and labels end at this column; text begins two columns later.
pub(super) const LABEL: usize = 10;
pub(super) const INDENT: usize = LABEL + 2;

/// Notes that the short form leaves out: the commands or the group imply them, or they explain a small difference.
const UNSAID: [&str; 6] =
    ["delete-only", "usage-extra", "covers-instances", "covers-usage", "new-since-bill", "not-on-bill"];
/// Further ones that a group with an instance leaves out, because the instance is listed with them.
const UNSAID_IN_A_GROUP: [&str; 2] = ["attached-to", "deleted-with-instance"];
/// The most members of a group that are listed one by one.
const NAMED: usize = 3;
/// A note that many small things of a type share, if each of them has it.
const OF_ALL: &str = "size-unknown";

/// The level of detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Commands and warnings.
    Least,
    /// Charges, too.
    Short,
    Full,
}

/// One decision, with its title in columns.
pub(super) struct Entry<'a> {
    group: &'a Group<'a>,
    detail: Detail,
    name: String,
    region: &'a str,
    label: String,
}

/// The column widths of all titles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Widths {
    name: usize,
    region: usize,
}

impl Widths {
    pub(super) fn of(entries: &[Entry<'_>], layout: Layout) -> Self {
        let widest = |text: &dyn Fn(&Entry<'_>) -> usize| entries.iter().map(text).max().unwrap_or(0);
        // Otherwise one long name would move the ids of all rows to lines of their own.
        let name = widest(&|entry| columns(&entry.name)).min(layout.width * 2 / 5);
        Self { name, region: widest(&|entry| columns(entry.region)) }
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(group: &'a Group<'a>, detail: Detail, speech: &Speech) -> Self {
        let first = group.members[0];
        let own = || first.names.get(speech.lang).to_owned();
        let itself = || (own(), format!("{}{}", label(first), billing(first.billing, speech)));
        let (name, label) = title(group, speech).filter(|_| detail != Detail::Full).unwrap_or_else(itself);
        Self { group, detail, name, region: first.region.as_str(), label }
    }

    /// Whether one of its commands deletes something for good.
    pub(super) fn is_irrevocable(&self) -> bool {
        self.group.commands().iter().any(|(step, _)| !matches!(step, Step::Look | Step::Stop))
    }

    pub(super) fn write(&self, widths: Widths, speech: &Speech, layout: Layout, out: &mut String) {
        let sum = styled(YELLOW, &format!("{:>LABEL$}", month(self.group.cost())));
        let name = styled(BOLD, &padded(&self.name, widths.name));
        let title = format!("{sum}  {name}  {}", padded(self.region, widths.region));
        let label = format!("{}{}", self.label, self.newness(speech));
        if columns(&title) + 2 + columns(&label) <= layout.width {
            let _ = writeln!(out, "{title}  {label}");
        } else {
            let _ = writeln!(out, "{}", title.trim_end());
            paragraph(&label, INDENT, Style::new(), layout, out);
        }
        for text in self.about(speech, layout).iter().filter(|text| !text.is_empty()) {
            paragraph(text, INDENT, Style::new(), layout, out);
        }
        for (step, command) in self.group.commands() {
            let (id, style) = match step {
                Step::Look => ("step-look", Style::new()),
                Step::Stop => ("step-stop", Style::new()),
                Step::Delete => ("step-delete", RED),
                Step::End => ("step-end", RED),
                Step::Then => ("step-then", RED),
            };
            let label = speech.plain(id);
            let indent = LABEL.saturating_sub(columns(&label));
            let mut label = format!("{:indent$}{}", "", styled(style, &label));
            for line in command.lines() {
                let _ = writeln!(out, "{}  {}", std::mem::replace(&mut label, " ".repeat(LABEL)), styled(CYAN, &line));
            }
        }
    }

    /// Whether it, or how much of it, is new since the earlier sweep.
    fn newness(&self, speech: &Speech) -> String {
        let members = &self.group.members;
        let text = match members.iter().filter(|it| it.new == Some(true)).count() {
            0 => return String::new(),
            all if all == members.len() => speech.plain("finding-new"),
            some => speech.with("findings-new", &[("count", some)]),
        };
        format!("  {}", styled(YELLOW, &text))
    }

    /// Charges and notes: in full one a line, in short together. The least detail shows charges only if they need no line of their
    /// own.
    fn about(&self, speech: &Speech, layout: Layout) -> Vec<String> {
        let (charges, notes, owner) = (self.charges(speech), self.notes(speech), self.owner(speech));
        let creators = self.group.members.iter().filter_map(|it| creator(it, speech));
        let creator = creators.into_iter().next().unwrap_or_default();
        if self.detail == Detail::Full {
            return vec![charges, notes, owner, creator];
        }
        let both = [&*charges, &notes].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        let single = self.group.members.len() == 1 && self.group.cause == Cause::Itself;
        let fits = !notes.is_empty() && INDENT + columns(&both) <= layout.width;
        let text = if self.detail == Detail::Least && single && !fits { notes } else { both };
        vec![text, owner, creator]
    }

    /// The charges, or the parts of a group.
    fn charges(&self, speech: &Speech) -> String {
        match (self.group.members.as_slice(), self.group.cause) {
            (members, Cause::Owner(_)) if self.detail != Detail::Full => parts(members, speech),
            ([one], _) => {
                let charges = one.charges.iter().map(|it| charge(it, speech)).collect::<Vec<_>>().join(" + ");
                [charges]
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .chain(spent(one, speech))
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
            (members, Cause::Kind) => first_members(members, speech),
            ([first, rest @ ..], Cause::Itself) => {
                let own = format!("{} {}", first.names.get(speech.lang), month(Cost::of(first)));
                format!("{own} · {}", parts(rest, speech))
            }
            (members, _) => parts(members, speech),
        }
    }

    /// The notes to read before a command is run; in full all notes.
    fn notes(&self, speech: &Speech) -> String {
        let unsaid = |id: &str| {
            let in_a_group = self.group.members.len() > 1 && UNSAID_IN_A_GROUP.contains(&id);
            self.detail != Detail::Full && (UNSAID.contains(&id) || in_a_group)
        };
        let members = self.group.members.as_slice();
        let of = match self.group.cause {
            Cause::Kind if members.iter().all(|it| it.notes.iter().any(|note| note.id() == OF_ALL)) => {
                return speech.plain(&format!("note-{OF_ALL}"));
            }
            Cause::Kind => &[],
            Cause::Owner(_) if members.len() > 1 => &[],
            Cause::Itself => &members[..1],
            Cause::Owner(_) | Cause::Instance(_) => members,
        };
        let mut notes: Vec<String> = Vec::new();
        for it in of.iter().flat_map(|finding| &finding.notes).filter(|it| !unsaid(it.id())) {
            let text = note(it, speech);
            if !notes.contains(&text) {
                notes.push(text);
            }
        }
        notes.join(" · ")
    }

    /// In full, each finding names its owner; otherwise the title does, except for one without a command.
    fn owner(&self, speech: &Speech) -> String {
        let owner = self.group.members[0].owner.as_ref();
        let owner = owner.filter(|owner| self.detail == Detail::Full || owner.command.is_none());
        owner.map(|owner| belongs(owner, speech)).unwrap_or_default()
    }
}

/// The most expensive of things of one type, and the number of the others.
fn first_members(members: &[&Finding], speech: &Speech) -> String {
    let named = members.iter().take(NAMED).map(|it| format!("{} {}", label(it), month(Cost::of(it))));
    let others = members.len().checked_sub(NAMED + 1).map(|others| speech.with("and-more", &[("count", others + 1)]));
    named.chain(others).collect::<Vec<_>>().join(" · ")
}

/// The parts of a group: each if there are few, otherwise their number by type.
fn parts(members: &[&Finding], speech: &Speech) -> String {
    let named = |finding: &&Finding| {
        let goes = finding.notes.iter().any(|note| note.id() == "deleted-with-instance");
        let goes = if goes { speech.plain("group-goes") } else { String::new() };
        let name = finding.names.get(speech.lang);
        format!("{name} {} {}{goes}", label(finding), month(Cost::of(finding)))
    };
    if members.len() <= NAMED {
        return members.iter().map(named).collect::<Vec<_>>().join(" · ");
    }
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        *types.entry(member.names.get(speech.lang)).or_default() += 1;
    }
    types.iter().map(|(name, count)| format!("{name} × {count}")).collect::<Vec<_>>().join(" · ")
}

fn label(finding: &Finding) -> String {
    match &finding.name {
        Some(name) if *name != finding.id => format!("{} ({name})", finding.id),
        _ => finding.id.clone(),
    }
}

fn billing(billing: Billing, speech: &Speech) -> String {
    match billing {
        Billing::Running => String::new(),
        Billing::Stopped => format!("  {}", styled(DIM, &speech.plain("billing-stopped"))),
        Billing::Ending => format!("  {}", styled(DIM, &speech.plain("billing-ending"))),
    }
}

/// The owner, which would recreate the finding if only the finding were deleted.
fn belongs(owner: &Owner, speech: &Speech) -> String {
    speech.with("belongs-to", &[("name", owner.names.get(speech.lang).to_owned()), ("id", owner.id.clone())])
}
