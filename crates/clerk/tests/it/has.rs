//! `has()`: which sessions are let through.

use clerk::{
    has::{Has, Reverification, ReverificationLevel},
    test_util::session_with_claims,
};
use serde_json::{Value, json};

/// Claims of either version that say the same: an admin of an organization who may read
/// dashboards.
fn both_versions() -> [Value; 2] {
    let common = json!({ "sub": "user_1", "sid": "sess_1", "exp": 1, "fva": [5, -1],
        "fea": "o:dashboard,u:themes", "pla": "o:pro,u:free" });
    let with = |more: Value| {
        let mut claims = common.clone();
        claims
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        claims
    };
    [
        with(json!({ "org_id": "org_1", "org_role": "org:admin",
            "org_permissions": ["org:dashboard:read"] })),
        with(
            json!({ "v": 2, "o": { "id": "org_1", "rol": "admin", "per": "read,manage",
            "fpm": "1" } }),
        ),
    ]
}

fn has(claims: &Value, has: &Has) -> bool {
    session_with_claims(claims).has(has)
}

#[test]
fn roles_and_permissions_count_with_exactly_one_prefix() {
    for claims in both_versions() {
        for role in ["org:admin", "admin", "org:org:admin"] {
            assert!(has(&claims, &Has::new().role(role)), "{role}");
        }
        for role in ["org:member", "dmin", "Admin", "org:", ""] {
            assert!(!has(&claims, &Has::new().role(role)), "{role}");
        }
        for permission in [
            "org:dashboard:read",
            "dashboard:read",
            "org:org:dashboard:read",
        ] {
            assert!(
                has(&claims, &Has::new().permission(permission)),
                "{permission}"
            );
        }
        for permission in [
            "org:dashboard:manage",
            "read",
            "org:sys_memberships:read",
            "",
        ] {
            assert!(
                !has(&claims, &Has::new().permission(permission)),
                "{permission}"
            );
        }
    }
}

#[test]
fn everything_that_is_asked_must_be_met() {
    let met = [
        Has::new().role("admin"),
        Has::new().permission("dashboard:read"),
        Has::new().feature("org:dashboard"),
        Has::new().plan("user:free"),
        Has::new().reverification(Reverification::STRICT),
    ];
    for claims in both_versions() {
        for one in &met {
            assert!(has(&claims, one), "{one:?}");
            assert!(!has(&claims, &one.clone().role("member")), "{one:?}");
            assert!(!has(&claims, &one.clone().permission("none")), "{one:?}");
            assert!(!has(&claims, &one.clone().feature("none")), "{one:?}");
            assert!(!has(&claims, &one.clone().plan("none")), "{one:?}");
            let old = Reverification::within(ReverificationLevel::FirstFactor, 5);
            assert!(!has(&claims, &one.clone().reverification(old)), "{one:?}");
        }
        let all = Has::new()
            .role("admin")
            .permission("dashboard:read")
            .feature("themes")
            .plan("o:pro")
            .reverification(Reverification::STRICT_MFA);
        assert!(has(&claims, &all));
    }
}

#[test]
fn asking_nothing_is_met_by_nobody() {
    for claims in both_versions() {
        assert!(!has(&claims, &Has::new()));
    }
}

#[test]
fn without_an_organization_there_is_no_role_but_there_are_plans() {
    let claims = json!({ "v": 2, "sub": "user_1", "exp": 1, "fea": "u:themes", "pla": "u:free" });
    assert!(!has(&claims, &Has::new().role("admin")));
    assert!(!has(&claims, &Has::new().permission("themes:read")));
    assert!(has(&claims, &Has::new().plan("free").feature("themes")));
    assert!(!has(&claims, &Has::new().plan("free").role("admin")));
}

#[test]
fn an_organization_without_a_role_may_still_hold_permissions() {
    let claims = json!({ "v": 2, "sub": "user_1", "exp": 1, "fea": "o:a",
        "o": { "id": "org_1", "per": "read", "fpm": "1" } });
    assert!(has(&claims, &Has::new().permission("org:a:read")));
    assert!(!has(&claims, &Has::new().role("")));
    assert!(!has(&claims, &Has::new().role("admin")));
}

#[test]
fn nobody_has_nothing() {
    let mut claims = both_versions()[1].clone();
    claims["sub"] = json!("");
    assert!(!has(&claims, &Has::new().role("admin")));
}

#[test]
fn ages_that_make_no_sense_prove_nothing() {
    let strict = Has::new().reverification(Reverification::STRICT);
    let with_age = |age: Value| json!({ "v": 2, "sub": "user_1", "exp": 1, "fva": age });
    for age in [
        json!([5, -1]),
        json!([9.9, -1]),
        json!([60, 9]),
        json!([-1, 0]),
    ] {
        assert!(has(&with_age(age.clone()), &strict), "{age}");
    }
    for age in [
        json!(null),
        json!(5),
        json!([]),
        json!([5]),
        json!([5, -2]),
        json!([5, -0.5]),
        json!([5, -1, -1]),
        json!(["5", -1]),
        json!([5, null]),
        json!({ "0": 5, "1": -1 }),
    ] {
        assert!(!has(&with_age(age.clone()), &strict), "{age}");
    }
}
