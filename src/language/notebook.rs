//! Jupyter notebooks.

use super::{Language, Reader};

/// Notebooks of nbformat 3 and 4; each cell is read in its own language.
pub(super) const NOTEBOOK: Language =
    Language { name: "notebook", extensions: &["ipynb"], files: &[], aliases: &[], reader: Reader::Notebook };
