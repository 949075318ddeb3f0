//! A report made by hand that has one of everything, hostile names and hostile code too.

use std::collections::BTreeMap;

use brightline::{
    finding::{Cell, Confidence, Excerpt, Finding, Place, Status, Step, StepKind, Tier, Verdict, Why},
    report::{AllowFault, Coverage, Entry, PackSummary, Report},
    rule::{Category, ClauseCard, RuleCard, RuleId, Severity},
    span::{LineIndex, Span},
};

const INGEST: &str =
    "import tweepy\n\nclient = tweepy.Client(TOKEN)\n\ndef posts(user):\n    return client.get_users_tweets(user)\n";
const SEGMENT: &str = "from ingest.posts import posts\n\ndef run(users):\n    for user in users:\n        texts = posts(user)\n        user.religion = model.predict(texts)\n        store.save(user)\n";
const NOTEBOOK: &str = "{\"cells\": [\n  {\"source\": [\n    \"faces = match_faces(followers)\\n\"\n  ]}\n]}\n";
const HOSTILE: &str =
    "\u{1b}[2Jx = 1  # \u{202e}kcatta\u{202c} \u{9b}31m\r\nfind(protest)  # ::error::a \u{1b}]8;;https://evil.example\u{7}\r\n";
/// A name that speaks to terminals, to workflow commands, to URIs and to readers.
const HOSTILE_NAME: &str = "src/50%: a,b\n::error::\u{1b}[2J \u{202e}yp.x#?.py";

/// The place of the first `needle` in `text`, with one line around it.
fn place(file: &str, text: &str, needle: &str) -> Place {
    let at = text.find(needle).unwrap();
    let span = Span::new(at, at + needle.len());
    let index = LineIndex::new(text);
    let (first, last) = (index.line(span.start).saturating_sub(1).max(1), index.line(span.end) + 1);
    let lines = index.lines(text, first, last);
    let mark = Span::new((span.start - lines.start) as usize, (span.end - lines.start) as usize);
    let excerpt = Excerpt { first_line: u32::try_from(first).unwrap(), text: lines.of(text).into(), mark };
    let (start, end) = (index.line_col(text, span.start), index.line_col(text, span.end));
    Place { app: 0, file: file.into(), span, start, end, cell: None, excerpt }
}

/// The use at the place stands in a line that was too long to show whole.
fn cut(mut at: Place) -> Place {
    let shown = format!("{}{}", "left(); ".repeat(3), "match(face_é, gallery); right();");
    at.excerpt = Excerpt { first_line: at.start.line, mark: Span::new(24, 46), text: shown.into() };
    at.start.column = 48_211;
    at.end.column = 48_233;
    at
}

fn step(at: Place, kind: StepKind, note: &str, why: Vec<Why>) -> Step {
    Step { at, kind, note: note.into(), why, confidence: None }
}

fn why(entry: &str, matched: &str, language: &str, supports: &[&str], against: &[&str]) -> Why {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Why {
        entry: entry.into(),
        matched: matched.into(),
        language: language.into(),
        supports: owned(supports),
        against: owned(against),
    }
}

fn id(text: &str) -> RuleId {
    RuleId::new(text).unwrap()
}

fn clause(key: &str, severity: Severity) -> ClauseCard {
    ClauseCard {
        id: format!("x.{key}"),
        platform: "X".into(),
        document: "X Developer Policy".into(),
        section: "Off-limits uses".into(),
        url: format!("https://example.org/policy#{key}"),
        dated: if key == "sensitive" { "2024-11-15".into() } else { String::new() },
        seen: "2026-11-01".into(),
        says: "Deriving or storing what people believe, or how healthy they are, from their posts is not allowed, unless only counts without any id are kept.".into(),
        severity,
    }
}

fn card(name: &str, category: &str, severity: Severity) -> RuleCard {
    RuleCard {
        id: id(name),
        title: "guesses the religion of people from their posts".into(),
        category: Category(category.into()),
        severity,
        sentence: "prohibited: infer of religion from x, unless aggregate-without-ids".into(),
        why: "Lists of people by faith have cost lives.".into(),
        remedy: "Drop the guess, or count without keeping who was counted.".into(),
        clauses: vec![clause("sensitive", severity), clause("surveillance", Severity::High)],
        lawful_if: vec![("aggregate-without-ids".into(), "only counts are kept, with no id in them".into())],
        ask: vec!["Is there a written approval of the platform for this use?".into()],
        example_file: "segment.py".into(),
        breaking: "user.religion = model.predict(posts)\n".into(),
        keeping: "totals[topic(post)] += 1\n".into(),
    }
}

fn finding(rule: &str, severity: Severity, confidence: Confidence, at: Place, trace: Vec<Step>, status: Status) -> Finding {
    Finding {
        rule: id(rule),
        category: Category("special-category-inference".into()),
        severity,
        confidence,
        tier: Tier::E1,
        verdict: Verdict::Violation,
        message: "the religion of people is guessed from posts of X".into(),
        at,
        trace,
        data: vec!["content".into(), "religion".into()],
        source: Some("x".into()),
        use_key: "infer".into(),
        also: Vec::new(),
        fingerprint: format!("{rule}-0123456789abcdef"),
        status,
    }
}

/// From a call in one file through another to the use.
fn across_files() -> Finding {
    let at = place("jobs/segment.py", SEGMENT, "user.religion = model.predict(texts)");
    let tweets = why("rules/platforms/x/api.yaml: calls[12]", "get_users_tweets", "", &["imports tweepy"], &[]);
    let religion = why("rules/words/religion.yaml: en.strong[3]", "religion", "en", &["user"], &["freedom of religion"]);
    let trace = vec![
        step(
            place("ingest/posts.py", INGEST, "client.get_users_tweets(user)"),
            StepKind::Source,
            "posts of X are read here",
            vec![tweets],
        ),
        step(place("jobs/segment.py", SEGMENT, "posts(user)"), StepKind::Flow, "and come here", Vec::new()),
        step(place("jobs/segment.py", SEGMENT, "user.religion"), StepKind::Data, "this is religion", vec![religion]),
        step(at.clone(), StepKind::Use, "a person's religion is inferred here", Vec::new()),
    ];
    let mut finding = finding("x-religion-guess", Severity::Critical, Confidence::High, at, trace, Status::Open);
    finding.also = vec![id("any-religion-guess"), id("x-profile")];
    finding
}

/// In a notebook of someone else, who tried to allow it.
fn in_a_notebook() -> Finding {
    let mut at = place("explore.ipynb", NOTEBOOK, "match_faces(followers)");
    at.cell = Some(Cell { number: 1, line: 1 });
    let status = Status::AllowedByAuthor { reason: "only a demo \u{202e}omed".into() };
    let mut finding = finding("x-face-match", Severity::High, Confidence::Medium, at, Vec::new(), status);
    finding.message = "faces are matched {0} [here](https://evil.example)".into();
    finding.verdict = Verdict::NeedsHuman;
    finding.tier = Tier::E2;
    finding.source = None;
    finding
}

/// In a file whose name and code are made to harm whoever reads the report.
fn in_hostile_code() -> Finding {
    let at = place(HOSTILE_NAME, HOSTILE, "find(protest)");
    let context = place(HOSTILE_NAME, HOSTILE, "\u{202e}kcatta\u{202c}");
    let trace = vec![
        step(context, StepKind::Context, "a label\n::error::with \u{1b}[2J", Vec::new()),
        step(at.clone(), StepKind::Use, "a protest is looked for here", Vec::new()),
    ];
    let mut finding = finding("x-protest-watch", Severity::Medium, Confidence::Low, at, trace, Status::Open);
    finding.message = "a protest is watched,\n100%: \u{1b}[31mred".into();
    finding
}

/// In a line that was too long to show whole.
fn in_a_long_line() -> Finding {
    let at = cut(place("web/app.min.js", "match(face_é, gallery)", "match(face_é, gallery)"));
    finding("x-face-match", Severity::Low, Confidence::Low, at, Vec::new(), Status::Open)
}

fn allowed() -> Finding {
    let at = place("jobs/segment.py", SEGMENT, "store.save(user)");
    let status = Status::Allowed { reason: "members' own answers, asked for with consent".into() };
    finding("x-profile", Severity::High, Confidence::High, at, Vec::new(), status)
}

/// So many entries with one reason.
pub(super) fn entries(many: usize, reason: &str) -> Vec<Entry> {
    (0..many).map(|number| Entry { app: 0, file: format!("data/{number:02}.bin"), reason: reason.into() }).collect()
}

/// A report without findings, over files that were all looked at.
pub(super) fn clean() -> Report {
    Report {
        version: "0.1.0".into(),
        pack: PackSummary { rules: 58, hash: "0123abcd".into(), replaced: Vec::new(), added: Vec::new() },
        apps: vec![".".into()],
        findings: Vec::new(),
        rules: BTreeMap::new(),
        coverage: Coverage { files: 4, scanned: 4, bytes: 2_048, ..Coverage::default() },
        allows: Vec::new(),
        info_left_out: 0,
    }
}

/// A report with one of everything.
pub(super) fn full() -> Report {
    let cards = [
        card("any-religion-guess", "special-category-inference", Severity::High),
        card("x-face-match", "biometric-identification", Severity::High),
        card("x-profile", "profiling", Severity::High),
        card("x-protest-watch", "event-monitoring", Severity::Medium),
        card("x-religion-guess", "special-category-inference", Severity::Critical),
    ];
    let fault = AllowFault {
        at: place("jobs/segment.py", SEGMENT, "for user in users:"),
        message: "no finding of x-protest-watch stands here; remove the comment".into(),
    };
    let mut skipped = entries(12, "not text");
    skipped.push(Entry { app: 0, file: "web/app.js.map".into(), reason: "generated".into() });
    let partial = vec![Entry { app: 0, file: "jobs/broken.py".into(), reason: "the syntax is broken in 2 places".into() }];
    let failed = vec![Entry { app: 0, file: HOSTILE_NAME.into(), reason: "permission denied".into() }];
    let files = 5 + skipped.len() + partial.len() + failed.len();
    Report {
        findings: vec![in_a_notebook(), across_files(), allowed(), in_hostile_code(), in_a_long_line()],
        rules: cards.into_iter().map(|card| (card.id.clone(), card)).collect(),
        coverage: Coverage { files, scanned: 5, bytes: 34_012, partial, skipped, failed },
        allows: vec![fault],
        info_left_out: 3,
        pack: PackSummary {
            rules: 58,
            hash: "0123abcd".into(),
            replaced: vec!["words/religion.yaml".into()],
            added: vec!["prohibitions/house-rule.yaml".into(), "norms/house.yaml".into()],
        },
        ..clean()
    }
}

/// A report over two apps, with a finding in the second.
pub(super) fn two_apps() -> Report {
    let mut finding = across_files();
    finding.at.app = 1;
    for step in &mut finding.trace {
        step.at.app = 1;
    }
    Report { findings: vec![finding], apps: vec!["apps/one".into(), "apps/two".into()], ..full() }
}
