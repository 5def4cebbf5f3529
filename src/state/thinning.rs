//! Which sweeps of a history are kept: all of the last two days, then one an hour, a day, a week, and none after 400 days.

use jiff::Timestamp;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Up to this age, one sweep is kept of each of these periods; of the first ones all.
const KEPT: [(i64, i64); 4] = [(2 * DAY, 1), (14 * DAY, HOUR), (90 * DAY, DAY), (400 * DAY, 7 * DAY)];

/// The indices of the sweeps that are dropped. `times` is of one scope, the newest first. Of each period the newest is kept, so
/// that thinning again drops nothing more.
pub(super) fn dropped(times: &[Timestamp], now: Timestamp) -> Vec<usize> {
    let mut last = None;
    let mut dropped = Vec::new();
    for (index, at) in times.iter().enumerate() {
        let seconds = at.as_second();
        // A time in the future is that of a clock that was wrong: it is kept until it is past.
        let age = now.as_second() - seconds;
        let period = KEPT.iter().find(|(up_to, _)| age <= *up_to).map(|(_, length)| *length);
        let slot = period.map(|length| (length, seconds.div_euclid(length)));
        if slot.is_none() || (slot == last && period != Some(1)) {
            dropped.push(index);
        } else {
            last = slot;
        }
    }
    dropped
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const NOW: i64 = 1_795_392_000;

    fn at(age: i64) -> Timestamp {
        Timestamp::from_second(NOW - age).unwrap()
    }

    /// The ages that stay.
    fn kept(ages: &[i64]) -> Vec<i64> {
        let times: Vec<Timestamp> = ages.iter().map(|age| at(*age)).collect();
        let dropped: BTreeSet<usize> = dropped(&times, at(0)).into_iter().collect();
        ages.iter().enumerate().filter(|(index, _)| !dropped.contains(index)).map(|(_, age)| *age).collect()
    }

    #[test]
    fn the_older_the_fewer() {
        assert_eq!(kept(&[-5, 0, 0, 60, DAY]), [-5, 0, 0, 60, DAY]);
        // NOW is on the hour.
        assert_eq!(kept(&[3 * DAY + 10, 3 * DAY + 20, 3 * DAY + HOUR + 1]), [3 * DAY + 10, 3 * DAY + HOUR + 1]);
        assert_eq!(kept(&[20 * DAY + 1, 20 * DAY + HOUR, 21 * DAY + 1]), [20 * DAY + 1, 21 * DAY + 1]);
        assert_eq!(kept(&[399 * DAY, 400 * DAY + 1, 900 * DAY]), [399 * DAY]);
    }

    #[test]
    fn a_sweep_every_ten_minutes_for_years_stays_small_and_stable() {
        let ages: Vec<i64> = (0..600 * 144).map(|count| count * 600).collect();
        let once = kept(&ages);
        assert!((650..800).contains(&once.len()), "{}", once.len());
        assert_eq!(kept(&once), once);
    }
}
