//! The time and the person's time zone; a test stops the clock with `GUARDRAIL_NOW`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The fixed date of the demo account: its bill has figures of that month.
const PRACTICE: Timestamp = Timestamp::constant(1_795_392_000, 0);

/// The time, in whole seconds.
#[must_use]
pub fn now() -> Timestamp {
    let now = stopped().unwrap_or_else(Timestamp::now);
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The time in the demo account.
#[must_use]
pub fn practice() -> Timestamp {
    stopped().unwrap_or(PRACTICE)
}

/// The system's time zone; UTC with a stopped clock.
#[must_use]
pub fn zone() -> TimeZone {
    if stopped().is_some() { TimeZone::UTC } else { TimeZone::system() }
}

fn stopped() -> Option<Timestamp> {
    std::env::var("GUARDRAIL_NOW").ok().and_then(|text| text.parse().ok())
}
