//! WAF web ACLs are charged every month they exist, used or not, and for each of their rules.

use futures::FutureExt;
use serde::Deserialize;

use super::waf_charges::{Acl, acl, of_rules, unknown_rules};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Command, Listed, Loss, Note, Region, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::either;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "waf-web-acl",
    names: words("WAF web ACL", "WAF ウェブ ACL"),
    bills: words(
        "per month while it exists, attached or not, and per month and rule; plus requests",
        "関連付けがなくても存在する間は 1 か月ごと、加えてルールごと・リクエストごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["awswaf"],
    asks: &[&ACLS, &ACL],
    writes: &["wafv2:DeleteWebACL"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ACLS: Operation<Entry> = Operation::new("wafv2:ListWebACLs").at("WebACLs");
const ACL: Operation<Answer> = Operation::new("wafv2:GetWebACL");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Entry {
    #[serde(rename = "ARN")]
    arn: Option<String>,
    name: Option<String>,
    id: Option<String>,
    lock_token: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer {
    #[serde(rename = "WebACL")]
    acl: Option<Acl>,
}

const REGIONAL: &str = "REGIONAL";
const CLOUDFRONT: &str = "CLOUDFRONT";

/// A web ACL with the scope in which it was listed.
type Scoped = (&'static str, Entry);

/// CloudFront's web ACLs are global and are listed in one region.
async fn list(cx: &Cx) -> Result<Listing> {
    let all = async |scope| cx.ask(&ACLS).with("Scope", scope).all().await;
    let (regional, global, mut faults) = match cx.place.region.as_str() {
        Region::HOME => {
            let (regional, global) = futures::join!(all(REGIONAL), all(CLOUDFRONT));
            either(regional, global)?
        }
        _ => (Some(all(REGIONAL).await?), None, Vec::new()),
    };
    let scoped = |scope: &'static str| move |acl: Entry| (scope, acl);
    let regional = regional.into_iter().flatten().map(scoped(REGIONAL));
    let listed = regional.chain(global.into_iter().flatten().map(scoped(CLOUDFRONT))).collect();
    let ask = |(scope, acl): &Scoped| {
        let ask = cx.ask(&ACL).with("Scope", *scope).with("Name", acl.name.clone()).with("Id", acl.id.clone());
        ask.one().map(|answer| found(answer, &["WAFNonexistentItemException"]))
    };
    let (acls, failed) = about_each(listed, ask).await;
    faults.extend(failed);
    let findings = acls.iter().filter_map(|(listed, details)| {
        let Some(answer) = details else { return Some(named(listed).charge(acl()).charge(unknown_rules())) };
        let Some(it) = &answer.as_ref()?.acl else { return Some(named(listed).charge(acl())) };
        let mut found = named(listed);
        found.charges = of_rules(it);
        if it.managed_by_firewall_manager {
            (found.can, found.commands) = Default::default();
            found.notes.retain(|note| note.id() != "detach-first");
            found = found.note(Note::with("service-managed", "AWS Firewall Manager"));
        }
        Some(found)
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named((scope, acl): &Scoped) -> Listed {
    let text = |text: &Option<String>| text.as_deref().unwrap_or_default().to_owned();
    let (id, name, lock) = (text(&acl.id), text(&acl.name), text(&acl.lock_token));
    let command = Command::aws("wafv2 delete-web-acl --name")
        .arg(name)
        .words("--scope")
        .arg(scope)
        .words("--id")
        .arg(&id)
        .words("--lock-token")
        .arg(lock);
    let found = Listed { arn: acl.arn.clone(), ..Listed::new(id) }.named(acl.name.clone());
    found
        .loses(Loss::Settings)
        .can(Verb::Delete, command)
        .note(Note::new("usage-extra"))
        .note(Note::new("detach-first"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_says_where() {
        let (name, id, lock_token) = (Some("study".into()), Some("1".into()), Some("2".into()));
        let found = named(&(CLOUDFRONT, Entry { name, id, lock_token, ..Entry::default() }));
        assert!(found.notes.contains(&Note::new("detach-first")));
        let command = &found.commands[&Verb::Delete].to_string();
        assert_eq!(command, "aws wafv2 delete-web-acl --name study --scope CLOUDFRONT --id 1 --lock-token 2");
    }
}
