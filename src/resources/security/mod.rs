//! Keys, secrets, directories and the services that watch.

// LATER mod access_analyzer;
// LATER mod cloudhsm_cluster;
// LATER mod detective_graph;
// LATER mod directory;
// LATER mod guardduty_detector;
// LATER mod inspector;
// LATER mod kms_key;
mod macie_session;
// LATER mod payment_cryptography_key;
// LATER mod private_ca;
// LATER mod secret;
// LATER mod security_hub;
// LATER mod security_lake;
// LATER mod shield_subscription;
// LATER mod waf_charges;
// LATER mod waf_web_acl;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    // LATER &kms_key::RESOURCE,
    // LATER &payment_cryptography_key::RESOURCE,
    // LATER &secret::RESOURCE,
    // LATER &waf_web_acl::RESOURCE,
    // LATER &access_analyzer::RESOURCE,
    // LATER &shield_subscription::RESOURCE,
    // LATER &directory::RESOURCE,
    // LATER &cloudhsm_cluster::RESOURCE,
    // LATER &private_ca::RESOURCE,
    // LATER &guardduty_detector::RESOURCE,
    // LATER &security_hub::RESOURCE,
    // LATER &inspector::RESOURCE,
    &macie_session::RESOURCE,
    // LATER &detective_graph::RESOURCE,
    // LATER &security_lake::RESOURCE,
];
