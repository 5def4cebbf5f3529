//! The answers of the demo account: a forgotten OpenSearch domain of a tutorial in Tokyo, a stopped instance whose disk and
//! address are still charged, and a stopped database that AWS will restart, of a `MySQL` version past its standard support: the
//! price of that in Ireland is unknown, and a large part of the bill. No safeguards are set up. The domain makes up most of
//! the bill; traffic makes up the unexplained part.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::call::{Answer, Call};
use super::responder::Story;

/// Answers by `<service>.<action>[.<region or subject>].<form>`; the most specific one is used.
static ANSWERS: &[(&str, &str)] = story!["story/":
    "billing.GetBillingPreferences.json",
    "ce.GetCostAndUsage.SERVICE.json",
    "ce.GetCostAndUsage.USAGE_TYPE.json",
    "cloudtrail.LookupEvents.ap-northeast-1.json",
    "ec2.DescribeAddresses.ap-northeast-1.xml",
    "ec2.DescribeInstances.ap-northeast-1.xml",
    "ec2.DescribeRegions.xml",
    "ec2.DescribeVolumes.ap-northeast-1.xml",
    "es.DescribeDomains.ap-northeast-1.json",
    "es.ListDomainNames.ap-northeast-1.json",
    "freetier.GetFreeTierUsage.json",
    "iam.ListAccountAliases.xml",
    "monitoring.GetMetricStatistics.AWSDataTransfer.json",
    "monitoring.GetMetricStatistics.AmazonEC2.json",
    "monitoring.GetMetricStatistics.AmazonES.json",
    "monitoring.GetMetricStatistics.AmazonRDS.json",
    "monitoring.GetMetricStatistics.AmazonVPC.json",
    "monitoring.GetMetricStatistics.json",
    "monitoring.ListMetrics.json",
    "rds.DescribeDBInstances.eu-west-1.xml",
    "rds.DescribeDBMajorEngineVersions.xml",
    "sts.GetCallerIdentity.xml",
];

/// Calls that fail, instead of an empty list, while no safeguards are set up.
static MISSING: &[(&str, &str, u16, &str)] = &[
    ("iam", "GetPolicy", 404, "NoSuchEntity"),
    ("iam", "GetRole", 404, "NoSuchEntity"),
    ("iam", "GetRolePolicy", 404, "NoSuchEntity"),
    ("s3", "HeadBucket", 404, "NotFound"),
    ("sns", "GetTopicAttributes", 404, "NotFound"),
    ("macie2", "GetMacieSession", 404, "ResourceNotFoundException"),
    ("securityhub", "DescribeHub", 404, "ResourceNotFoundException"),
    ("securityhub", "DescribeSecurityHubV2", 404, "ResourceNotFoundException"),
    ("organizations", "DescribeOrganization", 400, "AWSOrganizationsNotInUseException"),
    // The account is older than the plans.
    ("freetier", "GetAccountPlanState", 400, "ResourceNotFoundException"),
    ("support", "DescribeSeverityLevels", 400, "SubscriptionRequiredException"),
    ("support", "DescribeTrustedAdvisorChecks", 400, "SubscriptionRequiredException"),
];

/// Calls that end things of the story, and the lists from which those disappear.
static ENDS: &[(&str, &str, &[&str])] = &[
    ("es", "DeleteDomain", &["es.ListDomainNames", "es.DescribeDomains"]),
    ("ec2", "TerminateInstances", &["ec2.DescribeInstances", "ec2.DescribeVolumes"]),
    ("ec2", "DeleteVolume", &["ec2.DescribeVolumes"]),
    ("ec2", "ReleaseAddress", &["ec2.DescribeAddresses"]),
    ("rds", "DeleteDBInstance", &["rds.DescribeDBInstances"]),
];

/// The story, as it goes on in one run of the program; the next run begins at its start.
#[derive(Debug, Default)]
pub(super) struct Practice {
    /// Lists that are empty by now.
    ended: Mutex<BTreeSet<&'static str>>,
}

impl Story for Practice {
    fn answer(&self, call: &Call) -> Option<Answer> {
        if let Some((.., status, code)) = MISSING.iter().find(|row| (row.0, row.1) == (&*call.service, &*call.action)) {
            return Some(Answer::error(call, *status, code, "does not exist"));
        }
        let Call { service, action, .. } = call;
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let tried = call.body.contains("DryRun=true");
        ended.extend(
            ENDS.iter()
                .filter(|_| !tried)
                .filter(|row| (row.0, row.1) == (&**service, &**action))
                .flat_map(|row| row.2),
        );
        if ended.contains(&*format!("{service}.{action}")) {
            return None;
        }
        answer(ANSWERS, call)
    }
}

/// The answer in a story: the most specific one, by subject, region or action.
pub(super) fn answer(answers: &[(&str, &str)], call: &Call) -> Option<Answer> {
    let Call { service, action, region, .. } = call;
    let about = call.subject().map(|subject| format!("{service}.{action}.{subject}."));
    let here = format!("{service}.{action}.{region}.");
    let anywhere = format!("{service}.{action}.");
    let starting = |start: &str| answers.iter().find(|(name, _)| name.starts_with(start));
    let body = about.and_then(|about| starting(&about)).or_else(|| starting(&here)).or_else(|| {
        answers.iter().find(|(name, _)| name.strip_prefix(&*anywhere).is_some_and(|form| !form.contains('.')))
    });
    body.map(|(_, body)| Answer::ok(call, body))
}
