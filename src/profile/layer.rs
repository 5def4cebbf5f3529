//! Merges the values of one profile file into the profile that it extends.

use toml::Spanned;

use super::check::{self, Checks};
use super::raw::{
    ActionLayer, AlarmsLayer, AllowanceLayer, AnomalyLayer, Description, FreeTierLayer, KeepLayer, Layer, MonthlyLayer,
    SweepLayer, TrailLayer,
};
use super::settings::{AlarmRule, Allowance, Keep, Profile, Usage, Which};
use super::webhook::Webhook;
use crate::model::choice::{email, limit};
use crate::model::{Text, Words};

impl Layer {
    /// The profile with this file's values. Tables are merged, lists are replaced, mistakes are added to `checks`.
    pub(super) fn over(self, mut profile: Profile, checks: &mut Checks, shipped: bool) -> Profile {
        if let Some(Description { en, ja }) = self.description {
            profile.description = Words { en: en.into(), ja: ja.into() };
        }
        if let Some(usd) = self.limit_usd.and_then(|raw| checks.one(&raw, limit)) {
            let place = if shipped { &mut profile.suggested_limit_usd } else { &mut profile.limit_usd };
            *place = Some(usd);
        }
        if let Some(emails) = self.notify.emails {
            profile.notify.emails = check::without_repeats(checks.list(&emails, email));
            checks.at_most(check::MOST_EMAILS, profile.notify.emails.len(), "profile-too-many-emails", &emails);
        }
        if let Some(webhook) = self.notify.webhook.and_then(|raw| checks.one(&raw, Webhook::parse)) {
            profile.notify.webhook = Some(webhook);
        }
        self.alarms.over(&mut profile, checks);
        if let Some(zero_spend) = self.budgets.zero_spend {
            profile.budgets.zero_spend = zero_spend;
        }
        self.budgets.monthly.over(&mut profile, checks);
        self.budgets.free_tier.over(&mut profile, checks);
        self.budgets.action.over(&mut profile, checks, shipped);
        self.anomaly.over(&mut profile, checks);
        self.trail.over(&mut profile, checks);
        self.sweep.over(&mut profile, checks);
        self.organization.over(&mut profile.organization, checks);
        profile
    }
}

impl AlarmsLayer {
    /// Percentages replace inherited amounts, and amounts inherited percentages.
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let stated = match (&self.percent_of_limit, &self.thresholds_usd) {
            (Some(_), Some(amounts)) => return checks.note(amounts.span(), Text::new("profile-alarms-twice")),
            (None, None) => return,
            (Some(list), None) => {
                profile.alarms = AlarmRule::PercentOfLimit(check::ascending(checks.list(list, check::percent)));
                list
            }
            (None, Some(list)) => {
                profile.alarms = AlarmRule::Usd(check::ascending(checks.list(list, limit)));
                list
            }
        };
        checks.at_most(check::MOST_ALARMS, stated.get_ref().len(), "profile-too-many-alarms", stated);
    }
}

impl MonthlyLayer {
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let monthly = &mut profile.budgets.monthly;
        let last = [&self.forecast_percent, &self.actual_percent].into_iter().flatten().map(Spanned::span).next();
        let last = last.or_else(|| self.enabled.as_ref().map(Spanned::span));
        if let Some(enabled) = self.enabled {
            monthly.enabled = enabled.into_inner();
        }
        if let Some(list) = self.actual_percent {
            monthly.actual_percent = check::ascending(checks.list(&list, check::percent));
        }
        if let Some(list) = self.forecast_percent {
            monthly.forecast_percent = check::ascending(checks.list(&list, check::percent));
        }
        let Some(last) = last else { return };
        checks.notifications(monthly.enabled, monthly.actual_percent.len() + monthly.forecast_percent.len(), last);
    }
}

impl FreeTierLayer {
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let free_tier = &mut profile.budgets.free_tier;
        let last = self.alert_percent.as_ref().map(Spanned::span);
        let last = last.or_else(|| self.enabled.as_ref().map(Spanned::span));
        if let Some(enabled) = self.enabled {
            free_tier.enabled = enabled.into_inner();
        }
        if let Some(list) = self.alert_percent {
            free_tier.alert_percent = check::ascending(checks.list(&list, check::percent));
        }
        if let Some(last) = last {
            checks.notifications(free_tier.enabled, free_tier.alert_percent.len(), last);
        }
        let Some(usage) = self.usage else { return };
        free_tier.usage.clear();
        for stated in usage {
            let span = stated.get_ref().name.span();
            let Some(allowance) = stated.into_inner().allowance(checks) else { continue };
            if free_tier.usage.iter().any(|other| other.name == allowance.name) {
                checks.note(span, Text::new("profile-name-twice").with("name", &allowance.name));
            }
            free_tier.usage.push(allowance);
        }
    }
}

impl AllowanceLayer {
    fn allowance(self, checks: &mut Checks) -> Option<Allowance> {
        let name = checks.one(&self.name, check::kebab);
        let limit = checks.one(&self.limit, check::quantity);
        let unit = checks.one(&self.unit, check::words);
        let of = match (self.usage_type, self.usage_type_group) {
            (Some(one), None) => Usage::Type(one),
            (None, Some(group)) => Usage::TypeGroup(group),
            _ => {
                checks.note(self.name.span(), Text::new("profile-usage-one-of"));
                return None;
            }
        };
        Some(Allowance { name: name?, of, limit: limit?, unit: unit? })
    }
}

impl ActionLayer {
    /// A shipped profile may leave the targets to `init`; a user's file that enables the action, or changes its targets, must name
    /// them.
    fn over(self, profile: &mut Profile, checks: &mut Checks, shipped: bool) {
        let action = &mut profile.budgets.action;
        let lists = [&self.users, &self.groups, &self.roles].into_iter().flatten().map(Spanned::span).next();
        let stated = lists.or_else(|| self.enabled.as_ref().map(Spanned::span));
        action.enabled = self.enabled.map_or(action.enabled, Spanned::into_inner);
        action.approval = self.approval.unwrap_or(action.approval);
        let lists =
            [(self.users, &mut action.users), (self.groups, &mut action.groups), (self.roles, &mut action.roles)];
        for (list, place) in lists.into_iter().filter_map(|(list, place)| Some((list?, place))) {
            *place = check::ascending(checks.list(&list, check::iam_name));
            checks.at_most(check::MOST_TARGETS, place.len(), "profile-too-many-targets", &list);
        }
        if let Some(stated) = stated
            && action.enabled
            && action.names_no_target()
            && !shipped
        {
            checks.note(stated, Text::new("profile-action-no-target"));
        }
    }
}

impl AnomalyLayer {
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let anomaly = &mut profile.anomaly;
        anomaly.enabled = self.enabled.unwrap_or(anomaly.enabled);
        let percent = self.percent_of_limit.and_then(|raw| checks.one(&raw, check::percent));
        anomaly.percent_of_limit = percent.unwrap_or(anomaly.percent_of_limit);
    }
}

impl TrailLayer {
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let trail = &mut profile.trail;
        trail.enabled = self.enabled.unwrap_or(trail.enabled);
        trail.by = self.by.unwrap_or(trail.by);
        let days = self.retention_days.and_then(|raw| checks.one(&raw, check::days));
        trail.retention_days = days.unwrap_or(trail.retention_days);
    }
}

impl SweepLayer {
    fn over(self, profile: &mut Profile, checks: &mut Checks) {
        let sweep = &mut profile.sweep;
        if let Some(regions) = self.regions {
            sweep.regions = check::ascending(checks.list(&regions, check::region));
        }
        if let Some(resources) = self.resources {
            sweep.resources = check::without_repeats(checks.list(&resources, check::kebab));
        }
        if let Some(keep) = self.keep {
            sweep.keep = keep.into_iter().filter_map(|stated| KeepLayer::keep(&stated, checks)).collect();
        }
    }
}

impl KeepLayer {
    fn keep(stated: &Spanned<Self>, checks: &mut Checks) -> Option<Keep> {
        let this = stated.get_ref();
        let resource = checks.one(&this.resource, check::kebab);
        let reason = checks.one(&this.reason, check::words);
        let until = checks.one(&this.until, check::date);
        let which = match (&this.id, &this.name) {
            (Some(id), None) => checks.one(id, check::words).map(Which::Id),
            (None, Some(name)) => checks.one(name, check::words).map(Which::Name),
            _ => {
                checks.note(this.resource.span(), Text::new("profile-keep-one-of"));
                None
            }
        };
        Some(Keep { resource: resource?, which: which?, reason: reason?, until: until? })
    }
}
