//! What the rules of a WAF web ACL cost: each its month, some groups of AWS's a fee, those of sellers what they ask.

use aws_sdk_wafv2::types::{ManagedRuleGroupStatement, WebAcl};

use crate::model::{Charge, Sku, Unit};

pub fn acl() -> Charge {
    Charge::each_month("web ACL", Sku::new("awswaf").with("usagetype", "WebACLV2"), 1)
}

pub fn unknown_rules() -> Charge {
    Charge::metered("WAF rules", rule(), Unit::Month)
}

/// The charges of a web ACL and of its rules.
pub fn of_rules(of: &WebAcl) -> Vec<Charge> {
    let own = of.rules().iter().filter_map(|rule| rule.statement());
    let groups = own.clone().filter_map(|it| it.managed_rule_group_statement());
    let set = || {
        let before = of.pre_process_firewall_manager_rule_groups().iter();
        let sets = before.chain(of.post_process_firewall_manager_rule_groups());
        sets.filter_map(|group| group.firewall_manager_statement())
    };
    let groups = groups.chain(set().filter_map(|it| it.managed_rule_group_statement()));
    let makes_own = own.clone().any(|it| it.rule_group_reference_statement().is_some())
        || set().any(|it| it.rule_group_reference_statement().is_some());
    let count = of.rules().len()
        + of.pre_process_firewall_manager_rule_groups().len()
        + of.post_process_firewall_manager_rule_groups().len();
    let rules = (count > 0).then(|| Charge::each_month("WAF rule", rule(), count));
    // The rules inside a group of the user's own bill too; the web ACL does not say how many they are.
    let inside = makes_own.then(|| Charge::metered("rules of rule groups", rule(), Unit::Month));
    [acl()].into_iter().chain(rules).chain(inside).chain(groups.filter_map(fee)).collect()
}

fn fee(group: &ManagedRuleGroupStatement) -> Option<Charge> {
    let item = |item: &str| Sku::new("awswaf").with("item", item).with("unit", "month");
    if !group.vendor_name().eq_ignore_ascii_case("AWS") {
        return Some(Charge::metered("Marketplace rule group", item("marketplace_rule_group"), Unit::Month));
    }
    let (name, sku) = match group.name() {
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
    use aws_sdk_wafv2::types::{Rule, RuleGroupReferenceStatement, Statement};

    use super::*;

    fn managed(vendor: &str, name: &str) -> Statement {
        let group = ManagedRuleGroupStatement::builder().vendor_name(vendor).name(name).build().unwrap();
        Statement::builder().managed_rule_group_statement(group).build()
    }
    fn what(statements: &[Statement]) -> Vec<String> {
        let rules = statements.iter().map(|it| Rule::builder().name("x").priority(0).statement(it.clone()).build());
        let acl = WebAcl::builder().name("x").id("x").arn("x");
        let acl = acl.set_rules(Some(rules.collect::<Result<_, _>>().unwrap())).build().unwrap();
        of_rules(&acl).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn every_rule_bills() {
        let plain = Statement::builder().build();
        assert_eq!(what(&[]), ["web ACL"]);
        assert_eq!(what(&[plain.clone(), plain]), ["web ACL", "2 × WAF rule"]);
    }

    #[test]
    fn some_groups_bill_on_top() {
        let reference = RuleGroupReferenceStatement::builder().arn("x").build().unwrap();
        let reference = Statement::builder().rule_group_reference_statement(reference).build();
        assert_eq!(what(&[reference]), ["web ACL", "WAF rule", "rules of rule groups"]);
        assert_eq!(what(&[managed("AWS", "AWSManagedRulesCommonRuleSet")]), ["web ACL", "WAF rule"]);
        assert_eq!(what(&[managed("AWS", "AWSManagedRulesATPRuleSet")])[2], "account takeover prevention");
        assert_eq!(what(&[managed("F5", "Bots")])[2], "Marketplace rule group");
    }
}
