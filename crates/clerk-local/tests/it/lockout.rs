//! Lockout after wrong answers, in whichever browser they were given.

use crate::browser::{Answer, PASSWORD, World};
use clerk_local::state::LockoutSettings;

const EMAIL: &str = "ann@example.com";

async fn world() -> (World, String) {
    let world = World::with(|options| {
        options.lockout = LockoutSettings {
            max_attempts: Some(3),
            minutes: 60,
        };
    })
    .await;
    let person = world.person(EMAIL).await;
    (world, person)
}

async fn try_password(world: &World, password: &str) -> Answer {
    let mut browser = world.browser().await;
    let fields = [
        ("strategy", "password"),
        ("identifier", EMAIL),
        ("password", password),
    ];
    browser.post("/v1/client/sign_ins", &fields).await
}

#[tokio::test]
async fn the_last_wrong_answer_locks_for_an_hour() {
    let (world, person) = world().await;
    for _ in 0..3 {
        let wrong = try_password(&world, "not this one").await;
        assert_eq!(wrong.error().1, "form_password_incorrect");
    }
    let locked = try_password(&world, PASSWORD).await;
    assert_eq!(locked.error(), (403, "user_locked", None));
    let meta = &locked.json["errors"][0]["meta"];
    assert_eq!(meta["lockout_expires_in_seconds"], 3600);
    // No code helps, either.
    let mut browser = world.browser().await;
    let fields = [("strategy", "email_code"), ("identifier", EMAIL)];
    let code = browser.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(code.error().1, "user_locked");
    let state = world.clerk.state();
    let user = state.user(&person).await.unwrap().unwrap();
    let shown = clerk_local::shapes::backend::user(&user, state.options());
    assert_eq!(shown["locked"], true);
    assert_eq!(shown["verification_attempts_remaining"], 0);
    world.clock.advance(60 * 60 * 1000);
    let open = try_password(&world, PASSWORD).await;
    assert_eq!(open.response()["status"], "complete");
}

#[tokio::test]
async fn many_guesses_at_once_get_no_more_than_the_limit() {
    let (world, _) = world().await;
    let guesses = (0..8).map(|_| try_password(&world, "not this one"));
    let mut codes = Vec::new();
    for answer in futures_join(guesses).await {
        codes.push(answer.error().1.to_owned());
    }
    let taken = codes
        .iter()
        .filter(|code| *code == "form_password_incorrect");
    assert_eq!(taken.count(), 3, "{codes:?}");
    let refused = codes.iter().filter(|code| *code == "user_locked");
    assert_eq!(refused.count(), 5, "{codes:?}");
}

#[tokio::test]
async fn a_right_answer_starts_the_count_anew() {
    let (world, _) = world().await;
    for password in ["no", "no", PASSWORD, "no", "no", PASSWORD] {
        let answer = try_password(&world, password).await;
        assert_eq!(answer.status.is_success(), password == PASSWORD);
    }
}

#[tokio::test]
async fn locked_and_unlocked_by_hand() {
    let (world, person) = world().await;
    let state = world.clerk.state();
    state.lock_user(&person).await.unwrap();
    assert_eq!(
        try_password(&world, PASSWORD).await.error().1,
        "user_locked"
    );
    state.unlock_user(&person).await.unwrap();
    let open = try_password(&world, PASSWORD).await;
    assert_eq!(open.response()["status"], "complete");
    let nobody = state.lock_user("user_x").await;
    assert_eq!(nobody.unwrap_err().code(), Some("resource_not_found"));
}

/// Drives all of them at once.
async fn futures_join<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (future, slot) in all.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        match done.iter().all(Option::is_some) {
            true => std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect()),
            false => std::task::Poll::Pending,
        }
    })
    .await
}
