//! Which of the known words a mistyped one was meant to be.

/// The candidate that `wrong` was most likely meant to be: at most two letters away, or one that it begins,
/// or that begins it. The first of the nearest; `None` where nothing is near.
pub(super) fn of<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = wrong.chars().count();
    let near = |candidate: &'a str| {
        let distance = strsim::osa_distance(wrong, candidate);
        let begins = far >= 3 && candidate.starts_with(wrong) || candidate.len() >= 3 && wrong.starts_with(candidate);
        (distance <= 2 && distance < far || begins).then_some((distance, candidate))
    };
    candidates.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_mistyped_word_finds_the_one_that_was_meant() {
        let known = ["religion", "political-opinion", "face", "id", "special-category"];
        for (wrong, meant) in [
            ("religon", Some("religion")),
            ("relgiion", Some("religion")),
            ("political", Some("political-opinion")),
            ("special-category-data", Some("special-category")),
            ("faces", Some("face")),
            ("weather", None),
            ("xy", None),
            ("", None),
        ] {
            assert_eq!(of(wrong, known), meant, "{wrong}");
        }
    }
}
