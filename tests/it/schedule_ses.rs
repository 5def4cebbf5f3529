//! `guardrail schedule --ses-from` on ministack: the sender is verified, the sandbox is said, and a run sends one mail as a page.

use serde_json::{Value, json};

use crate::schedule::{Case, links};

const SENDER: &str = "--ses-from reports@example.com";

fn ses(case: &Case, line: &[&str]) -> Value {
    case.stack.python("ses.py", line)
}

#[test]
fn the_mail_comes_from_a_verified_address() {
    let case = Case::new();
    let refused = case.schedule(&format!("{SENDER} --dry-run")).exits(2);
    for part in ["does not send from reports@example.com yet", "aws sesv2 create-email-identity --email-identity"] {
        assert!(refused.stderr.contains(part), "{refused}");
    }

    // In the sandbox the reader has to be verified, too.
    let _ = ses(&case, &["verify", "reports@example.com"]);
    let _ = ses(&case, &["sandbox"]);
    let sandbox = case.schedule(&format!("{SENDER} --dry-run")).exits(3);
    for part in ["The mail comes from reports@example.com by SES", "SES is in its sandbox, and writes only to verified"]
    {
        assert!(sandbox.stdout.contains(part), "{sandbox}");
    }
    let _ = ses(&case, &["verify", "a@example.com"]);

    let made = case.schedule(&format!("{SENDER} --yes --format json")).exits(0).json();
    assert_eq!((&made["sender"], &made["last_run"]["status"]), (&json!("reports@example.com"), &json!("SUCCEEDED")));
    let proven = ["nightly-sender ok", "nightly-sandbox ok", "nightly-run ok", "nightly-mail ok"];
    assert_eq!(links(&made), proven);
    let mails = ses(&case, &["mails"]);
    let [mail] = mails.as_array().unwrap().as_slice() else { panic!("{mails:#}") };
    assert_eq!(
        (&mail["Source"], &mail["To"], &mail["Subject"]),
        (&json!("reports@example.com"), &json!(["a@example.com"]), &json!("guardrail: SAFE"))
    );
    let (text, html) = (mail["BodyText"].as_str().unwrap(), mail["BodyHtml"].as_str().unwrap());
    let first = text.lines().next().unwrap();
    assert!(first.starts_with("SAFE: ") && html.contains(first), "{text}\n{html}");
    assert!(html.contains("<a href=\"https://us-east-1.console.aws.amazon.com/s3/object/guardrail-reports-"), "{html}");

    // Without the option SNS sends it again, and the change is shown.
    let other = case.schedule("--dry-run").exits(0);
    assert!(other.stdout.contains("Sender: reports@example.com → -"), "{other}");
    let _ = ses(&case, &["forget", "reports@example.com"]);
    let broken = case.world.run("schedule --check --format json").exits(10);
    assert!(links(&broken.json()).contains(&"nightly-sender broken".to_owned()), "{broken}");
}
