//! The charges of a WAF web ACL's rules: a monthly price for each, and the fees of some of AWS's and all sellers' rule groups.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Acl {
    rules: Vec<Rule>,
    pre_process_firewall_manager_rule_groups: Vec<SetGroup>,
    post_process_firewall_manager_rule_groups: Vec<SetGroup>,
    pub managed_by_firewall_manager: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Rule {
    statement: Statement,
}

/// A rule group of Firewall Manager.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct SetGroup {
    firewall_manager_statement: Statement,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Statement {
    managed_rule_group_statement: Option<ManagedGroup>,
    rule_group_reference_statement: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ManagedGroup {
    vendor_name: String,
    name: String,
}

pub fn acl() -> Charge {
    Charge::each_month("web ACL", Sku::new("awswaf").with("usagetype", "WebACLV2"), 1)
}

pub fn unknown_rules() -> Charge {
    Charge::metered("WAF rules", rule(), Unit::Month)
}

/// The charges of a web ACL and its rules, Firewall Manager's among them.
pub fn of_rules(of: &Acl) -> Vec<Charge> {
    let (before, after) = (&of.pre_process_firewall_manager_rule_groups, &of.post_process_firewall_manager_rule_groups);
    let own = of.rules.iter().map(|rule| &rule.statement);
    let set = before.iter().chain(after).map(|group| &group.firewall_manager_statement);
    let statements: Vec<&Statement> = own.chain(set).collect();
    let groups = statements.iter().filter_map(|it| it.managed_rule_group_statement.as_ref());
    let makes_own = statements.iter().any(|it| it.rule_group_reference_statement.is_some());
    let count = statements.len();
    let rules = (count > 0).then(|| Charge::each_month("WAF rule", rule(), count));
    // The rules inside the user's own rule groups are charged too; the web ACL does not say how many there are.
    let inside = makes_own.then(|| Charge::metered("rules of rule groups", rule(), Unit::Month));
    [acl()].into_iter().chain(rules).chain(inside).chain(groups.filter_map(fee)).collect()
}

fn fee(group: &ManagedGroup) -> Option<Charge> {
    let item = |item: &str| Sku::new("awswaf").with("item", item).with("unit", "month");
    if !group.vendor_name.eq_ignore_ascii_case("AWS") {
        return Some(Charge::metered("Marketplace rule group", item("marketplace_rule_group"), Unit::Month));
    }
    let (name, sku) = match group.name.as_str() {
        "AWSManagedRulesBotControlRuleSet" => ("Bot Control", item("bot_control_rule_group")),
        "AWSManagedRulesATPRuleSet" => ("account takeover prevention", item("atp_rule_group")),
        "AWSManagedRulesACFPRuleSet" => ("account creation fraud prevention", item("acfp_rule_group")),
        "AWSManagedRulesAntiDDoSRuleSet" => ("Anti-DDoS", item("anti_ddos_rule_group")),
        _ => return None,
    };
    Some(Charge::each_month(name, sku, 1))
}

fn rule() -> Sku {
    Sku::new("awswaf").with("usagetype", "RuleV2")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn managed(vendor: &str, name: &str) -> Value {
        json!({ "ManagedRuleGroupStatement": { "VendorName": vendor, "Name": name } })
    }

    fn what(statements: &[Value]) -> Vec<String> {
        let rules: Vec<Value> = statements.iter().map(|it| json!({ "Statement": it })).collect();
        let acl = serde_json::from_value(json!({ "Rules": rules })).unwrap();
        of_rules(&acl).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn every_rule_is_charged() {
        let plain = json!({});
        assert_eq!(what(&[]), ["web ACL"]);
        assert_eq!(what(&[plain.clone(), plain]), ["web ACL", "2 × WAF rule"]);
    }

    #[test]
    fn some_groups_bill_on_top() {
        let reference = json!({ "RuleGroupReferenceStatement": { "ARN": "x" } });
        assert_eq!(what(&[reference]), ["web ACL", "WAF rule", "rules of rule groups"]);
        assert_eq!(what(&[managed("AWS", "AWSManagedRulesCommonRuleSet")]), ["web ACL", "WAF rule"]);
        assert_eq!(what(&[managed("AWS", "AWSManagedRulesATPRuleSet")])[2], "account takeover prevention");
        assert_eq!(what(&[managed("F5", "Bots")])[2], "Marketplace rule group");
    }
}
