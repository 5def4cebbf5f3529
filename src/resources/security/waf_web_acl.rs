//! WAF web ACLs bill for every month they exist, in use or not, and for each of their rules.

use aws_sdk_wafv2::Client;
use aws_sdk_wafv2::types::{Scope as AclScope, WebAclSummary};
use futures::FutureExt;

use super::waf_charges::{acl, of_rules, unknown_rules};
use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Region, Scope, Verb, words};
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
    endpoint: "wafv2",
    small: false,
    billed_as: &["awswaf"],
    reads: &["wafv2:ListWebACLs", "wafv2:GetWebACL"],
    writes: &["wafv2:DeleteWebACL"],
    list: |cx| list(cx).boxed(),
};

type Listed = (AclScope, WebAclSummary);

/// Those of CloudFront are everywhere and are asked for in one region.
async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let regional = all(&client, AclScope::Regional);
    let global = async {
        match cx.place.region.as_str() {
            Region::HOME => all(&client, AclScope::Cloudfront).await,
            _ => Ok(Vec::new()),
        }
    };
    let (regional, global) = futures::join!(regional, global);
    // Elsewhere there is nothing that the second could make up for.
    let (regional, global, mut faults) = match cx.place.region.as_str() {
        Region::HOME => either(regional, global)?,
        _ => (Some(regional?), None, Vec::new()),
    };
    let listed = regional.into_iter().chain(global).flatten().collect();
    let ask = |(scope, acl): &Listed| {
        let ask = client.get_web_acl().scope(scope.clone()).set_name(acl.name.clone()).set_id(acl.id.clone());
        ask.send().map(|answer| found(answer, &["WAFNonexistentItemException"]))
    };
    let (acls, failed) = about_each(listed, ask).await;
    faults.extend(failed);
    let findings = acls.iter().filter_map(|(listed, details)| {
        let Some(answer) = details else { return Some(named(listed).charge(acl()).charge(unknown_rules())) };
        let Some(it) = answer.as_ref()?.web_acl() else { return Some(named(listed).charge(acl())) };
        let mut found = named(listed);
        found.charges = of_rules(it);
        if it.managed_by_firewall_manager() {
            (found.can, found.commands) = Default::default();
            found.notes.retain(|note| note.id() != "detach-first");
            found = found.note(Note::with("service-managed", "AWS Firewall Manager"));
        }
        Some(found)
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

async fn all(client: &Client, scope: AclScope) -> Result<Vec<Listed>> {
    let (mut found, mut marker) = (Vec::new(), None);
    loop {
        let asked = client.list_web_acls().scope(scope.clone()).limit(100).set_next_marker(marker);
        let answer = asked.send().await?;
        let page = answer.web_acls.unwrap_or_default();
        // The last full page has a marker too.
        marker = answer.next_marker.filter(|marker| !marker.is_empty() && !page.is_empty());
        found.extend(page.into_iter().map(|acl| (scope.clone(), acl)));
        if marker.is_none() {
            return Ok(found);
        }
    }
}

fn named((scope, acl): &Listed) -> Listed {
    let (id, name) = (acl.id().unwrap_or_default(), acl.name().unwrap_or_default());
    let (scope, lock) = (scope.as_str(), acl.lock_token().unwrap_or_default());
    let command = Command::aws("wafv2 delete-web-acl --name")
        .arg(name)
        .words("--scope")
        .arg(scope)
        .words("--id")
        .arg(id)
        .words("--lock-token")
        .arg(lock);
    let found = Listed { arn: acl.arn.clone(), ..Listed::new(id) }.named(acl.name.clone());
    found.can(Verb::Delete, command).note(Note::new("usage-extra")).note(Note::new("detach-first"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_says_where() {
        let summary = WebAclSummary::builder().name("study").id("1").lock_token("2").build();
        let found = named(&(AclScope::Cloudfront, summary));
        assert!(found.notes.contains(&Note::new("detach-first")));
        let command = &found.commands[&Verb::Delete].to_string();
        assert_eq!(command, "aws wafv2 delete-web-acl --name study --scope CLOUDFRONT --id 1 --lock-token 2");
    }
}
