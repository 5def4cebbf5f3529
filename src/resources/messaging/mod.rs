//! Mail, text messages and telephone numbers.

// LATER mod chime_phone_number;
// LATER mod connect_phone_number;
// LATER mod mail_manager_add_on;
// LATER mod mail_manager_ingress_point;
// LATER mod ses_dedicated_ip;
mod sms_leases;
// LATER mod sms_phone_number;
// LATER mod sms_sender_id;
// LATER mod workmail_organization;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &ses_dedicated_ip::RESOURCE,
// LATER &connect_phone_number::RESOURCE,
// LATER &sms_phone_number::RESOURCE,
// LATER &sms_sender_id::RESOURCE,
// LATER &chime_phone_number::RESOURCE,
// LATER &workmail_organization::RESOURCE,
// LATER &mail_manager_ingress_point::RESOURCE,
// LATER &mail_manager_add_on::RESOURCE,
];
