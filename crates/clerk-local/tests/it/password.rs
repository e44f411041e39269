//! People changing and removing their password.

use crate::browser::{PASSWORD, World};

const CHANGE: &str = "/v1/me/change_password";
const REMOVE: &str = "/v1/me/remove_password";
const NEW: &str = "another good password";

#[tokio::test]
async fn a_password_is_changed_and_other_sessions_end() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut here = world.signed_in("ada@example.com").await;
    let mut there = world.signed_in("ada@example.com").await;
    for (current, new, expected) in [
        (
            "",
            NEW,
            (422, "form_param_missing", Some("current_password")),
        ),
        (
            "wrong password",
            NEW,
            (422, "form_password_incorrect", Some("current_password")),
        ),
        (
            PASSWORD,
            "short",
            (422, "form_password_length_too_short", Some("new_password")),
        ),
        (
            PASSWORD,
            "",
            (422, "form_param_missing", Some("new_password")),
        ),
        (
            PASSWORD,
            PASSWORD,
            (
                422,
                "form_new_password_matches_current",
                Some("new_password"),
            ),
        ),
    ] {
        let form = [("current_password", current), ("new_password", new)];
        assert_eq!(here.post(CHANGE, &form).await.error(), expected);
    }
    assert_eq!(world.events("user.updated").await, 0);

    let form = [
        ("current_password", PASSWORD),
        ("new_password", NEW),
        ("sign_out_of_other_sessions", "true"),
    ];
    let user = here.post(CHANGE, &form).await;
    assert_eq!(user.response()["password_enabled"], true);
    here.get("/v1/me").await.response();
    assert_eq!(there.get("/v1/me").await.error().1, "signed_out");
    assert_eq!(world.events("session.revoked").await, 1);
    let mut elsewhere = world.browser().await;
    let old = [("identifier", "ada@example.com"), ("password", PASSWORD)];
    let old = elsewhere.post("/v1/client/sign_ins", &old).await;
    assert_eq!(old.error().1, "form_password_incorrect");

    // Right after signing in, the password need not be named; later it has to be, or to be shown
    // once more.
    let unnamed = [("new_password", "yet another password")];
    world.clock.advance(11 * 60_000);
    let refused = here.post(CHANGE, &unnamed).await;
    assert_eq!(refused.error().0, 403);
    assert_eq!(refused.error().1, "session_reverification_required");
    let again = here.post(REMOVE, &[]).await;
    assert_eq!(again.error().1, "session_reverification_required");

    // Without the wish, they stay.
    let new = [("identifier", "ada@example.com"), ("password", NEW)];
    elsewhere.post("/v1/client/sign_ins", &new).await.response();
    let form = [("current_password", NEW), ("new_password", PASSWORD)];
    here.post(CHANGE, &form).await.response();
    elsewhere.get("/v1/me").await.response();
}

#[tokio::test]
async fn a_password_is_removed_and_set_again() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let wrong = ada.post(REMOVE, &[("current_password", "wrong")]).await;
    let expected = (422, "form_password_incorrect", Some("current_password"));
    assert_eq!(wrong.error(), expected);
    let right = [("current_password", PASSWORD)];
    let user = ada.post(REMOVE, &right).await;
    assert_eq!(user.response()["password_enabled"], false);
    let again = ada.post(REMOVE, &right).await;
    assert_eq!(again.error(), (400, "no_password_set", None));
    let user = ada.post(CHANGE, &[("new_password", NEW)]).await;
    assert_eq!(user.response()["password_enabled"], true);
}

#[tokio::test]
async fn of_two_changes_at_once_one_counts() {
    let (world, _) = World::with_person("ada@example.com").await;
    let (mut one, mut two) = (
        world.signed_in("ada@example.com").await,
        world.signed_in("ada@example.com").await,
    );
    let first = [("current_password", PASSWORD), ("new_password", NEW)];
    let second = [
        ("current_password", PASSWORD),
        ("new_password", "a third password"),
    ];
    let (first, second) = tokio::join!(one.post(CHANGE, &first), two.post(CHANGE, &second));
    let done = [&first, &second].map(|it| it.status.is_success());
    assert!(done[0] != done[1], "{} {}", first.text, second.text);
}
