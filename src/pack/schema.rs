//! Pack files as people write them: one struct for each kind of file, unknown keys refused.
//!
//! These shapes hold no logic. `pack/compile` turns them into the pack that judges; the build script
//! reads the built-in files through the same shapes. Only plain shapes are used (no untagged or
//! flattened ones), since the embedded pack is stored in a format that does not describe itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `rules/taxonomy.yaml`: every key that other files may use.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Taxonomy {
    /// Kinds of findings.
    pub categories: Vec<Key>,
    /// Kinds of data about people.
    pub data: Vec<DataKey>,
    /// What is done with data.
    pub uses: Vec<Key>,
    /// What makes a use lawful.
    pub safeguards: Vec<Key>,
    /// Lists of words that forms share, named `@key` in them.
    #[serde(default)]
    pub lists: Vec<Key>,
    /// Path parts that make a file something else than the app's own code.
    #[serde(default)]
    pub paths: Vec<PathKind>,
}

/// A key of the taxonomy and what it means.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Lower-case words joined by `-`.
    pub key: String,
    /// A noun or verb phrase that fits into a sentence, such as `infers a special category`.
    pub title: String,
    /// One or two sentences that define it.
    pub says: String,
}

/// A kind of data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DataKey {
    /// Lower-case words joined by `-`.
    pub key: String,
    /// A noun phrase that fits into a sentence, such as `religion or belief`.
    pub title: String,
    /// One or two sentences that define it.
    pub says: String,
    /// Groups it belongs to, such as `special-category`; a group stands wherever a data key may stand.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The same thing in other vocabularies: `fideslang`, `dpv`, `gdpr`.
    #[serde(default)]
    pub maps: BTreeMap<String, String>,
}

/// Path parts of one kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PathKind {
    /// Such as `test`, `vendored`, `documentation`.
    pub kind: String,
    /// Folder names, or file names with `*`, compared in lower case.
    pub parts: Vec<String>,
    /// The highest confidence a finding in such a file may have: `info`, `low`, `medium`.
    pub at_most: String,
}

/// `rules/words/<key>.yaml`: the vocabulary of a data key or of a shared list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The data key or list key.
    pub words: String,
    /// Data keys and list keys whose words make a weak word count when they stand beside it.
    #[serde(default)]
    pub company: Vec<String>,
    /// The words, by human language.
    pub vocabulary: Vec<Vocabulary>,
}

/// The words of one human language.
///
/// A word is lower case; `word*` matches every word that starts so; several words are a phrase and
/// match when they follow each other in a split identifier or a string.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// A BCP 47 tag, such as `en`.
    pub language: String,
    /// Words that mean it by themselves.
    #[serde(default)]
    pub strong: Vec<String>,
    /// Words that mean it only in company.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Words and phrases that, standing in the same name or statement, show that it is something else.
    #[serde(default)]
    pub against: Vec<String>,
}

/// `rules/platforms/<name>/terms.yaml` and `rules/norms/<name>.yaml`: clauses, in our words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The platform's key, or the norm's.
    pub platform: String,
    /// Its name for people.
    pub title: String,
    /// The documents that the clauses stand in.
    pub documents: Vec<Document>,
    /// The clauses.
    pub clauses: Vec<Clause>,
}

/// A document of terms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Unique in the file.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: String,
    /// The date printed in it, `YYYY-MM-DD`; empty where it has none.
    #[serde(default)]
    pub dated: String,
    /// The last day on which its text was seen, `YYYY-MM-DD`.
    pub seen: String,
    /// A public archive of its text, such as `github:owner/name@commit`.
    #[serde(default)]
    pub archive: String,
}

/// A clause, paraphrased.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Unique in the pack; starts with the platform's key and a dot.
    pub id: String,
    /// The key of its document.
    pub document: String,
    /// Its number or heading there.
    pub section: String,
    /// What it says, in our words.
    pub says: String,
    /// Safeguards that, by this clause, make a use lawful.
    #[serde(default)]
    pub safeguards: Vec<String>,
    /// What a person must ask for where the clause turns on something that code cannot show.
    #[serde(default)]
    pub ask: String,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: String,
}

/// `rules/platforms/<name>/api.yaml`: how code shows that it reads the platform.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The platform's key.
    pub platform: String,
    /// Libraries.
    #[serde(default)]
    pub sdks: Vec<Sdk>,
    /// Calls, handlers and properties that give data, under an SDK.
    #[serde(default)]
    pub calls: Vec<ApiCall>,
    /// Hosts, endpoints, scopes and queries, as they stand in strings.
    #[serde(default)]
    pub texts: Vec<ApiText>,
}

/// A library.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sdk {
    /// Module names as imports have them, in any language: `tweepy`, `@slack/web-api`, `com.restfb`.
    pub imports: Vec<String>,
    /// `official`, `community`, or `unofficial` for one that scrapes or speaks a private API.
    pub kind: String,
}

/// Calls that give data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApiCall {
    /// Method, handler or property names, exactly as written; one name per spelling.
    pub names: Vec<String>,
    /// Data keys of what comes back.
    #[serde(default)]
    pub gives: Vec<String>,
    /// A clause for the trace, such as `reads a user's followers`.
    pub says: String,
}

/// Text in strings that shows the platform.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApiText {
    /// Parts of strings, compared without regard to case.
    pub text: Vec<String>,
    /// `host`, `endpoint`, `scope`, `query`, or `private` for an interface that is not offered to developers.
    pub kind: String,
    /// Data keys of what comes back.
    #[serde(default)]
    pub gives: Vec<String>,
    /// A clause for the trace.
    pub says: String,
}

/// `rules/uses/<key>.yaml` and `rules/safeguards/<key>.yaml`: what shows that it is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// The use key or safeguard key.
    pub shows: String,
    /// For safeguards: how far one reaches: `function` (the usual), `file` or `app`.
    #[serde(default)]
    pub within: String,
    /// For safeguards: whether one may follow the use, as the record of a deed does.
    #[serde(default)]
    pub after: bool,
    /// Conditions that must fail for every form of the file.
    #[serde(default)]
    pub none: Vec<Condition>,
    /// The forms; each shows it by itself.
    pub forms: Vec<Form>,
}

/// One way in which code shows a use or a safeguard: a node, and what must stand around it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Unique in the file.
    pub id: String,
    /// What the code does, as a verb phrase: `compares a face with others`.
    pub says: String,
    /// Kinds of nodes it may be.
    pub node: Vec<String>,
    /// Words of the node's own name; one is enough. Empty: any name.
    #[serde(default)]
    pub name: Vec<String>,
    /// Words that its own name must not have.
    #[serde(default)]
    pub not: Vec<String>,
    /// Resolved paths, such as `deepface.DeepFace.analyze` or `face_recognition.*`; one is enough.
    #[serde(default)]
    pub api: Vec<String>,
    /// Parts of the node's own text (strings, templates), without regard to case; one is enough.
    #[serde(default)]
    pub text: Vec<String>,
    /// A regular expression that the node's own text must match as well; needs `text`.
    #[serde(default)]
    pub pattern: String,
    /// Data keys that the node's own name must carry; one is enough.
    #[serde(default)]
    pub data: Vec<String>,
    /// How its own name must have been hidden: `lookalike` or `invisible` characters, needless escapes (`escaped`),
    /// pieces put together (`split`), or `encoded`; one is enough.
    #[serde(default)]
    pub hidden: Vec<String>,
    /// Data keys that this form is about by its nature.
    #[serde(default)]
    pub about: Vec<String>,
    /// Each must hold.
    #[serde(default)]
    pub all: Vec<Condition>,
    /// At least one must hold, where there are any.
    #[serde(default)]
    pub any: Vec<Condition>,
    /// None may hold.
    #[serde(default)]
    pub none: Vec<Condition>,
    /// How sure this form makes us by itself: `high`, `medium`, `low` or `info`.
    #[serde(default)]
    pub alone: String,
}

/// Something that stands in a scope around a node: one node that has all that is named here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Where: `self`, `inside`, `around`, `statement`, `loop`, `into`, `out`, `function`, `file`.
    #[serde(rename = "in")]
    pub scope: String,
    /// Kinds of nodes; empty: any.
    #[serde(default)]
    pub node: Vec<String>,
    /// Words of its name; one is enough.
    #[serde(default)]
    pub words: Vec<String>,
    /// Resolved paths; one is enough.
    #[serde(default)]
    pub api: Vec<String>,
    /// Parts of its text; one is enough.
    #[serde(default)]
    pub text: Vec<String>,
    /// Data keys; one is enough.
    #[serde(default)]
    pub data: Vec<String>,
    /// Platforms whose data or library it is; `any` for any.
    #[serde(default)]
    pub source: Vec<String>,
}

/// `rules/artifacts/<kind>.yaml`: how code names what one place writes and another reads.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Artifact {
    /// Its kind: lower-case words joined by `-`.
    pub artifact: String,
    /// A noun for the trace, such as `table`.
    pub title: String,
    /// How its names compare: `exact`; `dotted` or `path`, where a shorter name is the end of a longer one.
    pub names: String,
    /// The tables of SQL statements are of this kind.
    #[serde(default)]
    pub sql: bool,
    /// Attributes and decorators that give the name of the artifact that a class stands for.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Objects whose members are its names, and that configs give values to: `environ`, `env`.
    #[serde(default)]
    pub members: Vec<String>,
    /// Members in which a reader finds what was written: `body`, `payload`.
    #[serde(default)]
    pub wraps: Vec<String>,
    /// Calls that write or read it.
    #[serde(default)]
    pub calls: Vec<ArtifactCall>,
    /// Entries of configs that say what is read and what is written with it.
    #[serde(default)]
    pub entries: Vec<ArtifactEntry>,
    /// Functions that stand for it.
    #[serde(default)]
    pub functions: Vec<ArtifactFunction>,
}

/// Calls that write or read an artifact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArtifactCall {
    /// `write` or `read`.
    pub does: String,
    /// Names of the calls, exactly as written.
    pub calls: Vec<String>,
    /// Where the name stands, the first that is there: the position of an argument from 0, the key of one, `object` for
    /// what the method is called on, `member` for the name of that.
    pub named: Vec<String>,
    /// Words of which one must stand in what the method is called on; empty: any.
    #[serde(default)]
    pub on: Vec<String>,
    /// Strings that must not be among the arguments.
    #[serde(default)]
    pub without: Vec<String>,
}

/// Entries of configs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArtifactEntry {
    /// `write` or `read`: what is read goes to what is written beside it.
    pub does: String,
    /// Keys, each with as many of the keys around it as tell it from others: `source.table`.
    pub keys: Vec<String>,
    /// A key around it whose value stands before the name, as a schema does; the entry counts only where there is one.
    #[serde(default)]
    pub under: String,
}

/// Functions that stand for an artifact of their own name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArtifactFunction {
    /// Decorators that mark them.
    pub decorators: Vec<String>,
    /// `returned`: what they give back is written to it, and a parameter reads the artifact of its own name;
    /// `received`: what is written to it becomes their parameters, in their order.
    pub does: String,
}

/// `rules/prohibitions/<id>.yaml`: one sentence of terms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prohibition {
    /// What is found, `<platform>-<use>`, kebab-case; never reused.
    pub id: String,
    /// One line for people, without a full stop.
    pub title: String,
    /// A category of the taxonomy.
    pub category: String,
    /// `prohibited: USE of DATA from SOURCE`.
    #[serde(default)]
    pub prohibited: Option<Sentence>,
    /// `required: SAFEGUARD whenever USE of DATA from SOURCE`.
    #[serde(default)]
    pub required: Option<Duty>,
    /// Clauses that say so; the first one decides the severity.
    pub clauses: Vec<String>,
    /// Why it matters, in a few sentences.
    pub why: String,
    /// What to do instead.
    pub remedy: String,
    /// A short breaking and a short keeping example.
    pub example: Example,
}

/// USE of DATA from SOURCE.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Use keys, or `key/form` for one form of a use.
    #[serde(rename = "use")]
    pub uses: Vec<String>,
    /// Data keys or groups; empty: any data.
    #[serde(default)]
    pub data: Vec<String>,
    /// A platform's key, or `any` for any personal data.
    pub source: String,
    /// Facts that must hold as well, each with its own place.
    #[serde(default)]
    pub together: Vec<Fact>,
}

/// What must show as well, not far from a use: data, or another use.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// How far away it may stand: in the same `function` or `file`, in the `pipeline` (on a way by which values get
    /// to the use), or anywhere in the `app`.
    pub within: String,
    /// Data keys or groups of which one must show; not anywhere in the app, where names say too little.
    #[serde(default)]
    pub data: Vec<String>,
    /// Use keys, or `key/form`, of which one must show.
    #[serde(default, rename = "use")]
    pub uses: Vec<String>,
}

/// SAFEGUARD whenever USE of DATA from SOURCE.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Safeguard keys; one is enough.
    pub safeguard: Vec<String>,
    /// Where it must stand: `function`, `file`, `pipeline` (also in files on the way to the use) or `app`.
    pub within: String,
    /// Whenever this happens.
    pub whenever: Sentence,
}

/// A short breaking and a short keeping example.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(brightline_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A file name that says the language, such as `app.py`.
    pub file: String,
    /// Code that breaks the sentence.
    pub breaking: String,
    /// The same code, keeping it.
    pub keeping: String,
}

/// One file of a pack, of whichever kind its path says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum File {
    /// `taxonomy.yaml`
    Taxonomy(Taxonomy),
    /// `words/*.yaml`
    Words(Words),
    /// `platforms/*/terms.yaml`, `norms/*.yaml`
    Terms(Terms),
    /// `platforms/*/api.yaml`
    Api(Api),
    /// `uses/*.yaml`
    Use(Forms),
    /// `safeguards/*.yaml`
    Safeguard(Forms),
    /// `artifacts/*.yaml`
    Artifact(Box<Artifact>),
    /// `prohibitions/*.yaml`
    Prohibition(Box<Prohibition>),
}

impl File {
    /// Reads the pack file at `path` (inside the pack's folder, with `/`).
    ///
    /// # Errors
    /// The reader's message, with its line and column from 1 (0 where it has none), or what is wrong with the path.
    pub fn read(path: &str, text: &str) -> Result<Self, (usize, usize, String)> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts[..] {
            ["taxonomy.yaml"] => yaml(text).map(Self::Taxonomy),
            ["words", _] => yaml(text).map(Self::Words),
            ["platforms", _, "terms.yaml"] | ["norms", _] => yaml(text).map(Self::Terms),
            ["platforms", _, "api.yaml"] => yaml(text).map(Self::Api),
            ["uses", _] => yaml(text).map(Self::Use),
            ["safeguards", _] => yaml(text).map(Self::Safeguard),
            ["artifacts", _] => yaml(text).map(|artifact| Self::Artifact(Box::new(artifact))),
            ["prohibitions", _] => yaml(text).map(|rule| Self::Prohibition(Box::new(rule))),
            _ => Err((0, 0, "is no pack file; a pack has taxonomy.yaml and the folders words, platforms/<name>, norms, uses, safeguards, artifacts, prohibitions".to_owned())),
        }
    }
}

fn yaml<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, (usize, usize, String)> {
    serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
        let message = error.to_string();
        // The place is told once, before the message.
        let bare = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
        (line, column, bare.to_owned())
    })
}
