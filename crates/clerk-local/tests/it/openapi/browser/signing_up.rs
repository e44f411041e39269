//! From a form, or an invitation, to an account.

use super::{ADA, BOB, CODE, PASSWORD, World, id};
use crate::oauth::parameter;
use clerk_local::state::NewInvitation;

const SIGN_UPS: &str = "/v1/client/sign_ups";

pub async fn journey() -> World {
    let world = World::new().await;
    let mut browser = world.browser().await;
    let begun = browser.post(SIGN_UPS, &[("email_address", ADA)]).await;
    let path = format!("{SIGN_UPS}/{}", id(begun.response()));
    browser.get(&path).await.response();
    let more = [("password", PASSWORD), ("first_name", "Ada")];
    let changed = browser.post(&format!("{path}?_method=PATCH"), &more).await;
    changed.response();
    let strategy = [("strategy", "email_code")];
    let prepare = format!("{path}/prepare_verification");
    browser.post(&prepare, &strategy).await.response();
    let attempt = format!("{path}/attempt_verification");
    let wrong = [("strategy", "email_code"), ("code", "000000")];
    let refused = browser.post(&attempt, &wrong).await;
    assert_eq!(refused.error().1, "form_code_incorrect");
    let right = [("strategy", "email_code"), ("code", CODE)];
    let done = browser.post(&attempt, &right).await;
    assert_eq!(done.response()["status"], "complete");
    browser.get("/v1/client").await.response();
    world
}

pub async fn by_ticket() -> World {
    let world = World::new().await;
    let state = world.clerk.state();
    let new = NewInvitation {
        email_address: BOB.to_owned(),
        redirect_url: Some("http://localhost:3000/welcome".to_owned()),
        ..NewInvitation::default()
    };
    let made = state.create_invitation(new).await.unwrap();
    let link = state.invitation_url(&made).unwrap();
    let mut browser = world.browser().await;
    let answer = browser.get(&link).await;
    let ticket = parameter(answer.location(), "__clerk_ticket").unwrap();
    let fields = [("strategy", "ticket"), ("ticket", &ticket)];
    let begun = browser.post(SIGN_UPS, &fields).await;
    let path = format!("{SIGN_UPS}/{}?_method=PATCH", id(begun.response()));
    let done = browser.post(&path, &[("password", PASSWORD)]).await;
    assert_eq!(done.response()["status"], "complete");
    world
}
