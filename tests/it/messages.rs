//! The messages: no idioms, and full stops alike in both languages.

use guardrail::lang;
use guardrail::model::Lang;
use guardrail::resources;

/// Phrases that a reader stumbles over; things cost or are charged, they do not bill.
const IDIOMS: [&str; 16] = [
    "nobody",
    "whoever",
    "anew",
    "is told",
    "are told",
    "tells",
    "dearer",
    "mend",
    "mends",
    "goes on billing",
    "is billing",
    "are billing",
    "bills",
    "bill too",
    "looked for",
    "as it should be",
];

/// In Japanese, words with another one in AWS's console, or with several meanings.
const WORDS: [&str; 9] = ["無料枠", "端末", "見張", "故障", "安全策", "検索ドメイン", "受信箱", "読み直", "説明できま"];

/// The value of each message that stands on one line, with its id.
fn messages(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    lang::source(lang).lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(|line| line.split_once(" = "))
}

fn has_words(text: &str, phrase: &str) -> bool {
    let plain = text.replace("AWS bills by UTC months", "").replace("surprise AWS bills", "").to_lowercase();
    let words: Vec<&str> = plain.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    format!(" {} ", words.join(" ")).contains(&format!(" {phrase} "))
}

#[test]
fn no_message_and_no_name_of_a_type_has_an_idiom() {
    let types = resources::ALL.iter().flat_map(|it| [(it.id, it.names.get(Lang::En)), (it.id, it.bills.get(Lang::En))]);
    let english = messages(Lang::En).chain(types);
    let found: Vec<String> = english
        .flat_map(|(id, text)| IDIOMS.iter().filter(move |it| has_words(text, it)).map(move |it| format!("{id}: {it}")))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let types = resources::ALL.iter().flat_map(|it| [(it.id, it.names.get(Lang::Ja)), (it.id, it.bills.get(Lang::Ja))]);
    let japanese = messages(Lang::Ja).chain(types);
    let found: Vec<String> = japanese
        .flat_map(|(id, text)| WORDS.iter().filter(move |it| text.contains(**it)).map(move |it| format!("{id}: {it}")))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn parentheses_and_full_stops_are_alike() {
    let japanese: std::collections::BTreeMap<_, _> = messages(Lang::Ja).collect();
    let wide: Vec<&&str> = japanese.values().filter(|text| text.contains(['（', '）', '：'])).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    let spaced = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters.windows(3).any(|it| ('ぁ'..='龠').contains(&it[0]) && it[1] == ' ' && it[2] == '(')
    };
    let names = resources::ALL.iter().flat_map(|it| [it.names.get(Lang::Ja), it.bills.get(Lang::Ja)]);
    let spaced: Vec<&str> = japanese.values().copied().chain(names).filter(|text| spaced(text)).collect();
    assert!(spaced.is_empty(), "{spaced:#?}");
    let ends = |text: &str, stop: &str| text.ends_with(stop);
    let differ: Vec<&str> = messages(Lang::En)
        .filter(|(id, en)| japanese.get(id).is_some_and(|ja| ends(en, ".") != ends(ja, "。")))
        // A request is a question in English, and need not be one in Japanese. A message with plural forms ends on a later line.
        .filter(|(_, en)| !en.ends_with('?') && !en.ends_with("->"))
        .map(|(id, _)| id)
        .collect();
    assert!(differ.is_empty(), "{differ:#?}");
}
