//! Where AWS offers which service, after its public endpoint data: known, so that nobody waits for names that do not exist.

use crate::model::Region;

/// Made by `tests/emulators/endpoints.py`; `UPDATE_ENDPOINTS=1 cargo test --test it endpoints` makes it anew.
const TABLE: &str = include_str!("endpoints.txt");

/// Whether the service with this endpoint prefix is there in the region; `None` if the data does not know the one or the other.
#[must_use]
pub fn offered(prefix: &str, region: &Region) -> Option<bool> {
    let known: Vec<&str> = line("*")?.collect();
    if !known.contains(&region.as_str()) {
        return None;
    }
    let mut places = line(prefix)?.peekable();
    let all_but = places.next_if_eq(&"*").is_some();
    Some(places.any(|place| place == region.as_str()) != all_but)
}

fn line(prefix: &str) -> Option<impl Iterator<Item = &'static str>> {
    let of = |line: &'static str| line.strip_prefix(prefix)?.strip_prefix(" = ");
    TABLE.lines().find_map(of).map(|places| places.split(' '))
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
