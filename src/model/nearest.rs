//! The known word that is nearest to a misspelt one.

/// The word that was probably meant: the one with the fewest edits, if they are few.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, name) = known.into_iter().map(|name| (edits(word, name), name)).min()?;
    (distance <= name.chars().count() / 3).then_some(name)
}

/// The number of letters to add, remove or change (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["us-east-1", "us-west-1", "eu-west-1"];
        assert_eq!(nearest("us-esat-1", known), Some("us-east-1"));
        assert_eq!(nearest("eu_west_1", known), Some("eu-west-1"));
        assert_eq!(nearest("tokyo", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
