//! Where AWS offers which service, after its public endpoint data: known, so that nobody waits for names that do not exist.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Region;

/// Made by `tests/emulators/endpoints.py`; `UPDATE_ENDPOINTS=1 cargo test --test it endpoints` makes it anew.
const TABLE: &str = include_str!("endpoints.txt");

/// The line `*`: every region that the data knows.
const EVERYWHERE: &str = "*";

/// The places of each line, read once: a sweep asks thousands of times.
static PLACES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(prefix, places)| (prefix, places.split(' ').collect())).collect()
});

/// Every region that the data knows.
pub fn regions() -> impl Iterator<Item = &'static str> {
    PLACES.get(EVERYWHERE).into_iter().flatten().copied()
}

/// Whether the service with this endpoint prefix is there in the region; `None` if the data does not know the one or the other.
#[must_use]
pub fn offered(prefix: &str, region: &Region) -> Option<bool> {
    let region = region.as_str();
    if !PLACES.get(EVERYWHERE)?.contains(&region) {
        return None;
    }
    let places = PLACES.get(prefix)?;
    // `* - a b`: everywhere but there.
    let all_but = places.first() == Some(&EVERYWHERE);
    Some(places.contains(&region) != all_but)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_data_says() {
        let is = |prefix, region| offered(prefix, &Region::new(region));
        assert_eq!(is("ec2", "ap-northeast-1"), Some(true));
        assert_eq!(is("apprunner", "ap-northeast-1"), Some(true));
        assert_eq!(is("apprunner", "ap-northeast-2"), Some(false));
        assert_eq!(is("elasticbeanstalk", "ap-east-2"), Some(false));
        assert_eq!(is("elasticbeanstalk", "eu-west-1"), Some(true));
    }

    #[test]
    fn what_it_does_not_know_is_asked() {
        assert_eq!(offered("nothing", &Region::new("us-east-1")), None);
        assert_eq!(offered("ec2", &Region::new("us-gov-west-1")), None);
    }
}
