//! Tickets: invitations and sign-in tokens, from the link to the session.

use crate::browser::{Answer, Browser, PASSWORD, World};
use clerk_local::state::{NewInvitation, OrganizationTarget, SignInToken};
use serde_json::{Value, json};
use url::Url;

const EMAIL: &str = "ann@example.com";
const PAGE: &str = "http://localhost:3000/welcome";

/// An invitation into Acme (its id) as its link.
async fn invited(world: &World) -> (String, String) {
    let state = world.clerk.state();
    let boss = world.person("boss@example.com").await;
    let acme = state
        .create_organization("Acme", None, &boss)
        .await
        .unwrap();
    let new = NewInvitation {
        email_address: EMAIL.to_owned(),
        organization: Some(OrganizationTarget {
            organization_id: acme.id.clone(),
            role: "org:member".to_owned(),
            inviter_id: Some(boss),
        }),
        redirect_url: Some(PAGE.to_owned()),
        ..NewInvitation::default()
    };
    let made = state.create_invitations(vec![new]).await.unwrap();
    (acme.id.clone(), state.invitation_url(&made[0]).unwrap())
}

/// Follows an invitation's link: where it leads, with which status and which ticket.
async fn follow(browser: &mut Browser, link: &str) -> (String, String) {
    let answer = browser.get(link).await;
    let target = Url::parse(answer.location()).unwrap();
    assert_eq!(target.path(), "/welcome");
    let told = |name: &str| {
        let mut pairs = target.query_pairs();
        pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
    };
    (told("__clerk_status"), told("__clerk_ticket"))
}

async fn sign_in(browser: &mut Browser, ticket: &str) -> Answer {
    let fields = [("strategy", "ticket"), ("ticket", ticket)];
    browser.post("/v1/client/sign_ins", &fields).await
}

async fn sign_up(browser: &mut Browser, ticket: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("strategy", "ticket"), ("ticket", ticket)];
    fields.extend(more);
    browser.post("/v1/client/sign_ups", &fields).await
}

fn assert_joined(done: &Answer, organization_id: &str) {
    assert_eq!(done.response()["status"], "complete");
    let session = &done.json["client"]["sessions"][0];
    assert_eq!(session["id"], done.response()["created_session_id"]);
    assert_eq!(session["last_active_organization_id"], organization_id);
    let membership = &session["user"]["organization_memberships"][0];
    assert_eq!(membership["role"], "org:member");
}

/// A sign-in token of a new person, and its ticket.
async fn token(world: &World, life_s: i64) -> (SignInToken, String) {
    let state = world.clerk.state();
    let person = world.person(EMAIL).await;
    let token = state.create_sign_in_token(&person, life_s).await.unwrap();
    let ticket = state.ticket_of(&token).unwrap();
    (token, ticket)
}

#[tokio::test]
async fn an_invitation_of_somebody_new() {
    let world = World::new().await;
    let (acme, link) = invited(&world).await;
    let mut browser = world.browser().await;
    let (status, ticket) = follow(&mut browser, &link).await;
    assert_eq!(status, "sign_up");
    let wrong_way = sign_in(&mut browser, &ticket).await;
    let code = "organization_invitation_identification_not_exist";
    assert_eq!(wrong_way.error(), (400, code, None));
    // Clerk's card shows the form first, and sends all of it with the ticket again.
    let begun = sign_up(&mut browser, &ticket, &[]).await;
    let attempt = begun.response();
    assert_eq!(attempt["status"], "missing_requirements");
    assert_eq!(attempt["missing_fields"], json!(["password"]));
    assert_eq!(attempt["unverified_fields"], json!([]));
    assert_eq!(attempt["email_address"], EMAIL);
    let shown = &attempt["verifications"]["email_address"];
    assert_eq!(shown["status"], "verified");
    assert_eq!(shown["strategy"], "ticket");
    let path = format!(
        "/v1/client/sign_ups/{}?_method=PATCH",
        attempt["id"].as_str().unwrap()
    );
    let fields = [
        ("strategy", "ticket"),
        ("ticket", &ticket),
        ("first_name", "Ann"),
        ("password", PASSWORD),
    ];
    let done = browser.post(&path, &fields).await;
    assert_joined(&done, &acme);
    assert_eq!(
        done.json["client"]["last_authentication_strategy"],
        "ticket"
    );
    let mut other = world.browser().await;
    let again = sign_up(&mut other, &ticket, &[]).await;
    let code = "organization_invitation_already_accepted";
    assert_eq!(again.error().1, code);
}

#[tokio::test]
async fn an_invitation_with_all_that_is_required_at_once() {
    let world = World::new().await;
    let (acme, link) = invited(&world).await;
    let mut browser = world.browser().await;
    let (_, ticket) = follow(&mut browser, &link).await;
    let done = sign_up(&mut browser, &ticket, &[("password", PASSWORD)]).await;
    assert_joined(&done, &acme);
}

#[tokio::test]
async fn another_address_loses_the_invitation_and_its_proof() {
    let world = World::new().await;
    let (_, link) = invited(&world).await;
    let mut browser = world.browser().await;
    let (_, ticket) = follow(&mut browser, &link).await;
    let more = [
        ("email_address", "mallory@example.com"),
        ("password", PASSWORD),
    ];
    let begun = sign_up(&mut browser, &ticket, &more).await;
    let attempt = begun.response();
    assert_eq!(attempt["status"], "missing_requirements");
    assert_eq!(attempt["unverified_fields"], json!(["email_address"]));
}

#[tokio::test]
async fn an_invitation_of_somebody_with_an_account() {
    let world = World::new().await;
    let (acme, link) = invited(&world).await;
    world.person(EMAIL).await;
    let mut browser = world.browser().await;
    let (status, ticket) = follow(&mut browser, &link).await;
    assert_eq!(status, "sign_in");
    let wrong_way = sign_up(&mut browser, &ticket, &[("password", PASSWORD)]).await;
    let code = "organization_invitation_identification_already_exists";
    assert_eq!(wrong_way.error(), (400, code, None));
    let done = sign_in(&mut browser, &ticket).await;
    assert_joined(&done, &acme);
}

#[tokio::test]
async fn an_invitation_of_who_is_signed_in_is_accepted_by_the_click() {
    let world = World::new().await;
    let (acme, link) = invited(&world).await;
    let ann = world.person(EMAIL).await;
    let mut browser = world.signed_in(EMAIL).await;
    let (status, _) = follow(&mut browser, &link).await;
    assert_eq!(status, "complete");
    let state = world.clerk.state();
    assert!(state.membership(&ann, &acme).await.unwrap().is_some());
    let again = browser.get(&link).await;
    let code = "organization_invitation_already_accepted";
    assert_eq!(again.error().1, code);
}

#[tokio::test]
async fn somebody_else_who_is_signed_in_accepts_nothing() {
    let world = World::new().await;
    let (acme, link) = invited(&world).await;
    let ann = world.person(EMAIL).await;
    let mallory = world.person("mallory@example.com").await;
    let mut browser = world.signed_in("mallory@example.com").await;
    let (status, _) = follow(&mut browser, &link).await;
    assert_eq!(status, "sign_in");
    let state = world.clerk.state();
    for person in [ann, mallory] {
        assert!(state.membership(&person, &acme).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_sign_in_token_works_once() {
    let world = World::new().await;
    let (_, ticket) = token(&world, 60).await;
    let (mut one, mut other) = (world.browser().await, world.browser().await);
    let refused = sign_up(&mut one, &ticket, &[]).await;
    let code = "sign_in_token_not_in_sign_in_code";
    assert_eq!(refused.error(), (400, code, None));
    let (one, other) = tokio::join!(sign_in(&mut one, &ticket), sign_in(&mut other, &ticket));
    let (done, refused) = match one.status.is_success() {
        true => (one, other),
        false => (other, one),
    };
    assert_eq!(done.response()["status"], "complete");
    assert_eq!(
        done.response()["first_factor_verification"]["strategy"],
        "ticket"
    );
    let code = "sign_in_token_already_used_code";
    assert_eq!(refused.error(), (400, code, None));
}

#[tokio::test]
async fn a_sign_in_token_leads_to_the_portal_and_expires() {
    let world = World::new().await;
    let (_, ticket) = token(&world, 60).await;
    let mut browser = world.browser().await;
    let link = world.clerk.state().ticket_url(&ticket);
    let followed = browser.get(&link).await;
    let page = followed.location().to_owned();
    assert!(page.contains("/portal/ticket?") && page.contains("__clerk_status=sign_in"));
    world.clock.advance(60_000);
    let late = sign_in(&mut browser, &ticket).await;
    assert_eq!(late.error(), (400, "ticket_expired_code", None));
}

#[tokio::test]
async fn only_tickets_of_this_instance() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut signed_in = world.signed_in(EMAIL).await;
    let client = signed_in.get("/v1/client").await;
    let session = &client.response()["sessions"][0]["last_active_token"]["jwt"];
    let stranger = World::new().await;
    let (_, foreign) = token(&stranger, 60).await;
    let mut browser = world.browser().await;
    for ticket in ["", "x", session.as_str().unwrap(), &foreign] {
        let refused = sign_in(&mut browser, ticket).await;
        let (status, code, param) = refused.error();
        assert!(status == 400 || ticket.is_empty());
        assert!(code == "ticket_invalid_code" || ticket.is_empty(), "{code}");
        assert_eq!(param, ticket.is_empty().then_some("ticket"));
    }
}

#[tokio::test]
async fn the_backend_gives_out_sign_in_tokens_and_takes_them_back() {
    let local = crate::support::Local::open().await;
    let ann = local.person(EMAIL).await;
    let body = json!({ "user_id": ann.id, "expires_in_seconds": 600 });
    let made = local.backend("POST", "/v1/sign_in_tokens", Some(body));
    let made: Value = made.await.ok();
    assert_eq!(made["object"], "sign_in_token");
    assert_eq!(made["status"], "pending");
    let url = made["url"].as_str().unwrap();
    assert!(url.ends_with(&format!("?ticket={}", made["token"].as_str().unwrap())));
    let path = format!("/v1/sign_in_tokens/{}/revoke", made["id"].as_str().unwrap());
    let revoked = local.backend("POST", &path, None).await.ok();
    assert_eq!(revoked["status"], "revoked");
    assert_eq!(revoked["token"], made["token"]);
    let state = local.clerk.state();
    let refused = state.use_sign_in_token(made["id"].as_str().unwrap()).await;
    assert_eq!(
        refused.unwrap_err().code(),
        Some("sign_in_token_revoked_code")
    );
    let unknown = json!({ "user_id": "user_x" });
    let unknown = local.backend("POST", "/v1/sign_in_tokens", Some(unknown));
    assert_eq!(unknown.await.error(404), "resource_not_found");
    let body = json!({ "user_id": ann.id, "expires_in_seconds": 0 });
    let odd = local.backend("POST", "/v1/sign_in_tokens", Some(body));
    assert_eq!(odd.await.error(422), "form_param_value_invalid");
}

#[tokio::test]
async fn a_sign_in_token_leads_into_the_organization_it_names() {
    let world = World::new().await;
    let state = world.clerk.state();
    let ann = world.person(EMAIL).await;
    let boss = world.person("boss@example.com").await;
    let acme = state.create_organization("Acme", None, &ann).await.unwrap();
    let into = async |id: &str| state.create_sign_in_token_into(&ann, 60, Some(id)).await;
    let ticket = state.ticket_of(&into(&acme.id).await.unwrap()).unwrap();
    let mut browser = world.browser().await;
    let done = sign_in(&mut browser, &ticket).await;
    assert_eq!(done.response()["status"], "complete");
    let session = &done.json["client"]["sessions"][0];
    assert_eq!(session["last_active_organization_id"], acme.id.as_str());

    // Whoever has left in the meantime signs in all the same.
    let late = state.ticket_of(&into(&acme.id).await.unwrap()).unwrap();
    state
        .add_member(&acme.id, &boss, "org:admin")
        .await
        .unwrap();
    state.remove_member(&acme.id, &ann).await.unwrap();
    let done = sign_in(&mut world.browser().await, &late).await;
    assert_eq!(done.response()["status"], "complete");
    let session = &done.json["client"]["sessions"][0];
    assert!(session["last_active_organization_id"].is_null());
    let foreign = into(&acme.id).await.unwrap_err();
    assert_eq!(
        foreign.code(),
        Some("organization_not_found_or_unauthorized")
    );
}
