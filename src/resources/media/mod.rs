//! Media and games.

// LATER mod gamelift_capacity;
// LATER mod gamelift_fleet;
// LATER mod gamelift_stream_group;
// LATER mod mediaconnect_flow;
// LATER mod mediaconvert_queue;
// LATER mod medialive_channel;
// LATER mod medialive_input;

use super::Resource;

pub(super) static ALL: &[&Resource] = &[
// LATER &gamelift_fleet::RESOURCE,
// LATER &gamelift_stream_group::RESOURCE,
// LATER &medialive_channel::RESOURCE,
// LATER &medialive_input::RESOURCE,
// LATER &mediaconnect_flow::RESOURCE,
// LATER &mediaconvert_queue::RESOURCE,
];
