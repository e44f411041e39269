//! Machines that call, and services that take their tokens.

use serde_json::{Value, json};

use super::{
    draft::{Draft, refusal},
    mint,
};
use crate::case::{Accepts, Answer};

const KINDS: [&str; 4] = ["session_token", "api_key", "m2m_token", "oauth_token"];

/// A request to a service that takes more than sessions, or a machine's request to one that
/// does not.
pub fn set(draft: &mut Draft<'_>) {
    draft.options.accepts_token = match draft.rng.u8(..10) {
        0 => None,
        1..=4 => Some(Accepts::One(draft.any(&KINDS))),
        5..=7 => {
            let mut list = KINDS.to_vec();
            draft.rng.shuffle(&mut list);
            list.truncate(draft.rng.usize(1..=3));
            Some(Accepts::List(list))
        }
        _ => Some(Accepts::One("any")),
    };
    let token = match draft.rng.u8(..14) {
        0 => String::new(),
        1 => draft.token(10),
        2 => draft.any_token(),
        3 => draft
            .any(&[
                "mt_a.b.c",
                "ak_e30.e30.e30",
                "mt_",
                "ak_x.y",
                "MT_x",
                "xmt_1",
            ])
            .to_owned(),
        4..=6 => draft
            .any(&["mt_opaque", "ak_opaque", "oat_opaque"])
            .to_owned(),
        7..=10 => jwt(draft, "m2m"),
        _ => jwt(draft, "oauth"),
    };
    if !token.is_empty() {
        draft.set_header("authorization", &format!("Bearer {token}"));
    } else if draft.chance(50) {
        super::scenes::signed_in(draft);
    }
    if draft.chance(60) {
        draft.set_header("sec-fetch-dest", "empty");
    }
    if draft.chance(20) {
        draft.options.audience =
            draft.any(&[vec!["api".to_owned()], vec![String::new(), "x".to_owned()]]);
    }
    draft.answers.api_key = answer(draft, &api_key);
    draft.answers.m2m_token = answer(draft, &m2m_token);
    draft.answers.oauth_token = answer(draft, &oauth_token);
}

fn jwt(draft: &mut Draft<'_>, kind: &str) -> String {
    let now = draft.now();
    let made = now - draft.any(&[0, 30, 3_599, 3_604, 3_605, 3_606, -5, -6]);
    let mut claims = json!({ "iss": draft.instance.publishable_key().issuer(), "jti": "jti_1",
        "iat": made, "exp": made + 3_600 });
    let mut header = json!({ "alg": "RS256", "kid": "ins_test", "typ": "JWT" });
    if kind == "m2m" {
        claims["sub"] = json!("mch_1");
        header["cat"] = draft.any(&[
            json!("cl_B7d4PD333AAA"),
            json!("cl_B7d4PD333AAA"),
            json!("cl_B7d4PD333AAA"),
            json!("cl_B7d4PD111AAA"),
        ]);
        match draft.rng.u8(..4) {
            0 => claims["scopes"] = json!("mch_2 mch_3"),
            1 => claims["aud"] = json!(["mch_4"]),
            _ => {}
        }
        if draft.chance(30) {
            claims["custom"] = json!({ "a": [1, null] });
        }
    } else {
        claims["sub"] = json!("user_1");
        claims["client_id"] = json!("client_1");
        header["typ"] = draft.any(&[json!("at+jwt"), json!("application/at+jwt")]);
        match draft.rng.u8(..4) {
            0 => claims["scope"] = json!("openid profile"),
            1 => claims["scp"] = json!(["email"]),
            _ => {}
        }
        if draft.chance(40) {
            claims["aud"] = draft.any(&[
                json!("api"),
                json!(["x", "y"]),
                json!(""),
                json!([]),
                json!(7),
                json!(["api", 1]),
            ]);
        }
    }
    match draft.rng.u8(..10) {
        0 => mint::spoil(&mut draft.rng, &mut claims, now),
        1 => header = mint::odd_header(&mut draft.rng),
        2 => return draft.forger.mint_with_header(&header, &claims),
        3 => {
            let token = draft.mint.sign(&draft.instance, &header, &claims);
            return mint::tamper(&mut draft.rng, &token);
        }
        _ => {}
    }
    draft.mint.sign(&draft.instance, &header, &claims)
}

fn answer(draft: &mut Draft<'_>, object: &dyn Fn(&mut Draft<'_>) -> Value) -> Answer {
    match draft.rng.u8(..12) {
        0 => Answer::json(401, &refusal("clerk_key_invalid")),
        1 => Answer::json(401, &json!({ "errors": [] })),
        2 => Answer::json(404, &refusal("resource_not_found")),
        3 => Answer::json(500, &refusal("internal_error")),
        4 => Answer::json(429, &refusal("too_many_requests")),
        5 => Answer::html(502),
        6 => Answer::unreachable(),
        _ => Answer::json(200, &object(draft)),
    }
}

/// What all kinds have in common.
fn common(draft: &mut Draft<'_>, object: &str) -> Value {
    json!({
        "object": object, "revoked": draft.chance(20), "revocation_reason": null, "expired": false,
        "expiration": draft.any(&[json!(null), json!(1_700_000_100_000_i64)]),
        "scopes": draft.any(&[json!([]), json!(["read", "write"])]),
        "claims": draft.any(&[json!(null), json!({ "plan": "gold" })]),
        "created_at": 1_690_000_000_000_i64, "updated_at": 1_690_000_000_000_i64,
    })
}

fn api_key(draft: &mut Draft<'_>) -> Value {
    let mut key = common(draft, "api_key");
    key["id"] = json!("ak_1");
    key["type"] = json!("api_key");
    key["name"] = json!("my key");
    key["subject"] = draft.any(&[json!("user_1"), json!("org_1")]);
    key
}

fn m2m_token(draft: &mut Draft<'_>) -> Value {
    let mut token = common(draft, "machine_to_machine_token");
    token["id"] = json!("mt_1");
    token["subject"] = json!("mch_1");
    token
}

fn oauth_token(draft: &mut Draft<'_>) -> Value {
    let mut token = common(draft, "clerk_idp_oauth_access_token");
    token["id"] = json!("oat_1");
    token["client_id"] = json!("client_1");
    token["type"] = json!("oauth:access_token");
    token["subject"] = json!("user_1");
    if draft.chance(40) {
        token["aud"] = draft.any(&[json!(["api"]), json!(["other"]), json!([])]);
    }
    token
}
