//! stub
pub(super) struct CodeCell { pub(super) number: u32, pub(super) language: String, pub(super) text: String, pub(super) map: Vec<(u32, u32)> }
pub(super) fn cells(_: &str) -> Result<Vec<CodeCell>, String> { Ok(Vec::new()) }
