//! Tokens in every state that they can be in, and in some that they cannot.

use std::collections::HashMap;

use aws_lc_rs::hmac;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use clerk::test_util::TestInstance;
use fastrand::Rng;
use serde_json::{Value, json};

/// Signs, and remembers what it has signed, since that is what takes the time.
#[derive(Default)]
pub struct Mint {
    signed: HashMap<String, String>,
}

impl Mint {
    /// Signs claims under a header with the instance's key.
    pub fn sign(&mut self, instance: &TestInstance, header: &Value, claims: &Value) -> String {
        let sign = || instance.mint_with_header(header, claims);
        let signed = self.signed.entry(format!("{header}{claims}"));
        signed.or_insert_with(sign).clone()
    }
}

/// The header of a session token.
pub fn header() -> Value {
    json!({ "alg": "RS256", "kid": "ins_test", "typ": "JWT", "cat": "cl_B7d4PD111AAA" })
}

/// The claims of a session token that was made `age` seconds ago, of either version.
pub fn claims(rng: &mut Rng, instance: &TestInstance, made: i64) -> Value {
    let mut claims = instance.claims(made);
    claims["azp"] = match rng.u8(..10) {
        0 => Value::Null,
        1 => json!("https://evil.example"),
        2 | 3 => json!("https://app.example.com"),
        _ => json!("http://localhost:3000"),
    };
    if claims["azp"].is_null() {
        remove(&mut claims, "azp");
    }
    if rng.u8(..10) == 0 {
        claims["aud"] = pick(
            rng,
            &[
                json!("api"),
                json!(["api", "web"]),
                json!("other"),
                json!(""),
            ],
        );
    }
    if rng.u8(..12) == 0 {
        claims["sts"] = json!("pending");
    }
    organization(rng, &mut claims);
    claims
}

fn organization(rng: &mut Rng, claims: &mut Value) {
    let known = [
        ("org_1", "acme", "admin"),
        ("org_2", "globex", "member"),
        ("org_3", "", "clerk"),
    ];
    let (id, slug, role) = known[rng.usize(..known.len())];
    match rng.u8(..10) {
        0..=3 => {}
        4..=7 => {
            let mut o = json!({ "id": id, "slg": slug, "rol": role });
            if slug.is_empty() {
                remove(&mut o, "slg");
            }
            if rng.bool() {
                claims["fea"] = json!("o:dashboard,u:mine,uo:teams");
                o["per"] = json!("manage,read");
                o["fpm"] = pick(rng, &[json!("3,2"), json!("1"), json!("0,9"), json!("x,1")]);
            }
            claims["o"] = o;
        }
        first => {
            remove(claims, "v");
            if first == 8 {
                claims["org_id"] = json!(id);
                claims["org_slug"] = json!(slug);
                claims["org_role"] = json!(format!("org:{role}"));
                claims["org_permissions"] = json!(["org:dashboard:read"]);
            }
        }
    }
}

/// A token that is good but for its header, of which one of many things is wrong.
pub fn odd_header(rng: &mut Rng) -> Value {
    let mut odd = header();
    let (name, value) = pick(
        rng,
        &[
            ("cat", json!("cl_B7d4PD222AAA")),
            ("cat", json!("cl_B7d4PD333AAA")),
            ("cat", json!("cl_I7d4PD111III")),
            ("cat", json!("cl_unknown")),
            ("cat", json!("")),
            ("cat", json!(7)),
            ("cat", Value::Null),
            ("cat", json!("-")),
            ("typ", json!("at+jwt")),
            ("typ", json!("application/at+jwt")),
            ("typ", json!("jwt")),
            ("typ", json!("")),
            ("typ", json!(1)),
            ("typ", Value::Null),
            ("typ", json!("-")),
            ("kid", json!("ins_other")),
            ("kid", json!("-")),
            ("kid", json!(7)),
            ("kid", Value::Null),
            ("alg", json!("RS384")),
            ("alg", json!("RS512")),
            ("alg", json!("RS1")),
            ("alg", json!("PS256")),
            ("alg", json!("ES256")),
            ("alg", json!("rs256")),
            ("alg", json!("-")),
            ("alg", json!(null)),
            ("alg", json!(["RS256"])),
            ("jku", json!("https://evil.example/jwks.json")),
            ("jwk", json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" })),
            ("crit", json!(["exp"])),
            ("oiat", json!(1_700_000_000)),
        ],
    );
    odd[name] = value.clone();
    if value == "-" {
        remove(&mut odd, name);
    }
    odd
}

/// Makes one claim wrong, or drops it.
pub fn spoil(rng: &mut Rng, claims: &mut Value, now: i64) {
    let (name, value) = pick(
        rng,
        &[
            ("iss", json!("-")),
            ("iss", json!("")),
            ("iss", json!("https://clerk.other.com")),
            ("iss", json!("http://clerk.example.com")),
            ("iss", json!("clerk.example.com")),
            ("iss", json!(5)),
            ("sub", json!("-")),
            ("sub", json!(7)),
            ("sub", Value::Null),
            ("sub", json!("mch_1")),
            ("sub", json!("")),
            ("sid", json!("-")),
            ("sid", json!("")),
            ("exp", json!("-")),
            ("exp", json!("soon")),
            ("exp", Value::Null),
            ("exp", json!(now as f64 + 30.5)),
            ("exp", json!(1e12)),
            ("exp", json!(-1)),
            ("nbf", json!("-")),
            ("nbf", json!("now")),
            ("nbf", Value::Null),
            ("nbf", json!(now + 60)),
            ("nbf", json!(now + 5)),
            ("nbf", json!(now + 6)),
            ("iat", json!("-")),
            ("iat", json!("now")),
            ("iat", json!(now + 60)),
            ("iat", json!(now + 5)),
            ("iat", json!(now + 6)),
            ("iat", json!(now as f64 - 0.5)),
            ("azp", json!("-")),
            ("azp", json!(7)),
            ("azp", json!("")),
            ("aud", json!([])),
            ("aud", json!("api")),
            ("aud", json!("other")),
            ("aud", json!(["other", "api"])),
            ("aud", json!(["other"])),
            ("aud", json!(["other", 1])),
            ("aud", json!([""])),
            ("aud", json!(7)),
            ("sts", json!("active")),
            ("fva", json!([99_999, -1])),
            (
                "custom",
                json!({ "deep": [1, { "er": null }], "text": "\u{fc}\u{1f600}" }),
            ),
        ],
    );
    claims[name] = value.clone();
    if value == "-" {
        remove(claims, name);
    }
}

/// A token in which one member stands twice; both times it says the same.
pub fn doubled(rng: &mut Rng, instance: &TestInstance, claims: &Value) -> String {
    let name = pick(rng, &["alg", "kid", "iss", "sub", "iat", "exp"]);
    let double = |object: &Value| match object.get(name) {
        Some(value) => object
            .to_string()
            .replacen('{', &format!("{{\"{name}\":{value},"), 1),
        None => object.to_string(),
    };
    let (header, claims) = (double(&header()), double(claims));
    instance.sign("RS256", header.as_bytes(), claims.as_bytes())
}

/// Changes the text of a token after it was signed.
pub fn tamper(rng: &mut Rng, token: &str) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return token.to_owned();
    };
    match rng.u8(..16) {
        0 => format!("{header}.{payload}.{}", flip(rng, signature)),
        1 => format!("{header}.{}.{signature}", flip(rng, payload)),
        2 => format!("{}.{payload}.{signature}", flip(rng, header)),
        3 => format!("{header}.{payload}."),
        4 => format!("{header}.{payload}"),
        5 => format!("{token}.x"),
        6 => format!("{token}A"),
        7 => format!("{token}="),
        8 => format!("{token}=="),
        9 => format!(
            "{header}.{payload}.{}",
            &signature[..signature.len().saturating_sub(2)]
        ),
        10 => format!("{header}.{payload}.!!!"),
        11 => format!("{header}=.{payload}.{signature}"),
        12 => {
            // The public key as the secret of an HMAC.
            let header = part(&json!({ "alg": "HS256", "kid": "ins_test", "typ": "JWT" }));
            let key = hmac::Key::new(hmac::HMAC_SHA256, b"the public key");
            let tag = hmac::sign(&key, format!("{header}.{payload}").as_bytes());
            format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode(tag))
        }
        13 => {
            let header = part(&json!({ "alg": "none", "kid": "ins_test", "typ": "JWT" }));
            format!("{header}.{payload}.")
        }
        14 => format!("{header}.{payload}.{}", STANDARD.encode([0xfb; 256])),
        _ => token.to_uppercase(),
    }
}

/// Texts that were never a token.
pub fn garbage(rng: &mut Rng) -> String {
    let bytes = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let head = part(&header());
    let odd = [
        "garbage".to_owned(),
        "a.b.c".to_owned(),
        "..".to_owned(),
        ".".to_owned(),
        "e30.e30.".to_owned(),
        "e30.e30.e30".to_owned(),
        "bnVsbA.e30.e30".to_owned(),
        "e30.bnVsbA.e30".to_owned(),
        "W10.W10.e30".to_owned(),
        "mt_opaque".to_owned(),
        "ak_opaque".to_owned(),
        "oat_opaque".to_owned(),
        "undefined".to_owned(),
        "null".to_owned(),
        format!(
            "{head}.{}.{}",
            bytes(b"{\"iss\":\"\xff\"}"),
            bytes(&[1; 256])
        ),
        format!("{head}.{}.{}", bytes(b"[1,2]"), bytes(&[1; 256])),
        format!("{head}.{}.{}", bytes(b"\"text\""), bytes(&[1; 256])),
        format!("{head}.{}.{}", bytes(b" {} "), bytes(&[1; 256])),
    ];
    odd[rng.usize(..odd.len())].clone()
}

/// Any of these.
pub fn pick<T: Clone>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(..from.len())].clone()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn remove(object: &mut Value, name: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(name);
    }
}

/// Another letter somewhere.
fn flip(rng: &mut Rng, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.is_empty() {
        return String::new();
    }
    let place = rng.usize(..bytes.len());
    bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap_or_default()
}
