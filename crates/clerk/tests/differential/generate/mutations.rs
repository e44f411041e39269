//! Single changes to a scene, most of which no browser would make.

use super::draft::{Draft, Twins, refusal};
use crate::case::Answer;

/// Makes one change.
pub fn apply(draft: &mut Draft<'_>) {
    type Mutation = fn(&mut Draft<'_>);
    const MUTATIONS: [Mutation; 16] = [
        method,
        destination,
        accept,
        host,
        forwarded,
        referer,
        irrelevant_header,
        path,
        query,
        clerk_parameter,
        authorization,
        loop_counter,
        odd_cookie,
        mangled_cookie,
        options,
        backend,
    ];
    let mutation = draft.any(&MUTATIONS);
    mutation(draft);
}

fn method(draft: &mut Draft<'_>) {
    draft.method = draft.any(&["POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]);
}

fn destination(draft: &mut Draft<'_>) {
    match draft.rng.u8(..8) {
        0..=2 => draft.drop_header("sec-fetch-dest"),
        other => {
            let known = ["iframe", "empty", "", "Document", "script"];
            draft.set_header("sec-fetch-dest", known[usize::from(other) - 3]);
        }
    }
}

fn accept(draft: &mut Draft<'_>) {
    match draft.any(&[
        "-",
        "application/json",
        "text/html",
        "*/*",
        "TEXT/HTML",
        "a, text/html",
    ]) {
        "-" => draft.drop_header("accept"),
        accept => draft.set_header("accept", accept),
    }
    if draft.chance(60) {
        draft.drop_header("sec-fetch-dest");
    }
}

fn host(draft: &mut Draft<'_>) {
    let host = draft.any(&[
        "app.example.com",
        "app.example.com:80",
        "app.example.com:443",
        "APP.Example.com",
        "127.0.0.1:3000",
        "127.1",
        "[::1]:3000",
        "xn--mller-kva.example",
        "exa_mple.com",
        "example.com.",
        "-",
    ]);
    match host {
        "-" => draft.drop_header("host"),
        host => draft.set_header("host", host),
    }
}

fn forwarded(draft: &mut Draft<'_>) {
    if draft.chance(70) {
        let host = draft.any(&[
            "public.example.com",
            "public.example.com, inner.example.com",
            "public.example.com,inner",
            "public.example.com:8443",
            "public.example.com:443",
            "localhost:3000",
            "localhost",
            "[::1]",
            "",
            ",b.example.com",
            " , b",
            "a b",
            "a/b",
            "a?b",
            "a#b",
            "99999",
            "localhost:99999",
            "a..b",
            "%61.example.com",
            "user:password@public.example.com",
        ]);
        draft.set_header("x-forwarded-host", host.trim());
    }
    if draft.chance(70) {
        let proto = draft.any(&[
            "https",
            "http",
            "https,http",
            "http, https",
            "HTTPS",
            "",
            "https, ",
            "ftp",
        ]);
        draft.set_header("x-forwarded-proto", proto.trim());
    }
    if draft.chance(10) {
        draft.headers.push((
            "x-forwarded-host".to_owned(),
            "second.example.com".to_owned(),
        ));
    }
    if draft.chance(20) {
        draft.set_header("cloudfront-forwarded-proto", "https");
    }
    if draft.chance(20) {
        draft.set_header("x-forwarded-port", "8443");
    }
}

fn referer(draft: &mut Draft<'_>) {
    let referer = draft.any(&[
        "https://other.example.com/",
        "http://localhost:3000/",
        "",
        "x",
    ]);
    draft.set_header("referer", referer);
}

fn irrelevant_header(draft: &mut Draft<'_>) {
    let (name, value) = draft.any(&[
        ("origin", "https://other.example.com"),
        ("origin", "null"),
        ("origin", "http://localhost:3000"),
        ("user-agent", "Mozilla/5.0"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("x-clerk-auth-status", "signed-in"),
        ("x-clerk-auth-reason", "because"),
        ("x-clerk-auth-token", "token"),
        ("x-requested-with", "XMLHttpRequest"),
    ]);
    draft.set_header(name, value);
}

fn path(draft: &mut Draft<'_>) {
    let path = draft.any(&[
        "/",
        "/dash/",
        "/dash//",
        "/a%20b",
        "/%C3%BC/%F0%9F%98%80",
        "/a/../b",
        "/a/./b/.",
        "/a/%2e%2e/b",
        "/a/..",
        "/x//y",
        "//evil.example/x",
        "/a;b=c",
        "/%",
        "/%zz",
        "/%00",
        "/a\\b",
        "/a'b",
        "/a\"b",
        "/{x}",
        "/a|b",
        "/[x]",
        "/a^b",
        "/:colon",
        "/@at",
        "/a%2Fb",
        "/a,b&c=d",
    ]);
    draft.path = path.to_owned();
}

fn query(draft: &mut Draft<'_>) {
    let query = draft.any(&[
        "a=1",
        "a=1&a=2",
        "a",
        "a=",
        "=b",
        "",
        "&",
        "a=1&&b=2",
        "a=%20b+c",
        "q=%C3%BC",
        "q=%F0%9F%98%80",
        "q=%zz",
        "q=%",
        "q=%ff%fe",
        "a=b=c",
        "x[]=1",
        "?x",
        "a=%26%3D%2B",
        "t=~*'()!-._",
        "redirect_url=https%3A%2F%2Fa.example%2F%3Fb%3Dc",
        "a=%22quoted%22",
        "a={b}|c",
        "a=`^\\",
        "+=+",
        "a=%00",
        "a=http://x/y?z",
        "__session=x",
    ]);
    let place = draft.rng.usize(..=draft.query.len());
    draft.query.insert(place, query.to_owned());
}

fn clerk_parameter(draft: &mut Draft<'_>) {
    let token = draft.any_token();
    let parameter = draft.any(&[
        "__clerk_handshake=",
        "__clerk_handshake=x",
        "__clerk_handshake_nonce=",
        "__clerk_handshake_nonce=n",
        "__clerk_help=1",
        "__clerk_db_jwt=",
        "__clerk_db_jwt=dvb_4",
        "__clerk_db_jwt=a%20b%2Bc",
        "__clerk_db_jwt",
        "__clerk%5Fdb_jwt=dvb_5",
        "__dev_session=old",
        "__clerk_synced=true",
        "__clerk_synced=false",
        "__clerk_synced=",
        "__clerk_redirect_url=",
        "__clerk_hs_reason=x",
        "suffixed_cookies=false",
    ]);
    draft.query.push(parameter.to_owned());
    if draft.chance(20) {
        draft.parameter("__session", &token);
    }
}

fn authorization(draft: &mut Draft<'_>) {
    let token = draft.any_token();
    let value = draft.any(&["", "Bearer", "Basic dTpw", "Digest x, y", "token"]);
    let value = if draft.chance(50) {
        format!("Bearer {token}")
    } else {
        value.to_owned()
    };
    draft.set_header("authorization", &value);
}

fn loop_counter(draft: &mut Draft<'_>) {
    let count = draft.any(&[
        "1", "2", "2", "3", "3", "4", "0", "-1", "+1", "x", "3abc", "", "1.5", "1e0", "0x2",
    ]);
    draft.cookie("__clerk_redirect_count", count);
}

fn odd_cookie(draft: &mut Draft<'_>) {
    let suffix = draft.suffix();
    let token = draft.any_token();
    let twins = draft.any(&Twins::ALL);
    match draft.rng.u8(..12) {
        0 => draft.twin_cookie("__session", &token, twins),
        1 => draft.twin_cookie("__session", "", twins),
        2 | 3 => {
            let uat = draft.any(&[
                "0",
                "00",
                "",
                "1",
                "1700000000",
                "1700000000.9",
                "1700000000abc",
                "abc",
                "-5",
                "+7",
                "0x10",
                "1e3",
                "99999999999999999999999",
                "NaN",
                "Infinity",
                "%30",
                "\"0\"",
            ]);
            draft.twin_cookie("__client_uat", uat, twins);
        }
        4 => draft.twin_cookie("__clerk_db_jwt", "", twins),
        5 => draft.twin_cookie("__clerk_db_jwt", "dvb%20with%2Bodd%26signs", twins),
        6 => draft.cookie(&format!("__refresh_{suffix}"), ""),
        7 => draft.cookie("__refresh", "plain"),
        8 => draft.cookie("__session_other", &token),
        9 => draft.cookie("__clerk_handshake", ""),
        10 => draft.cookie("theme", "dark; ;=;x; =y"),
        _ => draft.cookie("clerk_active_context", "sess_1:org_1"),
    }
    if draft.chance(50) {
        // The first of two wins.
        draft.cookies.rotate_right(1);
    }
}

fn mangled_cookie(draft: &mut Draft<'_>) {
    if draft.cookies.is_empty() {
        return;
    }
    let place = draft.rng.usize(..draft.cookies.len());
    let (name, value) = draft.cookies[place].clone();
    let (name, value) = match draft.rng.u8(..13) {
        0 => {
            draft.cookies.remove(place);
            return;
        }
        1 => (name, format!("\"{value}\"")),
        2 => (
            name,
            value.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        ),
        3 => (name, format!("{value}%")),
        4 => (name, format!("{value}%ff")),
        5 => (format!(" {name} "), format!(" {value} ")),
        6 => (format!("\t{name}"), format!("{value}\t")),
        7 => (name.to_uppercase(), value),
        8 => (name, format!("\"{value}")),
        9 => (name, format!("{value}=")),
        10 => (name, format!("{value}%20")),
        11 => (name, format!("{value}\u{e9}")),
        _ => (name.replace("__", "%5F%5F"), value),
    };
    draft.cookies[place] = (name, value);
}

fn options(draft: &mut Draft<'_>) {
    let text = str::to_owned;
    match draft.rng.u8(..10) {
        0 | 1 => {
            draft.options.proxy_url = Some(
                draft
                    .any(&["/__clerk", "/api/clerk", "/__clerk/"])
                    .to_owned(),
            )
        }
        2 | 3 => {
            let url = draft.any(&[
                "https://primary.example/__clerk",
                "https://clerk.primary.example",
                "http://localhost:7801/__clerk/",
                "https://primary.example:8443/a/b/",
            ]);
            draft.options.proxy_url = Some(url.to_owned());
        }
        4 => draft.options.authorized_parties = vec![text("http://localhost:3000")],
        5 => {
            let parties = ["https://app.example.com", "http://localhost:3000"];
            draft.options.authorized_parties = parties.map(text).to_vec();
        }
        6 => draft.options.audience = draft.any(&[vec![text("api")], vec![text("x"), text("web")]]),
        7 => draft.options.clock_skew_in_ms = Some(draft.any(&[0, 1, 500, 10_000, 60_000])),
        8 => draft.options.jwt_key = Some(draft.forger.public_key_pem()),
        _ => draft.options.jwt_key = None,
    }
}

fn backend(draft: &mut Draft<'_>) {
    draft.options.jwt_key = None;
    let forged = serde_json::json!(draft.forger.jwks());
    let (secret, jwks) = match draft.rng.u8(..5) {
        0 => ("down", Answer::unreachable()),
        1 => ("error", Answer::json(500, &refusal("internal"))),
        2 => ("refused", Answer::json(401, &refusal("clerk_key_invalid"))),
        3 => (
            "empty",
            Answer::json(200, &serde_json::json!({ "keys": [] })),
        ),
        _ => ("forged", Answer::json(200, &forged)),
    };
    // Clerk's SDK keeps keys by the secret that they were fetched with.
    draft.options.secret_key = format!("{}{secret}", &draft.options.secret_key[..8]);
    draft.answers.jwks = jwks;
}
