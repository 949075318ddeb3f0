//! The words by which the clauses of SQL are told.

macro_rules! keys {
    ($($key:ident $word:literal)*) => {
        /// A word that shapes a statement; `None` for all others, which may be names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key { None, $($key,)* }

        impl Key {
            /// The longest word.
            const MOST: usize = 16;

            fn lower(word: &str) -> Self {
                match word { $($word => Self::$key,)* _ => Self::None }
            }
        }
    };
}

keys! {
    Add "add" All "all" Alter "alter" And "and" Any "any" Apply "apply" Array "array" As "as" Asc "asc" Anti "anti"
    Asof "asof" Between "between" By "by" Case "case" Clone "clone" Cluster "cluster" Column "column" Create "create"
    Cross "cross" Default "default" Delete "delete" Desc "desc" Distinct "distinct" Distribute "distribute" Drop "drop"
    Else "else" End "end" Except "except" Exclude "exclude" Exists "exists" False "false" Fetch "fetch"
    For "for" From "from" Full "full" Go "go" Grant "grant" Group "group" Groups "groups" Having "having" If "if"
    Ignore "ignore" Ilike "ilike" In "in" Index "index" Inner "inner" Insert "insert" Intersect "intersect" Into "into"
    Is "is" Join "join" Lateral "lateral" Left "left" Like "like" Limit "limit" Materialized "materialized" Merge "merge"
    Minus "minus" Natural "natural" Not "not" Null "null" Offset "offset" On "on" Only "only" Or "or" Order "order"
    Outer "outer" Over "over" Overwrite "overwrite" Partition "partition" Pivot "pivot" Prewhere "prewhere"
    Qualify "qualify" Range "range" Recursive "recursive" Regexp "regexp" Rename "rename" Replace "replace"
    Returning "returning" Revoke "revoke" Right "right" Rlike "rlike" Rows "rows" Select "select" Semi "semi" Set "set"
    Similar "similar" Some "some" Sort "sort" Table "table" Tablesample "tablesample" Then "then" Top "top" To "to"
    True "true" Truncate "truncate" Union "union" Unpivot "unpivot" Update "update" Using "using" Values "values"
    View "view" When "when" Where "where" Window "window" With "with"
}

impl Key {
    /// The key that `word` is, in any case.
    pub(super) fn of(word: &str) -> Self {
        let mut lower = [0; Self::MOST];
        let Some(lower) = lower.get_mut(..word.len()) else { return Self::None };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).map_or(Self::None, Self::lower)
    }

    /// Whether a word before JOIN, or JOIN itself.
    pub(super) fn joins(self) -> bool {
        use Key::{Anti, Apply, Asof, Cross, Full, Inner, Join, Left, Natural, Outer, Right, Semi};
        matches!(self, Join | Apply | Left | Right | Full | Inner | Outer | Cross | Natural | Semi | Anti | Asof)
    }

    /// Whether it compares two values.
    pub(super) fn compares(self) -> bool {
        use Key::{Between, Ilike, In, Is, Like, Regexp, Rlike, Similar};
        matches!(self, Between | Ilike | In | Is | Like | Regexp | Rlike | Similar)
    }

    /// Whether also the name of a function, when a parenthesis follows.
    pub(super) fn calls(self) -> bool {
        use Key::{Any, Array, Clone, If, Left, None, Offset, Replace, Right, Truncate};
        matches!(self, None | Left | Right | Replace | If | Array | Truncate | Offset | Any | Clone)
    }
}
