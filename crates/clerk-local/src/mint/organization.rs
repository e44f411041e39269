//! What a session token says about the active organization (Clerk: session tokens, version 2).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::state::{Membership, Permission};

/// `o`, and `fea` when the role gives permissions of the application's own. Clerk's system
/// permissions are never in a token.
pub(super) fn claims(membership: &Membership) -> Map<String, Value> {
    let role = membership.role.strip_prefix("org:");
    let mut o = Map::new();
    o.insert("id".to_owned(), json!(membership.organization.id));
    o.insert("slg".to_owned(), json!(membership.organization.slug));
    o.insert("rol".to_owned(), json!(role.unwrap_or(&membership.role)));
    let mut claims = Map::new();
    let given = membership.assigned.permissions.iter();
    if let Some(packed) = pack(given.filter(|permission| !permission.system)) {
        claims.insert("fea".to_owned(), json!(packed.features));
        o.insert("per".to_owned(), json!(packed.permissions));
        o.insert("fpm".to_owned(), json!(packed.masks));
    }
    claims.insert("o".to_owned(), Value::Object(o));
    claims
}

/// Permissions as three lists, each with commas between its members.
#[derive(Debug, PartialEq)]
struct Packed {
    /// `o:dashboard,o:teams`: `fea`.
    features: String,
    /// `manage,read`: `o.per`.
    permissions: String,
    /// `3,2`: `o.fpm`, for each feature which of the permissions it has, the first one in the
    /// lowest bit.
    masks: String,
}

/// None when there are no permissions: the token then has none of the three claims.
fn pack<'a>(given: impl Iterator<Item = &'a Permission>) -> Option<Packed> {
    let mut actions: Vec<&str> = Vec::new();
    let mut features: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for permission in given {
        let rest = permission.key.strip_prefix("org:").unwrap_or_default();
        let Some((feature, action)) = rest.split_once(':') else {
            continue;
        };
        if !actions.contains(&action) {
            actions.push(action);
        }
        features.entry(feature).or_default().push(action);
    }
    if features.is_empty() {
        return None;
    }
    actions.sort_unstable();
    let mask = |of: &Vec<&str>| decimal(actions.iter().map(|action| of.contains(action)));
    let masks: Vec<String> = features.values().map(mask).collect();
    let names: Vec<String> = features.keys().map(|name| format!("o:{name}")).collect();
    Some(Packed {
        features: names.join(","),
        permissions: actions.join(","),
        masks: masks.join(","),
    })
}

/// The number with these bits, the lowest first, in decimal. There may be more of them than any
/// integer type holds (Clerk's clients decode the mask digit by digit).
fn decimal(bits: impl DoubleEndedIterator<Item = bool>) -> String {
    // The lowest digit first.
    let mut digits = vec![0_u8];
    for bit in bits.rev() {
        let mut carry = u8::from(bit);
        for digit in &mut digits {
            let doubled = *digit * 2 + carry;
            *digit = doubled % 10;
            carry = doubled / 10;
        }
        if carry > 0 {
            digits.push(carry);
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(key: &str) -> Permission {
        Permission {
            id: format!("perm_{key}"),
            key: key.to_owned(),
            name: key.to_owned(),
            description: String::new(),
            system: false,
            created_at: 1,
            updated_at: 1,
        }
    }

    #[test]
    fn the_example_of_clerks_docs() {
        let given = [
            "org:dashboard:manage",
            "org:dashboard:read",
            "org:teams:read",
        ];
        let given = given.map(permission);
        let packed = pack(given.iter()).expect("permissions");
        assert_eq!(packed.features, "o:dashboard,o:teams");
        assert_eq!(packed.permissions, "manage,read");
        assert_eq!(packed.masks, "3,2");
        assert_eq!(pack([].iter()), None);
    }

    #[test]
    fn more_permissions_than_an_integer_has_bits() {
        let given: Vec<Permission> = (0..200)
            .map(|index| permission(&format!("org:projects:p{index:03}")))
            .collect();
        let packed = pack(given.iter()).expect("permissions");
        // 2^200 - 1
        let mask = "1606938044258990275541962092341162602522202993782792835301375";
        assert_eq!(packed.masks, mask);
    }
}
