//! Answers that arrive together.

use clerk_local::state::NewUser;

use crate::browser::{Browser, PASSWORD, World, app::App};

const EMAIL: &str = "ann@example.com";

/// A sign-in of Ann whose code was mailed, and its path.
async fn mailed(world: &World) -> (Browser, String) {
    let mut browser = world.browser().await;
    let fields = [("strategy", "email_code"), ("identifier", EMAIL)];
    let made = browser.post("/v1/client/sign_ins", &fields).await;
    let id = made.response()["id"].as_str().unwrap().to_owned();
    (browser, format!("/v1/client/sign_ins/{id}"))
}

/// The same request eight times at once, each in a tab of the same browser: how many got through, and
/// the codes of the others.
async fn in_eight_tabs(
    world: &World,
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
) -> (usize, Vec<String>) {
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let mut tab = world.stranger();
        tab.cookies = browser.cookies.clone();
        let path = path.to_owned();
        let fields: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        tabs.spawn(async move {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let answer = tab.post(&path, &fields).await;
            match answer.status.is_success() {
                true => None,
                false => Some(answer.error().1.to_owned()),
            }
        });
    }
    let outcomes = tabs.join_all().await;
    let through = outcomes.iter().filter(|refusal| refusal.is_none()).count();
    (through, outcomes.into_iter().flatten().collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_right_answers_one_wins() {
    let world = World::new().await;
    let ann = world.person(EMAIL).await;
    let (browser, path) = mailed(&world).await;
    let code = world.newest_code().await;
    let attempt = format!("{path}/attempt_first_factor");
    let fields = [("strategy", "email_code"), ("code", &*code)];
    let (through, others) = in_eight_tabs(&world, &browser, &attempt, &fields).await;
    assert_eq!(through, 1, "{others:?}");
    let late = |code: &String| code == "verification_already_verified";
    assert!(others.iter().all(late), "{others:?}");
    assert_eq!(world.events("session.created").await, 1);

    let (browser, path) = mailed(&world).await;
    let attempt = format!("{path}/attempt_first_factor");
    let fields = [("strategy", "password"), ("password", PASSWORD)];
    let (through, others) = in_eight_tabs(&world, &browser, &attempt, &fields).await;
    assert_eq!(through, 1, "{others:?}");
    assert!(others.iter().all(late), "{others:?}");
    let state = world.clerk.state();
    assert_eq!(state.sessions_of_user(&ann).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_the_app_counts_once_in_all_browsers() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let mut here = world.signed_in(EMAIL).await;
    let app = App::set_up(&world, &mut here).await;
    let code = app.code(&world);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (mut browser, path) = mailed(&world).await;
        let fields = [("strategy", "password"), ("password", PASSWORD)];
        let to = format!("{path}/attempt_first_factor");
        let first = browser.post(&to, &fields);
        first.await.response();
        let code = code.clone();
        tasks.spawn(async move {
            let fields = [("strategy", "totp"), ("code", &*code)];
            let to = format!("{path}/attempt_second_factor");
            let second = browser.post(&to, &fields);
            second.await.status.is_success()
        });
    }
    let outcomes = tasks.join_all().await;
    let through = outcomes.iter().filter(|through| **through).count();
    assert_eq!(through, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_wrong_passwords_no_more_count_than_an_attempt_has() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let (browser, path) = mailed(&world).await;
    let attempt = format!("{path}/attempt_first_factor");
    let fields = [("strategy", "password"), ("password", "not this one")];
    let (_, first) = in_eight_tabs(&world, &browser, &attempt, &fields).await;
    let (_, second) = in_eight_tabs(&world, &browser, &attempt, &fields).await;
    let all = [first, second].concat();
    let wrong = all.iter().filter(|code| *code == "form_password_incorrect");
    assert_eq!(wrong.count(), 10, "{all:?}");
    let over = all.iter().filter(|code| *code == "verification_failed");
    assert_eq!(over.count(), 6, "{all:?}");
}

/// A digest of no password, which takes a hundred times as long as others.
const SLOW: &str = "$argon2id$v=19$m=19456,t=200,p=1$c29tZXNhbHRzb21lc2FsdA$\
                    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Passwords wait for each other, nobody waits for them.
#[tokio::test]
async fn passwords_that_take_long_hold_up_no_code() {
    let world = World::new().await;
    world.person(EMAIL).await;
    let slow = NewUser {
        email: "slow@example.com".to_owned(),
        email_verified: true,
        password_digest: Some(SLOW.to_owned()),
        ..NewUser::default()
    };
    world.clerk.state().create_user(slow).await.unwrap();
    let (mut with_code, path) = mailed(&world).await;
    let code = world.newest_code().await;
    let mut passwords = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let mut browser = world.browser().await;
        passwords.spawn(async move {
            let fields = [("identifier", "slow@example.com"), ("password", PASSWORD)];
            let answer = browser.post("/v1/client/sign_ins", &fields).await;
            answer.status.as_u16()
        });
    }
    // This runtime has one thread: each gets as far as it can without its password.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let fields = [("strategy", "email_code"), ("code", &*code)];
    let to = format!("{path}/attempt_first_factor");
    let done = with_code.post(&to, &fields);
    assert_eq!(done.await.response()["status"], "complete");
    assert!(passwords.try_join_next().is_none());
}
