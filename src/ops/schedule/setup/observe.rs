//! What there is of the nightly run: its stacks, and the settings in the bucket.

use serde_json::Value;

use super::goal::{MEMBER, REPORTS, SCHEDULE};
use super::scheduler::Scheduler;
use crate::aws::bucket::Bucket;
use crate::aws::stack::Stack;
use crate::aws::stack_set::StackSet;
use crate::error::{Error, Result};
use crate::model::Text;

/// The parts as they are. A `StackSet` that cannot be read is an error only where one is wanted: an account outside of an
/// organisation may not ask.
pub struct Observed {
    pub reports: Option<Stack>,
    pub member: Option<Stack>,
    pub members: Result<Option<StackSet>>,
    pub schedule: Option<Stack>,
    pub settings: Option<Value>,
}

impl Observed {
    pub fn bucket(&self) -> Option<&str> {
        self.reports.as_ref()?.output("Bucket")
    }

    /// Refuses to change stacks of these names that guardrail did not make.
    ///
    /// # Errors
    /// One lacks guardrail's tag.
    pub fn must_be_own(&self) -> Result<()> {
        let stacks = [(REPORTS, &self.reports), (MEMBER, &self.member), (SCHEDULE, &self.schedule)];
        let foreign = stacks.into_iter().find(|(_, it)| it.as_ref().is_some_and(|it| !it.is_own));
        let foreign = foreign.map(|(name, _)| name).or_else(|| {
            let set = self.members.as_ref().ok()?.as_ref()?;
            (!set.is_own).then_some(MEMBER)
        });
        match foreign {
            Some(name) => Err(Error::failed(Text::new("error-stack-foreign").with("stack", name))),
            None => Ok(()),
        }
    }
}

impl Scheduler {
    /// Reads the parts.
    ///
    /// # Errors
    /// CloudFormation or the bucket cannot be read.
    pub(super) async fn observe(&self) -> Result<Observed> {
        let stack = |name| self.stacks.read(name);
        let (reports, member, schedule, members) =
            futures::join!(stack(REPORTS), stack(MEMBER), stack(SCHEDULE), self.sets.read(MEMBER));
        let observed = Observed { reports: reports?, member: member?, members, schedule: schedule?, settings: None };
        let key = observed.schedule.as_ref().and_then(|it| it.parameters.get("Settings"));
        let settings = match (observed.bucket(), key) {
            (Some(bucket), Some(key)) => self.bucket(bucket).get(key).await?,
            _ => None,
        };
        Ok(Observed { settings: settings.and_then(|text| serde_json::from_slice(&text).ok()), ..observed })
    }

    pub(super) fn bucket(&self, name: &str) -> Bucket {
        Bucket::new(&self.sdk, name, self.id())
    }
}
