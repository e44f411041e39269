//! Requests as browsers and scripts send them, one for each rule of Clerk's.

use serde_json::json;

use super::{
    draft::{Draft, Twins, refusal},
    mint,
};
use crate::case::Answer;

/// Sets a draft up as one of the scenes.
pub fn set(draft: &mut Draft<'_>) {
    type Scene = fn(&mut Draft<'_>);
    const SCENES: [(Scene, u8); 12] = [
        (signed_out, 6),
        (signed_in, 16),
        (two_sets_of_cookies, 8),
        (any_session_cookie, 12),
        (incomplete_cookies, 8),
        (expired, 10),
        (expired_with_refresh, 10),
        (token_in_header, 14),
        (handshake_with_nonce, 8),
        (handshake_with_token, 8),
        (from_another_site, 8),
        (dev_browser_in_address, 4),
    ];
    let total: u8 = SCENES.iter().map(|(_, weight)| weight).sum();
    let mut left = draft.rng.u8(..total);
    for (scene, weight) in SCENES {
        if left < weight {
            return scene(draft);
        }
        left -= weight;
    }
}

fn signed_out(draft: &mut Draft<'_>) {
    if draft.chance(60) {
        dev_browser(draft);
    }
    if draft.chance(50) {
        let twins = draft.any(&Twins::ALL);
        draft.twin_cookie("__client_uat", "0", twins);
    }
}

fn signed_in(draft: &mut Draft<'_>) {
    let age = draft.any(&[0, 1, 30, 59]);
    let token = draft.token(age);
    session(draft, &token, age);
}

/// The cookies of somebody whose token is `age` seconds old.
fn session(draft: &mut Draft<'_>, token: &str, age: i64) {
    let twins = draft.any(&Twins::ALL);
    let uat = draft.now() - age - draft.any(&[0, 0, 5, 1_000]);
    draft.twin_cookie("__session", token, twins);
    draft.twin_cookie("__client_uat", &uat.to_string(), twins);
    draft.twin_cookie("__clerk_db_jwt", "dvb_1", twins);
}

fn dev_browser(draft: &mut Draft<'_>) {
    let twins = draft.any(&Twins::ALL);
    draft.twin_cookie("__clerk_db_jwt", "dvb_1", twins);
}

fn two_sets_of_cookies(draft: &mut Draft<'_>) {
    let suffix = draft.suffix();
    for ending in [String::new(), format!("_{suffix}")] {
        let now = draft.now();
        let age = draft.any(&[0, 30, 60, 65, 70, 600]);
        let token = match draft.rng.u8(..6) {
            0 => draft.any_token(),
            1 => {
                let mut claims = draft.instance.claims(now - age);
                claims["iss"] = draft.any(&[
                    json!("https://clerk.other.com"),
                    json!("http://clerk.example.com"),
                    json!("HTTPS://clerk.example.com"),
                    json!(null),
                    json!(7),
                ]);
                draft.mint.sign(&draft.instance, &mint::header(), &claims)
            }
            _ => draft.token(age),
        };
        if draft.chance(85) {
            draft.cookie(&format!("__session{ending}"), &token);
        }
        let uat = match draft.rng.u8(..4) {
            0 => "0".to_owned(),
            1 => (now - 1_000).to_string(),
            _ => (now - age).to_string(),
        };
        if draft.chance(85) {
            draft.cookie(&format!("__client_uat{ending}"), &uat);
        }
        if draft.chance(85) {
            draft.cookie(&format!("__clerk_db_jwt{ending}"), &format!("dvb{ending}"));
        }
    }
}

fn any_session_cookie(draft: &mut Draft<'_>) {
    let token = draft.any_token();
    session(draft, &token, 100_000);
}

fn incomplete_cookies(draft: &mut Draft<'_>) {
    let token = draft.token(10);
    let now = draft.now();
    let twins = draft.any(&Twins::ALL);
    if draft.chance(80) {
        dev_browser(draft);
    }
    match draft.rng.u8(..4) {
        0 => draft.twin_cookie("__session", &token, twins),
        1 => draft.twin_cookie("__client_uat", &now.to_string(), twins),
        2 => {
            draft.twin_cookie("__session", &token, twins);
            draft.twin_cookie("__client_uat", "0", twins);
        }
        _ => {
            let uat = now + draft.any(&[-11, -10, -9, 0, 60]);
            draft.twin_cookie("__session", &token, twins);
            draft.twin_cookie("__client_uat", &uat.to_string(), twins);
        }
    }
}

fn expired(draft: &mut Draft<'_>) {
    let age = draft.any(&[64, 65, 66, 600, 90_000, -10, -60]);
    let token = draft.token(age);
    session(draft, &token, age.max(0));
}

fn expired_with_refresh(draft: &mut Draft<'_>) {
    let age = draft.any(&[65, 66, 600, 90_000]);
    let token = draft.token(age);
    session(draft, &token, age);
    let suffix = draft.suffix();
    draft.cookie(&format!("__refresh_{suffix}"), "refresh_1");
    draft.answers.refresh = match draft.rng.u8(..12) {
        0..=4 => {
            let cookies = set_cookies(draft);
            Answer::json(200, &json!({ "object": "cookies", "cookies": cookies }))
        }
        5 => Answer::json(200, &json!({ "object": "cookies", "cookies": [] })),
        6 => Answer::json(401, &refusal("session_not_found")),
        7 => Answer::json(400, &refusal("unexpected_error")),
        8 => Answer::json(500, &json!({ "errors": [] })),
        9 => Answer::html(502),
        10 => Answer::unreachable(),
        _ => Answer::json(422, &refusal("refresh_token_expired")),
    };
}

/// What Clerk hands out after a handshake or a refresh; now and then something else.
fn set_cookies(draft: &mut Draft<'_>) -> Vec<String> {
    let token = match draft.rng.u8(..8) {
        0 => draft.any_token(),
        1 => {
            let age = draft.any(&[70, 3_600, 86_000, 86_500, -60, -90_000]);
            draft.token(age)
        }
        2 => String::new(),
        _ => draft.token(0),
    };
    let suffix = draft.suffix();
    let uat = draft.now();
    let mut lines = vec![
        format!("__client_uat={uat}; Path=/; Domain=example.com; Max-Age=315360000; SameSite=Lax"),
        format!("__client_uat_{suffix}={uat}; Path=/; SameSite=Lax; Secure"),
    ];
    let expires = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    match draft.rng.u8(..10) {
        0 => {}
        1 => lines.push(format!("__session=; Path=/; {expires}")),
        2 => lines.push(format!("__session_{suffix}={token}")),
        3 => lines.push(format!(" __session={token}; Path=/")),
        4 => lines.push("__session".to_owned()),
        5 => {
            lines.push(format!("__session={token}; Path=/"));
            lines.push(format!("__session_{suffix}=; Path=/; {expires}"));
        }
        6 => lines.push(format!("__session={token}=x; Path=/")),
        _ => {
            lines.push(format!("__session={token}; Path=/; Secure; SameSite=Lax"));
            lines.push(format!("__session_{suffix}={token}; Path=/; Secure; SameSite=Lax"));
        }
    }
    lines
}

fn token_in_header(draft: &mut Draft<'_>) {
    let token = if draft.chance(40) { draft.token(10) } else { draft.any_token() };
    let value = match draft.rng.u8(..14) {
        0 => token,
        1 => format!("bearer {token}"),
        2 => format!("Bearer  {token}"),
        3 => format!("Bearer {token} more"),
        4 => format!("Basic {token}"),
        5 => "Bearer".to_owned(),
        _ => format!("Bearer {token}"),
    };
    draft.set_header("authorization", &value);
    if draft.chance(70) {
        draft.set_header("sec-fetch-dest", "empty");
        draft.set_header("accept", "application/json");
    }
    if draft.chance(30) {
        signed_in(draft);
    }
    if draft.chance(15) {
        expired_with_refresh(draft);
    }
}

fn handshake_with_nonce(draft: &mut Draft<'_>) {
    in_address_or_cookie(draft, "__clerk_handshake_nonce", "nonce_1");
    draft.answers.handshake_payload = match draft.rng.u8(..8) {
        0 => Answer::json(404, &refusal("resource_not_found")),
        1 => Answer::unreachable(),
        2 => Answer::html(500),
        3 => Answer::json(200, &json!({ "directives": [] })),
        _ => {
            let directives = set_cookies(draft);
            Answer::json(200, &json!({ "directives": directives }))
        }
    };
    leftovers(draft);
}

fn handshake_with_token(draft: &mut Draft<'_>) {
    let mut claims = json!({ "handshake": set_cookies(draft) });
    let header = match draft.rng.u8(..6) {
        0 => mint::odd_header(&mut draft.rng),
        1 => json!({ "alg": "RS256", "kid": "ins_test", "typ": "JWT" }),
        _ => mint::header(),
    };
    match draft.rng.u8(..16) {
        0 => claims = json!({}),
        1 => claims["handshake"] = json!("__session=x"),
        2 => claims["exp"] = json!(1),
        _ => {}
    }
    let token = match draft.rng.u8(..10) {
        0 => draft.forger.mint_with_header(&header, &claims),
        1 => {
            let token = draft.mint.sign(&draft.instance, &header, &claims);
            mint::tamper(&mut draft.rng, &token)
        }
        2 => mint::garbage(&mut draft.rng),
        _ => draft.mint.sign(&draft.instance, &header, &claims),
    };
    in_address_or_cookie(draft, "__clerk_handshake", &token);
    leftovers(draft);
}

/// Clerk uses the address in development and cookies in production.
fn in_address_or_cookie(draft: &mut Draft<'_>, name: &str, value: &str) {
    let usual = draft.is_development();
    if usual != draft.chance(15) {
        draft.parameter(name, value);
        if draft.chance(20) {
            draft.query.insert(0, "tab=1".to_owned());
        }
        if draft.chance(20) {
            draft.parameter("__clerk_help", "1");
        }
        if draft.chance(20) {
            draft.parameter("__clerk_db_jwt", "dvb_2");
        }
    } else {
        draft.cookie(name, value);
    }
}

/// What a browser still has from before a handshake.
fn leftovers(draft: &mut Draft<'_>) {
    match draft.rng.u8(..4) {
        0 => signed_in(draft),
        1 => expired(draft),
        2 => signed_out(draft),
        _ => {}
    }
    if draft.chance(60) {
        draft.cookie("__clerk_redirect_count", "1");
    }
}

fn from_another_site(draft: &mut Draft<'_>) {
    signed_in(draft);
    let referer = draft.any(&[
        "https://other.example.com/page",
        "http://localhost:3000/elsewhere",
        "http://localhost:4000/",
        "https://localhost:3000/",
        "https://accounts.example.com/sign-in",
        "https://accounts.other.com/sign-in",
        "http://accounts.example.com/",
        "https://clerk.example.com/v1/client",
        "https://CLERK.example.com/",
        "https://clerk.example.com:8443/",
        "https://happy-hippo-1.accounts.dev/sign-in",
        "https://happy-hippo-1.clerk.accounts.dev/v1",
        "https://other.accounts.dev/",
        "https://accounts.tests.lcl.dev/",
        "https://accounts.lcl.dev/",
        "https://x.accounts.lclclerk.com/",
        "https://accounts.x.lclstage.dev/",
        "https://accounts.clerk-shop.example.com/",
        "https://accounts.accounts.example.com/",
        "https://primary.example/__clerk/v1",
        "null",
        "about:blank",
        "not a url",
        "android-app://com.example/",
        "/relative",
    ]);
    draft.set_header("referer", referer);
}

fn dev_browser_in_address(draft: &mut Draft<'_>) {
    draft.parameter("__clerk_db_jwt", "dvb_3");
    if draft.chance(30) {
        draft.query.push("tab=1".to_owned());
    }
    if draft.chance(50) {
        signed_in(draft);
    }
}
