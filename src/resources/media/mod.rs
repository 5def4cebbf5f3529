//! Media and games.

mod gamelift_capacity;
mod gamelift_fleet;
mod gamelift_stream_group;
mod mediaconnect_flow;
mod mediaconvert_queue;
mod medialive_channel;
mod medialive_input;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
    &gamelift_fleet::RESOURCE,
    &gamelift_stream_group::RESOURCE,
    &medialive_channel::RESOURCE,
    &medialive_input::RESOURCE,
    &mediaconnect_flow::RESOURCE,
    &mediaconvert_queue::RESOURCE,
];
