//! What a decision is called, where it ends more than one thing.

use crate::lang::Speech;
use crate::model::Group;
use crate::model::group::Cause;

/// The name and the id of what ends with the decision; `None` if that is its first member alone.
pub fn title(group: &Group<'_>, speech: &Speech) -> Option<(String, String)> {
    match group.cause {
        Cause::Owner(owner) => Some((owner.names.get(speech.lang).to_owned(), owner.id.clone())),
        Cause::Instance(id) if group.members.len() > 1 => Some((speech.plain("ec2-instance"), id.to_owned())),
        Cause::Kind => {
            let count = speech.with("group-count", &[("count", group.members.len())]);
            Some((group.members.first()?.names.get(speech.lang).to_owned(), count))
        }
        Cause::Instance(_) | Cause::Itself => None,
    }
}
