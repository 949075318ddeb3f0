//! stub
use crate::{graph::{Kind,Slot}, span::Span};
pub(super) enum Event { Open { kind: Kind, slot: Slot, span: Span, name: Option<Span> }, Close }
pub(super) fn read(_: &str, _: &mut dyn FnMut(Event)) {}
pub(super) fn mask_jinja(text: &str) -> String { text.to_owned() }
pub(super) fn looks_like_sql(_: &str) -> bool { false }
