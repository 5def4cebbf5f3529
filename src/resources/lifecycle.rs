//! The charges in a state that a service writes as free text: `creating`, `available`, `deleting`, `deleted`.

use crate::model::Billing;

/// `None` means it is deleted. Every other state counts as charged, also an unknown or missing one.
pub fn billing(state: Option<&str>) -> Option<Billing> {
    match state.unwrap_or_default().to_ascii_lowercase().as_str() {
        "deleted" => None,
        "deleting" | "final-snapshot" => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_deleted_thing_is_free() {
        assert_eq!(billing(Some("Deleted")), None);
        assert_eq!(billing(Some("DELETING")), Some(Billing::Ending));
        for state in [Some("available"), Some("creating"), Some("future"), None] {
            assert_eq!(billing(state), Some(Billing::Running), "{state:?}");
        }
    }
}
