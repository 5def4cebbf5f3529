//! Mail, text messages and phone numbers.

mod chime_phone_number;
mod connect_phone_number;
mod mail_manager_add_on;
mod mail_manager_ingress_point;
mod ses_dedicated_ip;
mod sms_leases;
mod sms_phone_number;
mod sms_sender_id;
mod workmail_organization;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &ses_dedicated_ip::RESOURCE,
    &connect_phone_number::RESOURCE,
    &sms_phone_number::RESOURCE,
    &sms_sender_id::RESOURCE,
    &chime_phone_number::RESOURCE,
    &workmail_organization::RESOURCE,
    &mail_manager_ingress_point::RESOURCE,
    &mail_manager_add_on::RESOURCE,
];
