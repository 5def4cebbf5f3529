//! What a state in free text says, where a service writes `creating`, `available`, `deleting`, `deleted`.

use crate::model::Billing;

/// `None` is gone. Every other state bills, known or not, said or not.
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
    fn only_what_is_deleted_bills_nothing() {
        assert_eq!(billing(Some("Deleted")), None);
        assert_eq!(billing(Some("DELETING")), Some(Billing::Ending));
        for state in [Some("available"), Some("creating"), Some("dreaming"), None] {
            assert_eq!(billing(state), Some(Billing::Running), "{state:?}");
        }
    }
}
