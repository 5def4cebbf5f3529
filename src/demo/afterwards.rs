//! The demo account two days later, when its person writes to AWS Support: the domain is deleted, and the safeguards are set up.

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use super::call::{Answer, Call};
use super::responder::Story;
use super::story::{Practice, answer};
use crate::model::{Words, words};

/// What AWS answers otherwise than before.
static ANSWERS: &[(&str, &str)] = story!["story/afterwards/":
    "budgets.DescribeBudgets.json",
    "budgets.DescribeNotificationsForBudget.guardrail-free-tier-ec2-hours.json",
    "budgets.DescribeNotificationsForBudget.guardrail-free-tier-rds-hours.json",
    "budgets.DescribeNotificationsForBudget.guardrail-free-tier-s3-storage.json",
    "budgets.DescribeNotificationsForBudget.guardrail-monthly.json",
    "budgets.DescribeNotificationsForBudget.guardrail-zero-spend.json",
    "budgets.DescribeSubscribersForNotification.json",
    "budgets.ListTagsForResource.json",
    "ce.GetAnomalyMonitors.json",
    "ce.GetAnomalySubscriptions.json",
    "ce.ListTagsForResource.json",
    "cloudtrail.DescribeTrails.us-east-1.json",
    "cloudtrail.GetTrailStatus.us-east-1.json",
    "cloudtrail.ListTags.us-east-1.json",
    "monitoring.DescribeAlarms.us-east-1.json",
    "monitoring.GetMetricStatistics.AWSDataTransfer.json",
    "monitoring.GetMetricStatistics.AmazonEC2.json",
    "monitoring.GetMetricStatistics.AmazonES.json",
    "monitoring.GetMetricStatistics.AmazonRDS.json",
    "monitoring.GetMetricStatistics.AmazonVPC.json",
    "monitoring.GetMetricStatistics.json",
    "monitoring.ListTagsForResource.us-east-1.json",
    "s3.GetBucketEncryption.xml",
    "s3.GetBucketLifecycleConfiguration.xml",
    "s3.GetBucketPolicy.json",
    "s3.GetBucketTagging.xml",
    "s3.GetPublicAccessBlock.xml",
    "s3.HeadBucket.xml",
    "sns.GetSubscriptionAttributes.us-east-1.xml",
    "sns.GetTopicAttributes.us-east-1.xml",
    "sns.ListSubscriptionsByTopic.us-east-1.xml",
    "sns.ListTagsForResource.us-east-1.xml",
];

/// The time of the letter: 2026-11-25T00:30:00Z.
const AT: Timestamp = Timestamp::constant(1_795_566_600, 0);
/// When the domain was deleted: 2026-11-23T00:24:00Z.
const DELETED: Timestamp = Timestamp::constant(1_795_393_440, 0);

#[derive(Debug, Default)]
pub(super) struct Afterwards(Practice);

impl Story for Afterwards {
    fn answer(&self, call: &Call) -> Option<Answer> {
        match (&*call.service, answer(ANSWERS, call)) {
            ("es", _) => None,
            (_, Some(answer)) => Some(answer),
            (_, None) => self.0.answer(call),
        }
    }
}

/// What the person of the demo account says.
#[derive(Debug, Clone)]
pub struct Person {
    pub name: Words,
    pub cause: Words,
    pub zone: TimeZone,
    /// The time of the letter.
    pub at: Timestamp,
    /// The things that guardrail deleted, by key.
    pub deleted: Vec<(String, Timestamp)>,
}

#[must_use]
pub fn person() -> Person {
    Person {
        name: words("Hana Sato", "佐藤 花"),
        cause: words(
            "I set up the domain to follow a tutorial about search, and forgot to delete it afterwards.",
            "検索のチュートリアルを試すためにドメインを作成し、終了後に削除するのを忘れておりました。",
        ),
        zone: TimeZone::fixed(tz::offset(9)),
        at: AT,
        deleted: vec![("123456789012/ap-northeast-1/opensearch-domain/study".to_owned(), DELETED)],
    }
}
