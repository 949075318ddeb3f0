//! The parts of a SARIF 2.1.0 log that brightline writes; each is named after its object in the standard.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;
use serde_json::{Map, Value};

/// Where the schema of the standard is published.
pub(super) const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The `sarifLog` object (section 3.13).
#[derive(Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) version: &'static str,
    pub(super) runs: [Run<'a>; 1],
}

/// The `run` object (section 3.14).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run<'a> {
    pub(super) tool: Tool<'a>,
    pub(super) invocations: [Invocation<'a>; 1],
    pub(super) original_uri_base_ids: Value,
    pub(super) column_kind: &'static str,
    pub(super) results: Vec<Outcome<'a>>,
    pub(super) properties: Value,
}

/// The `tool` object (section 3.18).
#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) driver: Driver<'a>,
}

/// The `toolComponent` object (section 3.19).
#[derive(Serialize)]
pub(super) struct Driver<'a> {
    pub(super) name: &'static str,
    pub(super) version: &'a str,
    pub(super) rules: Vec<Rule<'a>>,
    pub(super) notifications: Vec<Kind>,
}

/// The `reportingDescriptor` object of a rule (section 3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    pub(super) short_description: Message<'a>,
    pub(super) full_description: Message<'a>,
    pub(super) help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help_uri: Option<&'a str>,
    pub(super) default_configuration: Configuration,
    pub(super) properties: Value,
}

/// The `reportingDescriptor` object of a notification (section 3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kind {
    pub(super) id: &'static str,
    pub(super) short_description: Message<'static>,
}

/// The `multiformatMessageString` object (section 3.12).
#[derive(Serialize)]
pub(super) struct Help {
    pub(super) text: String,
    pub(super) markdown: String,
}

/// The `reportingConfiguration` object (section 3.50).
#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: &'static str,
}

/// The `message` object (section 3.11), plain text.
#[derive(Serialize)]
pub(super) struct Message<'a> {
    text: Cow<'a, str>,
}

impl<'a> Message<'a> {
    /// `text` as it stands: braces are doubled and no part of it is read as a link (sections 3.11.5 and 3.11.6).
    pub(super) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let text = match text.contains(['{', '}']) || text.contains("](") {
            true => text.replace('{', "{{").replace('}', "}}").replace("](", "] (").into(),
            false => text,
        };
        Self { text }
    }
}

/// The `invocation` object (section 3.20).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation<'a> {
    pub(super) execution_successful: bool,
    pub(super) tool_execution_notifications: Vec<Notification<'a>>,
}

/// The `notification` object (section 3.58).
#[derive(Serialize)]
pub(super) struct Notification<'a> {
    pub(super) descriptor: Reference,
    pub(super) level: &'static str,
    pub(super) message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) locations: Vec<Location<'a>>,
}

/// The `reportingDescriptorReference` object (section 3.52).
#[derive(Serialize)]
pub(super) struct Reference {
    pub(super) id: &'static str,
    pub(super) index: usize,
}

/// The `result` object (section 3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome<'a> {
    pub(super) rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: &'static str,
    pub(super) message: Message<'a>,
    pub(super) locations: [Location<'a>; 1],
    pub(super) partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) code_flows: Vec<CodeFlow<'a>>,
    pub(super) suppressions: Vec<Suppression<'a>>,
    pub(super) properties: Map<String, Value>,
}

/// The `suppression` object (section 3.35).
#[derive(Serialize)]
pub(super) struct Suppression<'a> {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) justification: &'a str,
}

/// The `codeFlow` object (section 3.36).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeFlow<'a> {
    pub(super) thread_flows: [ThreadFlow<'a>; 1],
}

/// The `threadFlow` object (section 3.37).
#[derive(Serialize)]
pub(super) struct ThreadFlow<'a> {
    pub(super) locations: Vec<FlowLocation<'a>>,
}

/// The `threadFlowLocation` object (section 3.38).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FlowLocation<'a> {
    pub(super) location: Location<'a>,
    pub(super) kinds: [&'static str; 1],
    pub(super) importance: &'static str,
    pub(super) execution_order: usize,
    pub(super) properties: Value,
}

/// The `location` object (section 3.28).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    pub(super) physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message<'a>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub(super) properties: Map<String, Value>,
}

/// The `physicalLocation` object (section 3.29).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Physical<'a> {
    pub(super) artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Region<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context_region: Option<Region<'a>>,
}

/// The `artifactLocation` object (section 3.4).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    pub(super) uri: String,
    pub(super) uri_base_id: &'static str,
}

/// The `region` object (section 3.30).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region<'a> {
    pub(super) start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column: Option<u32>,
    pub(super) end_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byte_offset: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byte_length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) snippet: Option<Snippet<'a>>,
}

/// The `artifactContent` object (section 3.3).
#[derive(Serialize)]
pub(super) struct Snippet<'a> {
    pub(super) text: &'a str,
}
