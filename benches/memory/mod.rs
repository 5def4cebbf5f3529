//! The memory of a running program, as Linux reports it.

use std::time::Duration;

use crate::world::{Screen, World};

/// The peak of a process in kB; zero on other systems.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// Its own.
    pub own: u64,
    /// With its code.
    pub all: u64,
}

/// Runs the program to its end.
pub fn measured(world: &World, line: &str) -> (Screen, Memory) {
    let mut most = Memory::default();
    let screen = world.run_while(line, |child| {
        let status = format!("/proc/{}/status", child.id());
        while child.try_wait().unwrap().is_none() {
            let status = std::fs::read_to_string(&status).unwrap_or_default();
            most.own = most.own.max(kilobytes(&status, "RssAnon:"));
            most.all = most.all.max(kilobytes(&status, "VmHWM:"));
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    (screen, most)
}

fn kilobytes(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
