//! What both APIs answer, held against Clerk's published OpenAPI descriptions: `shapes.txt` has the
//! objects, `answers.txt` the routes. Every route is called.

mod backend;
mod browser;
mod check;
mod ledger;
mod routes;
mod shapes;

use check::deviations;
use serde_json::json;
use shapes::Api;

#[test]
fn every_kind_of_deviation_is_seen() {
    let token = json!({ "object": "token", "jwt": "x" });
    assert!(deviations(Api::Backend, &json!({ "data": [token] })).is_empty());
    for (answer, wanted) in [
        (json!([{ "object": "token" }]), "Token.jwt: missing"),
        (
            json!({ "a": { "object": "token", "jwt": 1 } }),
            "Token.jwt: 1 is not of the type published",
        ),
        (
            json!({ "object": "token", "jwt": "x", "more": 1 }),
            "Token.more: not published",
        ),
        (
            json!({ "object": "token", "jwt": null }),
            "Token.jwt: null is not of the type published",
        ),
    ] {
        assert_eq!(deviations(Api::Backend, &answer), [wanted]);
    }
    let verification = json!({
        "object": "verification_admin", "status": "lost", "strategy": "admin",
        "attempts": null, "expire_at": null,
    });
    assert_eq!(
        deviations(Api::Backend, &verification),
        ["verification_admin.status: \"lost\" is not of the type published"]
    );
}
