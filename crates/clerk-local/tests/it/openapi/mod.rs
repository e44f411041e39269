//! What both APIs answer, held against Clerk's published OpenAPI descriptions (`shapes.txt`).

mod backend_routes;
mod browser_routes;
mod facts;
mod routes;

use facts::{Api, deviations, deviations_from};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::Answer;

/// Where the local instance answers otherwise on purpose, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    (
        "Client.User.create_organizations_limit: null is not",
        "Clerk's own client types it `number | null`; the backend API's description says so too",
    ),
    (
        "OrganizationInvitation.public_organization_data: not published",
        "published for the list of a person's invitations, and Clerk's own client reads it",
    ),
    (
        "DeletedObject.from_machine_id: not published",
        "a scope that is gone is still told by its two machines: Clerk's own client reads them",
    ),
    (
        "DeletedObject.to_machine_id: not published",
        "as `from_machine_id`",
    ),
    (
        "Invitation.url: null is not",
        "an invitation that is over leads nowhere",
    ),
    (
        "Stubs.verification_otp.strategy: null is not",
        "a sign-up's address that no code was sent to has no strategy yet",
    ),
    (
        "Stubs.verification_otp.expire_at: null is not",
        "a sign-up's address that no code was sent to has no code that expires",
    ),
];

/// Holds an answer against the published shapes and gives it back.
#[track_caller]
fn published(api: Api, what: &str, answer: &Answer) -> Value {
    if answer.text.is_empty() {
        return Value::Null;
    }
    let body = answer.json();
    let found = match answer.status.is_success() {
        true => deviations(api, &body),
        false => {
            let mut found = deviations_from(api, "ClerkErrors", &body);
            let errors = body["errors"].as_array().into_iter().flatten();
            for error in errors {
                found.extend(deviations_from(api, "ClerkError", error));
            }
            found
        }
    };
    let unknown: Vec<String> = found
        .into_iter()
        .filter(|line| !DEVIATIONS.iter().any(|(known, _)| line.starts_with(known)))
        .collect();
    assert!(unknown.is_empty(), "{what}: {unknown:#?}\n{body:#}");
    assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
    body
}

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
