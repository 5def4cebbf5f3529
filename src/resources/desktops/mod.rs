//! Desktops and applications streamed to people.

mod appstream_app_block_builder;
mod appstream_fleet;
mod appstream_image_builder;
mod appstream_volume;
mod workspace;
mod workspaces_instance;
mod workspaces_pool;
mod workspaces_web_portal;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &workspace::RESOURCE,
    &workspaces_instance::RESOURCE,
    &appstream_fleet::RESOURCE,
    &appstream_image_builder::RESOURCE,
    &appstream_app_block_builder::RESOURCE,
    &workspaces_pool::RESOURCE,
    &workspaces_web_portal::RESOURCE,
];
