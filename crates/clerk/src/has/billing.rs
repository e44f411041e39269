//! Features and plans, which are written with the scope they hold in.

/// Whether `asked` is among the elements of `fea` or `pla`.
///
/// An element is `<scope>:<slug>` with the scope `o`, `u`, `ou` or `uo`. One element that
/// is not makes the claim worthless, as it does in Clerk's SDK.
pub(super) fn holds(elements: &[String], asked: &str) -> bool {
    let mut parts = asked.split(':');
    let first = parts.next().unwrap_or_default();
    let second = parts.next();
    let scopes: &[char] = match (second, first) {
        (None, _) => &['o', 'u'],
        (Some(_), "o" | "org" | "organization") => &['o'],
        (Some(_), "u" | "user") => &['u'],
        (Some(_), _) => return false,
    };
    let slug = second.filter(|slug| !slug.is_empty()).unwrap_or(first);
    let mut found = false;
    for element in elements {
        let Some((scope, held)) = element.split_once(':') else {
            return false;
        };
        found |= held == slug && is_scope(scope) && scope.contains(scopes);
    }
    found
}

/// Whether features of this scope are the organization's.
pub(crate) fn is_scope_of_organization(scope: &str) -> bool {
    is_scope(scope) && scope.contains('o')
}

fn is_scope(scope: &str) -> bool {
    matches!(scope, "o" | "u" | "ou" | "uo")
}

#[cfg(test)]
mod tests {
    use super::holds;

    fn held(claim: &str, asked: &str) -> bool {
        let elements: Vec<String> = claim.split(',').map(str::to_owned).collect();
        holds(&elements, asked)
    }

    #[test]
    fn a_scope_may_be_written_in_several_ways_or_left_out() {
        const CLAIM: &str = "o:reservations,u:dashboard,ou:chat";
        for asked in [
            "o:reservations",
            "org:reservations",
            "organization:reservations",
            "reservations",
            "u:dashboard",
            "user:dashboard",
            "dashboard",
            "o:chat",
            "u:chat",
            "chat",
        ] {
            assert!(held(CLAIM, asked), "{asked}");
        }
        for asked in [
            "u:reservations",
            "o:dashboard",
            "billing",
            "o:billing",
            "lol:dashboard",
            "ou:chat",
            ":dashboard",
            "o:",
            "",
        ] {
            assert!(!held(CLAIM, asked), "{asked}");
        }
    }

    #[test]
    fn a_claim_with_an_odd_element_holds_nothing() {
        assert!(!held("o:reservations,dashboard", "reservations"));
        assert!(!held("o:reservations,", "reservations"));
        assert!(!holds(&[], "reservations"));
        // An unknown scope is only passed over.
        assert!(held("x:other,o:reservations", "reservations"));
        assert!(!held("x:other,o:reservations", "other"));
    }

    #[test]
    fn only_the_first_two_parts_of_what_is_asked_count() {
        assert!(held("o:a", "o:a:b"));
        assert!(held("o:o", "o:"));
    }
}
