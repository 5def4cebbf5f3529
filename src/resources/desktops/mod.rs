//! Desktops and applications streamed to people.

// LATER mod appstream_app_block_builder;
// LATER mod appstream_fleet;
// LATER mod appstream_image_builder;
// LATER mod appstream_volume;
// LATER mod workspace;
// LATER mod workspaces_instance;
// LATER mod workspaces_pool;
// LATER mod workspaces_web_portal;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &workspace::RESOURCE,
// LATER &workspaces_instance::RESOURCE,
// LATER &appstream_fleet::RESOURCE,
// LATER &appstream_image_builder::RESOURCE,
// LATER &appstream_app_block_builder::RESOURCE,
// LATER &workspaces_pool::RESOURCE,
// LATER &workspaces_web_portal::RESOURCE,
];
