//! The bit masks in which version 2 packs permissions.

use crate::has::is_scope_of_organization;

/// Unpacks the permissions of an organization (Clerk: session tokens, `o.fpm`).
///
/// `features` are the elements of `fea` with their scope; those of the organization take
/// part, in their order. One element without a scope makes the whole list worthless. `permissions` is `o.per`, and `masks` is `o.fpm`: the i-th mask
/// belongs to the i-th feature, and its bit k (lowest first) grants the k-th permission.
/// A mask that is not all digits grants nothing; bits without a permission and features
/// without a mask are left out.
pub(super) fn decode(features: &[String], permissions: &str, masks: &str) -> Vec<String> {
    let permissions: Vec<&str> = match permissions {
        "" => return Vec::new(),
        list => list.split(',').map(str::trim).collect(),
    };
    if features.iter().any(|feature| !feature.contains(':')) {
        return Vec::new();
    }
    let features = features.iter().filter_map(|feature| {
        let (scope, slug) = feature.split_once(':')?;
        is_scope_of_organization(scope).then_some(slug)
    });
    let mut granted = Vec::new();
    for (feature, mask) in features.zip(masks.split(',')) {
        let bits = bits(mask.trim(), permissions.len());
        for (permission, _) in permissions.iter().zip(bits).filter(|(_, on)| *on) {
            granted.push(["org:", feature, ":", permission].concat());
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
        let features: Vec<String> = match features {
            "" => Vec::new(),
            list => list.split(',').map(|one| one.trim().to_owned()).collect(),
        };
        decode(&features, permissions, masks)
    }

    /// Features, permissions and masks, with what they grant.
    const VECTORS: &[(&str, &str, &str, &[&str])] = &[
        // Clerk's worked example.
        (
            "o:dashboard,o:teams",
            "manage,read",
            "3,2",
            &["dashboard:manage", "dashboard:read", "teams:read"],
        ),
        // A feature in the middle with no permission.
        (
            "o:repositories,o:impersonation,o:billing",
            "manage,read,update",
            "6,0,3",
            &[
                "repositories:read",
                "repositories:update",
                "billing:manage",
                "billing:read",
            ],
        ),
        // More features than masks.
        (
            "o:impersonation,o:memberships,o:feature3",
            "read,manage",
            "1,3",
            &[
                "impersonation:read",
                "memberships:read",
                "memberships:manage",
            ],
        ),
        // Features that both have.
        (
            "uo:impersonation,o:memberships,uo:feature3",
            "read,manage",
            "1,3,1",
            &[
                "impersonation:read",
                "memberships:read",
                "memberships:manage",
                "feature3:read",
            ],
        ),
        // The user's own features take no mask, wherever they stand.
        (
            "ou:memberships,u:impersonation",
            "read,manage",
            "3",
            &["memberships:read", "memberships:manage"],
        ),
        (
            "u:mine,uo:both,o:ours",
            "read",
            "1,1",
            &["both:read", "ours:read"],
        ),
        (
            "o:repositories,uo:projects,u:goldprofileborder",
            "read,create,update,delete,revoke",
            "7,21",
            &[
                "repositories:read",
                "repositories:create",
                "repositories:update",
                "projects:read",
                "projects:update",
                "projects:revoke",
            ],
        ),
        (
            "o:repositories,o:projects,o:webhooks,o:impersonation",
            "read,manage",
            "1,2,3",
            &[
                "repositories:read",
                "projects:manage",
                "webhooks:read",
                "webhooks:manage",
            ],
        ),
        (
            "o:billing,o:email,o:fraud,o:instance,o:staging_plans",
            "manage,read",
            "3,3,3,3,1",
            &[
                "billing:manage",
                "billing:read",
                "email:manage",
                "email:read",
                "fraud:manage",
                "fraud:read",
                "instance:manage",
                "instance:read",
                "staging_plans:manage",
            ],
        ),
        // Spaces around elements, and a scope that does not exist.
        (
            "o:a , org:b, o:c",
            "read, write",
            "2 , 3",
            &["a:write", "c:read", "c:write"],
        ),
        // No permissions, no masks, no features.
        ("o:a", "", "1", &[]),
        ("o:a", "read", "", &[]),
        ("", "read", "1", &[]),
        ("u:a", "read", "1", &[]),
        // An element without a scope spoils the list.
        ("o:a,broken", "read", "1", &[]),
    ];

    #[test]
    fn features_and_masks_make_permissions() {
        for (features, permissions, masks, granted) in VECTORS {
            let granted: Vec<String> = granted.iter().map(|key| format!("org:{key}")).collect();
            let decoded = decode_text(features, permissions, masks);
            assert_eq!(decoded, granted, "{features} {permissions} {masks}");
        }
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
