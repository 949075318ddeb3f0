//! Which findings count: comments that allow them, and comments that do not do their work.
//!
//! In: findings and the comments of their files. Out: the same findings with a status, and faults of
//! comments. In untrusted code a comment changes nothing but is told.

use crate::{
    finding::{Finding, Place, Status},
    report::AllowFault,
    rule::RuleId,
};

/// `brightline: allow(rule-a, rule-b) reason`, found in a comment.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The comment.
    pub at: Place,
    /// The line whose findings it speaks of, from 1.
    pub line: u32,
    /// The rules, as written.
    pub rules: Vec<String>,
    /// Why; mandatory.
    pub reason: String,
}

/// Reads the comment `text`; `None` where it is not spoken to us.
///
/// Gives the rules and the reason; either may be empty, which `settle` reports.
#[must_use]
pub fn read(text: &str) -> Option<(Vec<String>, String)> {
    let said = text.split_once("brightline:")?.1.trim_start();
    let inside = said.strip_prefix("allow")?.trim_start();
    let Some((rules, reason)) = inside.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return Some((Vec::new(), String::new()));
    };
    let rules = rules.split(',').map(|rule| rule.trim().to_owned()).filter(|rule| !rule.is_empty()).collect();
    let reason = reason.trim().trim_end_matches("*/").trim_end_matches("-->").trim();
    Some((rules, reason.to_owned()))
}

/// Marks the findings that `allows` speak of; gives the allows that are wrong or match nothing.
///
/// `known` says whether a rule exists.
#[must_use]
pub fn allows(findings: &mut [Finding], allows: &[Allow], untrusted: bool, known: impl Fn(&str) -> bool) -> Vec<AllowFault> {
    let mut faults = Vec::new();
    for allow in allows {
        if let Some(message) = wrong(allow, &known) {
            faults.push(AllowFault { at: allow.at.clone(), message });
            continue;
        }
        for rule in &allow.rules {
            let mut used = false;
            for finding in findings.iter_mut().filter(|finding| speaks_of(allow, finding, rule)) {
                let reason = allow.reason.clone();
                finding.status = if untrusted { Status::AllowedByAuthor { reason } } else { Status::Allowed { reason } };
                used = true;
            }
            if !used {
                let message = format!("nothing here breaks {rule}; remove it from the comment");
                faults.push(AllowFault { at: allow.at.clone(), message });
            }
        }
    }
    faults
}

fn wrong(allow: &Allow, known: &impl Fn(&str) -> bool) -> Option<String> {
    if allow.rules.is_empty() {
        return Some("names no rule; write `brightline: allow(rule-id) reason`".to_owned());
    }
    if let Some(rule) = allow.rules.iter().find(|rule| !known(rule)) {
        return Some(format!("there is no rule {rule}; `brightline rules` lists them"));
    }
    allow.reason.is_empty().then(|| "gives no reason, so it allows nothing; write why after the rule".to_owned())
}

fn speaks_of(allow: &Allow, finding: &Finding, rule: &str) -> bool {
    let same = allow.at.app == finding.at.app && allow.at.file == finding.at.file && allow.line == finding.at.start.line;
    same && (finding.rule.as_str() == rule || RuleId::new(rule).is_some_and(|rule| finding.also.contains(&rule)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_comment_is_read_as_rules_and_a_reason() {
        for (text, rules, reason) in [
            ("# brightline: allow(x-a) a court ordered it", Some("x-a"), "a court ordered it"),
            ("/* brightline: allow(x-a, x-b) ours */", Some("x-a x-b"), "ours"),
            ("// brightline: allow(x-a)", Some("x-a"), ""),
            ("// brightline: allow", Some(""), ""),
            ("// brightline is nice", None, ""),
        ] {
            let read = super::read(text);
            assert_eq!(read.as_ref().map(|(rules, _)| rules.join(" ")).as_deref(), rules, "{text}");
            assert_eq!(read.map_or(String::new(), |(_, reason)| reason), reason, "{text}");
        }
    }
}
