//! The bit masks in which version 2 packs permissions.

/// Unpacks the permissions of an organization (Clerk: session tokens, `o.fpm`).
///
/// `features` are the elements of `fea` with their scope; those with `o` in the scope take
/// part, in their order. `permissions` is `o.per`, and `masks` is `o.fpm`: the i-th mask
/// belongs to the i-th feature, and its bit k (lowest first) grants the k-th permission.
/// A mask that is not all digits grants nothing; bits without a permission and features
/// without a mask are left out.
pub(super) fn decode(features: &[String], permissions: &str, masks: &str) -> Vec<String> {
    let permissions: Vec<&str> = match permissions {
        "" => return Vec::new(),
        list => list.split(',').map(str::trim).collect(),
    };
    let features = features.iter().filter_map(|feature| {
        let (scope, slug) = feature.split_once(':')?;
        scope.contains('o').then_some(slug)
    });
    let mut granted = Vec::new();
    for (feature, mask) in features.zip(masks.split(',')) {
        let bits = bits(mask.trim(), permissions.len());
        for (permission, _) in permissions.iter().zip(bits).filter(|(_, on)| *on) {
            granted.push(format!("org:{feature}:{permission}"));
        }
    }
    granted
}

/// The lowest `count` bits of a decimal number of any size, lowest first.
fn bits(decimal: &str, count: usize) -> Vec<bool> {
    let mut digits: Vec<u8> = decimal
        .bytes()
        .map(|byte| byte.wrapping_sub(b'0'))
        .collect();
    if digits.is_empty() || digits.iter().any(|digit| *digit > 9) {
        return Vec::new();
    }
    let mut bits = Vec::with_capacity(count);
    for _ in 0..count {
        // Halve the number as one does on paper; what is left over is the lowest bit.
        let mut rest = 0;
        for digit in &mut digits {
            let value = rest * 10 + *digit;
            *digit = value / 2;
            rest = value % 2;
        }
        bits.push(rest == 1);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_text(features: &str, permissions: &str, masks: &str) -> Vec<String> {
        let features: Vec<String> = features.split(',').map(str::to_owned).collect();
        decode(&features, permissions, masks)
    }

    #[test]
    fn clerks_worked_example() {
        assert_eq!(
            decode_text("o:dashboard,o:teams", "manage,read", "3,2"),
            [
                "org:dashboard:manage",
                "org:dashboard:read",
                "org:teams:read"
            ]
        );
    }

    #[test]
    fn clerks_unit_test_vector() {
        assert_eq!(
            decode_text(
                "o:repositories,o:impersonation,o:billing",
                "manage,read,update",
                "6,0,3"
            ),
            [
                "org:repositories:read",
                "org:repositories:update",
                "org:billing:manage",
                "org:billing:read"
            ]
        );
    }

    #[test]
    fn only_features_of_the_organization_take_a_mask() {
        assert_eq!(
            decode_text("u:mine,uo:both,o:ours,broken", "read", "1,1"),
            ["org:both:read", "org:ours:read"]
        );
    }

    #[test]
    fn masks_that_are_odd_grant_nothing() {
        assert_eq!(decode_text("o:a,o:b", "read", "-1,1"), ["org:b:read"]);
        assert_eq!(decode_text("o:a,o:b", "read", "0x1,1"), ["org:b:read"]);
        assert_eq!(decode_text("o:a,o:b", "read", ",1"), ["org:b:read"]);
        assert_eq!(decode_text("o:a,o:b", "read", "1"), ["org:a:read"]);
        assert_eq!(decode_text("o:a", "read", "7"), ["org:a:read"]);
        assert!(decode_text("o:a", "", "1").is_empty());
        assert!(decode_text("o:a", "read", "").is_empty());
    }

    #[test]
    fn masks_may_be_larger_than_any_machine_word() {
        let names: Vec<String> = (0..130).map(|n| format!("p{n}")).collect();
        // 2^129 + 1
        let mask = "680564733841876926926749214863536422913";
        assert_eq!(
            decode_text("o:a", &names.join(","), mask),
            ["org:a:p0", "org:a:p129"]
        );
    }
}
