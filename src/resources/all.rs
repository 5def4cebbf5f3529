//! The catalogue: every resource type, family by family.

use std::sync::LazyLock;

use super::Resource;
use super::family::Family;
use super::{
    analytics, commitments, compute, containers, databases, desktops, developer, ec2, lightsail, machine_learning,
    management, media, messaging, migration, network, security, storage,
};
use crate::model::words;

/// The families, in the order of the catalogue.
pub static FAMILIES: &[Family] = &[
    Family { id: "ec2", names: words("EC2", "EC2"), types: ec2::ALL },
    Family { id: "network", names: words("Network and DNS", "ネットワークと DNS"), types: network::ALL },
    Family {
        id: "databases", names: words("Databases and caches", "データベースとキャッシュ"), types: databases::ALL
    },
    Family {
        id: "analytics",
        names: words("Search, streams and analytics", "検索・ストリーム・分析"),
        types: analytics::ALL,
    },
    Family { id: "containers", names: words("Containers", "コンテナ"), types: containers::ALL },
    Family {
        id: "compute", names: words("Other compute", "その他のコンピューティング"), types: compute::ALL
    },
    Family { id: "lightsail", names: words("Lightsail", "Lightsail"), types: lightsail::ALL },
    Family { id: "storage", names: words("Storage and transfer", "ストレージと転送"), types: storage::ALL },
    Family { id: "machine-learning", names: words("Machine learning", "機械学習"), types: machine_learning::ALL },
    Family { id: "security", names: words("Security and keys", "セキュリティとキー"), types: security::ALL },
    Family {
        id: "management",
        names: words("Monitoring and management", "モニタリングと管理"),
        types: management::ALL,
    },
    Family {
        id: "messaging",
        names: words("Mail, messages and telephone numbers", "メール・メッセージ・電話番号"),
        types: messaging::ALL,
    },
    Family { id: "desktops", names: words("Desktops", "デスクトップ"), types: desktops::ALL },
    Family { id: "media", names: words("Media and games", "メディアとゲーム"), types: media::ALL },
    Family { id: "developer", names: words("Developer tools", "開発者ツール"), types: developer::ALL },
    Family { id: "migration", names: words("Migration", "移行"), types: migration::ALL },
    Family {
        id: "commitments",
        names: words("Commitments and support", "コミットメントとサポート"),
        types: commitments::ALL,
    },
];

/// Every type, in the order of the catalogue.
pub static ALL: LazyLock<Vec<&Resource>> =
    LazyLock::new(|| FAMILIES.iter().flat_map(|family| family.types).copied().collect());
