//! SageMaker AI jobs of all kinds: they are charged while they run, and end by themselves or when they are stopped.

use jiff::Timestamp;

use crate::model::{Billing, Charge, Command, Listed, Verb};

/// A job as listed.
pub struct Job<'a> {
    /// The AWS CLI's name of its kind: `training-job`.
    pub kind: &'a str,
    pub name: Option<&'a str>,
    pub arn: Option<&'a str>,
    pub created_at: Option<Timestamp>,
}

impl Job<'_> {
    pub fn finding(&self, billing: Billing, charges: Vec<Charge>) -> Listed {
        let name = self.name.unwrap_or_default();
        let (arn, created_at) = (self.arn.map(str::to_owned), self.created_at);
        let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) };
        found.can(Verb::Stop, Command::aws(&format!("sagemaker stop-{0} --{0}-name", self.kind)).arg(name))
    }
}

/// `None` means it has ended.
pub fn billing(status: Option<&str>) -> Option<Billing> {
    match status.unwrap_or_default().to_ascii_lowercase().as_str() {
        "completed" | "failed" | "stopped" => None,
        "stopping" | "deleting" => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_charged_until_it_is_over() {
        let running = Some(Billing::Running);
        assert_eq!([None, Some("InProgress"), Some("Future")].map(billing), [running; 3]);
        assert_eq!(["Completed", "Failed", "Stopped"].map(|it| billing(Some(it))), [None; 3]);
        assert_eq!(billing(Some("Stopping")), Some(Billing::Ending));
    }
}
