//! Who created the things of a letter, and what of it the letter may name: identities of the own account, and no other.

use aws_config::SdkConfig;

use super::known::Facts;
use super::moment::Moment;
use super::options::Past;
use super::own::{is_secret, own_only};
use super::things::{Thing, seen};
use crate::aws::Cx;
use crate::aws::accounts::CALLER;
use crate::lang::Speech;
use crate::model::appeal::Fact;
use crate::model::{AccountId, CreatedBy, Finding, Source, SweepReport, UnknownCreator};
use crate::ops::creators::name_creators_of;

/// At most so many things are looked up: AWS answers two requests a second.
const MOST: usize = 10;
/// The value of a fact whose identity belongs to somebody else.
const OTHER_ACCOUNT: &str = "other-account";

/// Looks up who created the things, and when, where that is not known yet.
pub async fn name_creators(sdk: &SdkConfig, things: &mut [Thing], now: &SweepReport, past: &Past) {
    let seen = seen(now, past);
    let known = things.iter().filter_map(|thing| Some((thing, *seen.get(thing.key.as_str())?)));
    let mut findings: Vec<Finding> = known
        .take(MOST)
        .map(|(thing, finding)| Finding { created_by: thing.created_by.clone(), ..finding.clone() })
        .collect();
    name_creators_of(sdk, &now.scope.account.id, findings.iter_mut(), now.made_at).await;
    for finding in findings {
        let of = things.iter_mut().filter(|thing| thing.key == finding.key);
        of.for_each(|thing| thing.created_by.clone_from(&finding.created_by));
    }
    for thing in things {
        let by = thing.created_by.as_ref().filter(|by| by.tag.is_none());
        thing.created = thing.created.or_else(|| Some((Moment::At(by?.at?), Source::Cloudtrail)));
    }
}

/// The identity that runs this command; `None` if AWS does not say.
pub async fn caller(cx: &Cx) -> Option<String> {
    cx.ask(&CALLER).one().await.ok().map(|caller| caller.arn).filter(|arn| !arn.is_empty())
}

/// An identity, as far as a letter may name it.
#[derive(Debug, PartialEq, Eq)]
enum Identity<'a> {
    Root,
    User(&'a str),
    Role(&'a str),
    /// A service, or a name without an account.
    Plain(&'a str),
    OtherAccount,
}

impl<'a> Identity<'a> {
    fn of(who: &'a str, own: &AccountId) -> Self {
        let parts: Vec<&str> = who.splitn(6, ':').collect();
        let ["arn", _, _, _, account, name] = parts[..] else { return Self::Plain(who) };
        let last = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        match name.split_once('/') {
            _ if account != own.as_str() => Self::OtherAccount,
            None if name == "root" => Self::Root,
            Some(("user", path)) => Self::User(last(path)),
            Some(("role", path)) => Self::Role(last(path)),
            // What follows is the name of a session, which may be that of a person.
            Some(("assumed-role", rest)) => Self::Role(rest.split('/').next().unwrap_or(rest)),
            _ => Self::Plain(name),
        }
    }
}

impl Facts {
    /// Whether the writer of the letter created it.
    pub(super) fn is_of_caller(&self, thing: &Thing) -> bool {
        let who = thing.created_by.as_ref().filter(|by| by.tag.is_none()).and_then(|by| by.who.as_ref());
        who.is_some() && who == self.caller.as_ref()
    }

    /// The identity that CloudTrail names, and from where it called; a tag may say anything, and is in no letter.
    pub(super) fn creator(&self, thing: &Thing, speech: &Speech) -> Option<String> {
        let by = thing.created_by.as_ref().filter(|by| by.tag.is_none())?;
        let named = |id: &str, name: &str| speech.with(id, &[("name", self.named(name))]);
        let who = match Identity::of(by.who.as_deref()?, &self.account.id) {
            Identity::Root => speech.plain("letter-who-root"),
            Identity::User(name) => named("letter-who-user", name),
            Identity::Role(name) => named("letter-who-role", name),
            Identity::Plain(name) => named("letter-who-plain", name),
            Identity::OtherAccount => speech.plain("letter-who-other-account"),
        };
        let from = by.from.as_ref().map(|from| [("who", who.clone()), ("from", self.named(from))]);
        Some(from.map_or(who, |args| speech.with("letter-who-from", &args)))
    }

    /// The facts about the creator, each with its value and source.
    pub(super) fn of_creator(&self, thing: &Thing) -> Vec<Fact> {
        let Some(by) = &thing.created_by else { return Vec::new() };
        let source = if by.tag.is_some() { Source::Tag } else { Source::Cloudtrail };
        let fact =
            |id: &str, value: String| Fact { id: id.to_owned(), about: Some(self.own(&thing.id)), value, source };
        let CreatedBy { who, from, unknown, .. } = by;
        let Some(who) = who else { return unknown.iter().map(|why| fact("creator-unknown", word(*why))).collect() };
        let value = match Identity::of(who, &self.account.id) {
            Identity::OtherAccount => OTHER_ACCOUNT.to_owned(),
            _ => self.named(who),
        };
        let from = from.iter().map(|from| fact("created-from", self.named(from)));
        [fact("created-by", value)].into_iter().chain(from).collect()
    }

    /// Without the numbers of other accounts; nothing of what looks like a secret.
    fn named(&self, name: &str) -> String {
        if is_secret(name) { "…".to_owned() } else { own_only(name, &self.account.id) }
    }
}

fn word(why: UnknownCreator) -> String {
    let word = match why {
        UnknownCreator::Denied => "denied",
        UnknownCreator::TooOld => "too-old",
        UnknownCreator::NotRecorded => "not-recorded",
        UnknownCreator::Failed => "failed",
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_named_only_in_the_own_account() {
        let own = "123456789012".parse().unwrap();
        let of = |who| Identity::of(who, &own);
        assert_eq!(of("arn:aws:iam::123456789012:root"), Identity::Root);
        assert_eq!(of("arn:aws:iam::123456789012:user/team/hana"), Identity::User("hana"));
        assert_eq!(of("arn:aws:sts::123456789012:assumed-role/admin/hana@example.com"), Identity::Role("admin"));
        assert_eq!(of("arn:aws-cn:iam::210987654321:user/acme"), Identity::OtherAccount);
        assert_eq!(of("arn:aws:iam::210987654321:root"), Identity::OtherAccount);
        assert_eq!(of("autoscaling.amazonaws.com"), Identity::Plain("autoscaling.amazonaws.com"));
    }
}
