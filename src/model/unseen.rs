//! Invisible characters: they control a terminal, break a line, change the writing direction, or have no width.

/// Whether the character can hide or forge text.
#[must_use]
pub fn is_unseen(letter: char) -> bool {
    let breaks_or_turns = matches!(letter, '\u{061C}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let without_width = matches!(
        letter,
        '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    letter.is_control() || breaks_or_turns || without_width
}
