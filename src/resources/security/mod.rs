//! Keys, secrets, directories and security services.

mod access_analyzer;
mod cloudhsm_cluster;
mod detective_graph;
mod directory;
mod guardduty_detector;
mod inspector;
mod inspector_scans;
mod kms_key;
mod kms_rotations;
mod macie_session;
mod payment_cryptography_key;
mod private_ca;
mod secret;
mod security_hub;
mod security_lake;
mod shield_subscription;
mod waf_charges;
mod waf_web_acl;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &kms_key::RESOURCE,
    &payment_cryptography_key::RESOURCE,
    &secret::RESOURCE,
    &waf_web_acl::RESOURCE,
    &access_analyzer::RESOURCE,
    &shield_subscription::RESOURCE,
    &directory::RESOURCE,
    &cloudhsm_cluster::RESOURCE,
    &private_ca::RESOURCE,
    &guardduty_detector::RESOURCE,
    &security_hub::RESOURCE,
    &inspector::RESOURCE,
    &macie_session::RESOURCE,
    &detective_graph::RESOURCE,
    &security_lake::RESOURCE,
];
