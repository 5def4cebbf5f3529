//! Parses the regions that a person names, in the forms in which people write them.

use crate::aws::endpoints;
use crate::error::{Error, Result};
use crate::model::{Region, Text, nearest};

/// The names of the default regions in AWS's console.
const CITIES: &[(&[&str], &str)] = &[
    (&["virginia", "n. virginia", "north virginia", "バージニア", "バージニア北部"], "us-east-1"),
    (&["ohio", "オハイオ"], "us-east-2"),
    (&["california", "n. california", "北カリフォルニア"], "us-west-1"),
    (&["oregon", "オレゴン"], "us-west-2"),
    (&["mumbai", "ムンバイ"], "ap-south-1"),
    (&["osaka", "大阪"], "ap-northeast-3"),
    (&["seoul", "ソウル"], "ap-northeast-2"),
    (&["singapore", "シンガポール"], "ap-southeast-1"),
    (&["sydney", "シドニー"], "ap-southeast-2"),
    (&["tokyo", "東京"], "ap-northeast-1"),
    (&["canada", "montreal", "カナダ"], "ca-central-1"),
    (&["frankfurt", "フランクフルト"], "eu-central-1"),
    (&["ireland", "アイルランド"], "eu-west-1"),
    (&["london", "ロンドン"], "eu-west-2"),
    (&["paris", "パリ"], "eu-west-3"),
    (&["stockholm", "ストックホルム"], "eu-north-1"),
    (&["sao paulo", "são paulo", "サンパウロ"], "sa-east-1"),
];

/// The ends of region names, before their number.
const DIRECTIONS: [&str; 9] =
    ["central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];

/// Parses a region, also in capitals or with a space after a comma.
///
/// # Errors
/// It does not have the form of a region's name.
pub fn region(name: &str) -> Result<Region> {
    let plain = name.trim().to_lowercase();
    let direction = plain.rsplit('-').nth(1).unwrap_or_default();
    if Region::is_well_formed(&plain) && DIRECTIONS.contains(&direction) {
        return Ok(Region::new(plain));
    }
    let error = Error::usage(Text::new("error-region-name").with("region", name));
    let city = CITIES.iter().find(|(names, _)| names.contains(&plain.as_str())).map(|(_, region)| *region);
    Err(match city.or_else(|| nearest(&plain, endpoints::regions())) {
        Some(near) => error.hint(Text::new("hint-did-you-mean").with("near", near)),
        None => error.hint(Text::new("hint-region-name")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(name: &str) -> Option<String> {
        let error = region(name).unwrap_err();
        let near = error.hints.iter().find(|hint| hint.id == "hint-did-you-mean")?;
        Some(near.args[0].1.to_string())
    }

    #[test]
    fn a_region_is_read_as_people_write_it() {
        assert_eq!(region(" AP-Northeast-1").unwrap(), Region::new("ap-northeast-1"));
        // AWS may have regions that this program does not know yet.
        assert_eq!(region("us-south-7").unwrap(), Region::new("us-south-7"));
    }

    #[test]
    fn a_misspelt_region_has_the_nearest_suggested() {
        assert_eq!(suggested("us-esat-1").as_deref(), Some("us-east-1"));
        assert_eq!(suggested("eu_west_1").as_deref(), Some("eu-west-1"));
        assert_eq!(suggested("Tokyo").as_deref(), Some("ap-northeast-1"));
        assert_eq!(suggested("東京").as_deref(), Some("ap-northeast-1"));
        assert_eq!(suggested("moon"), None);
    }

    #[test]
    fn the_cities_are_those_of_regions_that_exist() {
        assert!(CITIES.iter().all(|(_, region)| endpoints::regions().any(|known| known == *region)));
    }
}
