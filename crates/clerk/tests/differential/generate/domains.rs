//! Satellite domains, their primary domain, and addresses that belong to an organization.

use serde_json::json;

use super::{
    draft::{Draft, Twins},
    mint, scenes,
};
use crate::case::OrganizationSyncOptions;

/// A page of an application on another domain than the one where people sign in.
pub fn satellite(draft: &mut Draft<'_>) {
    draft.options.is_satellite = true;
    draft.options.satellite_auto_sync = draft.any(&[None, None, Some(true), Some(false)]);
    match draft.rng.u8(..12) {
        0 => draft.options.proxy_url = Some("https://satellite.example/__clerk".to_owned()),
        1 => draft.options.proxy_url = Some("/__clerk".to_owned()),
        2 => {}
        _ => {
            let domain = draft.any(&[
                "satellite.example",
                "satellite.example:8443",
                "localhost:3000",
            ]);
            draft.options.domain = Some(domain.to_owned());
        }
    }
    let sign_in = draft.any(&[
        "https://primary.example/sign-in",
        "https://primary.example/sign-in",
        "https://primary.example/sign-in?from=satellite#top",
        "http://localhost:3000/sign-in",
        "https://primary.example",
        "/sign-in",
        "",
    ]);
    if !sign_in.is_empty() {
        draft.options.sign_in_url = Some(sign_in.to_owned());
    }
    if draft.chance(15) {
        let origin = draft.any(&["http://localhost:3000", "https://primary.example", "null"]);
        draft.set_header("origin", origin);
    }
    match draft.rng.u8(..8) {
        0 => draft.query.push("__clerk_synced=true".to_owned()),
        1..=3 => draft.query.push("__clerk_synced=false".to_owned()),
        _ => {}
    }
    if draft.chance(15) {
        draft
            .query
            .push("__clerk_redirect_url=https%3A%2F%2Fother.example%2F".to_owned());
    }
    match draft.rng.u8(..4) {
        0 => scenes::signed_in(draft),
        1 => {
            let twins = draft.any(&Twins::ALL);
            draft.twin_cookie("__client_uat", "0", twins);
            draft.twin_cookie("__clerk_db_jwt", "dvb_1", twins);
        }
        _ => {}
    }
}

/// The primary domain, where a satellite sends people to be recognised.
pub fn primary(draft: &mut Draft<'_>) {
    let back = draft.any(&[
        "https://satellite.example/page",
        "https://satellite.example/page?a=1&a=%20b#c",
        "https://satellite.example/?__clerk_synced=false&x=1&__clerk_synced=false",
        "https://satellite.example/?__clerk_db_jwt=old",
        "http://satellite.example:8443",
        "https://m\u{fc}ller.example/\u{fc}?\u{fc}",
        "not an address",
        "/relative",
        "javascript:alert(1)",
        "app://satellite/x",
        "",
    ]);
    draft.parameter("__clerk_redirect_url", back);
    match draft.rng.u8(..3) {
        0 => scenes::signed_in(draft),
        1 => draft.cookie("__clerk_db_jwt", "dvb_1"),
        _ => {}
    }
    if draft.chance(10) {
        draft.parameter("__clerk_db_jwt", "dvb_2");
    }
}

/// An address that belongs to an organization or to the personal account.
pub fn organization(draft: &mut Draft<'_>) {
    let text = |list: &[&str]| Some(list.iter().map(|text| (*text).to_owned()).collect());
    let organization_patterns = draft.any(&[
        text(&["/orgs/:slug", "/orgs/:slug/(.*)"]),
        text(&["/orgs-by-id/:id", "/orgs-by-id/:id/(.*)"]),
        text(&[
            "/orgs/:slug/(.*)",
            "/orgs-by-id/:id/(.*)",
            "/:any/:id{/:more}?",
        ]),
        text(&[]),
        None,
    ]);
    let personal_account_patterns = draft.any(&[
        text(&["/me", "/me/(.*)"]),
        text(&["/user/:id?", "/(.*)"]),
        text(&[]),
        None,
    ]);
    draft.options.organization_sync_options = Some(OrganizationSyncOptions {
        organization_patterns,
        personal_account_patterns,
    });
    let path = draft.any(&[
        "/orgs/acme",
        "/orgs/acme/",
        "/orgs/acme/a/b",
        "/orgs/globex",
        "/orgs/a%20b/x",
        "/orgs/%zz/x",
        "/Orgs/acme",
        "/orgs-by-id/org_1",
        "/orgs-by-id/org_2/settings",
        "/me",
        "/me/",
        "/me/x",
        "/user",
        "/user/7",
        "/elsewhere",
        "/",
    ]);
    draft.path = path.to_owned();
    let age = draft.any(&[1, 30, 70]);
    let made = draft.now() - age;
    let mut claims = mint::claims(&mut draft.rng, &draft.instance, made);
    if draft.chance(40) {
        claims["v"] = json!(2);
        claims["o"] = json!({ "id": "org_1", "slg": "acme", "rol": "admin" });
    }
    let token = draft.mint.sign(&draft.instance, &mint::header(), &claims);
    scenes::session(draft, &token, age);
    if draft.chance(25) {
        let count = draft.any(&["1", "2", "3", "4"]);
        draft.cookie("__clerk_redirect_count", count);
    }
}
