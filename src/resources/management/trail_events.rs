//! The kinds of events that a CloudTrail trail logs, by its selectors.

use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput;
use aws_sdk_cloudtrail::types::AdvancedEventSelector;

/// The kinds that have a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Events {
    pub management: bool,
    /// Data events of buckets, functions, tables and endpoints.
    pub data: bool,
    pub insights: bool,
}

/// A trail without selectors logs management events.
impl Default for Events {
    fn default() -> Self {
        Self { management: true, data: false, insights: false }
    }
}

/// Advanced selectors replace basic ones. An unknown category counts as data events.
pub fn events(said: &GetEventSelectorsOutput) -> Events {
    let (basic, advanced) = (said.event_selectors(), said.advanced_event_selectors());
    if basic.is_empty() && advanced.is_empty() {
        return Events::default();
    }
    let managed = |it: &AdvancedEventSelector| categories(it).any(|it| it.eq_ignore_ascii_case("Management"));
    let other = |it: &AdvancedEventSelector| categories(it).any(|it| !it.eq_ignore_ascii_case("Management"));
    Events {
        management: basic.iter().any(|it| it.include_management_events() != Some(false))
            || advanced.iter().any(managed),
        data: basic.iter().any(|it| !it.data_resources().is_empty()) || advanced.iter().any(other),
        insights: false,
    }
}

fn categories(selector: &AdvancedEventSelector) -> impl Iterator<Item = &str> {
    let fields = selector.field_selectors().iter().filter(|it| it.field() == "eventCategory");
    fields.flat_map(|it| it.equals().iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudtrail::types::{AdvancedFieldSelector, DataResource, EventSelector};

    use super::*;

    #[test]
    fn both_sorts_of_selectors_are_read() {
        let output = || GetEventSelectorsOutput::builder();
        let kinds = |events: Events| (events.management, events.data);
        assert_eq!(kinds(events(&output().build())), (true, false));
        let data = EventSelector::builder().data_resources(DataResource::builder().build());
        let only = output().event_selectors(data.clone().include_management_events(false).build());
        assert_eq!(kinds(events(&only.build())), (false, true));
        assert_eq!(kinds(events(&output().event_selectors(data.build()).build())), (true, true));
        let advanced = |category: &str| {
            let field = AdvancedFieldSelector::builder().field("eventCategory").equals(category).build().unwrap();
            let selector = AdvancedEventSelector::builder().field_selectors(field).build().unwrap();
            kinds(events(&output().advanced_event_selectors(selector).build()))
        };
        assert_eq!(
            ["Management", "Data", "NetworkActivity"].map(advanced),
            [(true, false), (false, true), (false, true)]
        );
    }
}
