//! Whoever is banned or locked out gets no session, whichever way they come.

use crate::{
    browser::{Answer, Browser, PASSWORD, World, app::App, authenticator},
    oauth,
};
use clerk_local::state::{NewInvitation, OrganizationTarget};

const EMAIL: &str = "ada@example.com";

/// One way to a session, ready for its last step.
struct Way {
    name: &'static str,
    browser: Browser,
    path: String,
    fields: Vec<(String, String)>,
}

/// Everything a way may need.
struct Ready {
    world: World,
    ada: String,
    app: App,
    authenticator: authenticator::Authenticator,
    ways: Vec<Way>,
}

impl Ready {
    /// Ada with every factor, and an attempt for each of them.
    async fn new() -> Self {
        let world = World::with(|options| options.email_links = true).await;
        let mut browser = world.browser().await;
        let ada = oauth::signed_up(&mut browser, "oauth_google", &oauth::ADA).await;
        let set = [("new_password", PASSWORD)];
        let changed = browser.post("/v1/me/change_password", &set).await;
        changed.response();
        let (authenticator, _) = authenticator::Authenticator::registered(&mut browser).await;
        let (mut ready, waiting) = {
            // Before there is a second factor, each first one leads to a session by itself.
            let app = App::begun(&mut browser).await;
            let ready = Self {
                world,
                ada,
                app,
                authenticator,
                ways: Vec::new(),
            };
            (ready, browser)
        };
        ready.first_factors().await;
        ready.tickets().await;
        ready.provider().await;
        ready.second_factor(waiting).await;
        ready
    }

    async fn first_factors(&mut self) {
        for strategy in ["email_code", "reset_password_email_code", "passkey"] {
            let (browser, path, shown) = self.prepared(strategy).await;
            let answer = match strategy {
                "passkey" => {
                    let signed = self.authenticator.get(&authenticator::options(&shown));
                    ("public_key_credential", signed)
                }
                _ => ("code", self.world.newest_code().await),
            };
            let fields = [("strategy", strategy), (answer.0, &answer.1)];
            let path = format!("{path}/attempt_first_factor");
            self.way(strategy, browser, &path, &fields);
        }
        let (browser, path) = self.begun().await;
        let fields = [("strategy", "password"), ("password", PASSWORD)];
        let path = format!("{path}/attempt_first_factor");
        self.way("password", browser, &path, &fields);
        let (mut browser, path, _) = self.prepared("reset_password_email_code").await;
        let code = self.world.newest_code().await;
        let fields = [("strategy", "reset_password_email_code"), ("code", &code)];
        let to = format!("{path}/attempt_first_factor");
        let shown = browser.post(&to, &fields);
        shown.await.response();
        let fields = [("password", "another good password")];
        let path = format!("{path}/reset_password");
        self.way("a new password", browser, &path, &fields);
    }

    async fn tickets(&mut self) {
        let state = self.world.clerk.state();
        let token = state.create_sign_in_token(&self.ada, 600).await.unwrap();
        let token = state.ticket_of(&token).unwrap();
        let boss = self.world.person("boss@example.com").await;
        let acme = state.create_organization("Acme", None, &boss).await;
        let new = NewInvitation {
            email_address: EMAIL.to_owned(),
            organization: Some(OrganizationTarget {
                organization_id: acme.unwrap().id.clone(),
                role: "org:member".to_owned(),
                inviter_id: None,
            }),
            ..NewInvitation::default()
        };
        let invitation = state.create_invitation(new).await.unwrap();
        let invitation = state.invitation_url(&invitation).unwrap();
        let invitation = oauth::parameter(&invitation, "ticket").unwrap();
        for (name, ticket) in [("a sign-in token", token), ("an invitation", invitation)] {
            let browser = self.world.browser().await;
            let fields = [("strategy", "ticket"), ("ticket", &*ticket)];
            self.way(name, browser, "/v1/client/sign_ins", &fields);
        }
    }

    /// A person whose account a sign-up has found: the sign-in goes on with it.
    async fn provider(&mut self) {
        let mut browser = self.world.browser().await;
        let begun = oauth::begin_sign_up(&mut browser, "oauth_google").await;
        let proof = &begun["verifications"]["external_account"];
        oauth::travel(&mut browser, proof, &oauth::ADA).await;
        let fields = [("transfer", "true")];
        self.way("a transfer", browser, "/v1/client/sign_ins", &fields);
    }

    /// Confirms the app in the browser where Ada is signed in, and stops before a sign-in's last step.
    async fn second_factor(&mut self, mut here: Browser) {
        let code = self.app.code(&self.world);
        let path = "/v1/me/totp/attempt_verification";
        let done = here.post(path, &[("code", &code)]).await;
        let backup_code = done.response()["backup_codes"][0].clone();
        self.world.clock.advance(30_000);
        let totp = self.app.code(&self.world);
        for (strategy, code) in [
            ("totp", totp.as_str()),
            ("backup_code", backup_code.as_str().unwrap()),
        ] {
            let (mut browser, path) = self.begun().await;
            let fields = [("strategy", "password"), ("password", PASSWORD)];
            let to = format!("{path}/attempt_first_factor");
            let first = browser.post(&to, &fields);
            first.await.response();
            let fields = [("strategy", strategy), ("code", code)];
            let path = format!("{path}/attempt_second_factor");
            self.way(strategy, browser, &path, &fields);
        }
        self.way("a live session", here, "/v1/me", &[]);
    }

    async fn begun(&self) -> (Browser, String) {
        let mut browser = self.world.browser().await;
        let made = browser.post("/v1/client/sign_ins", &[("identifier", EMAIL)]);
        let id = made.await.response()["id"].as_str().unwrap().to_owned();
        (browser, format!("/v1/client/sign_ins/{id}"))
    }

    async fn prepared(&self, strategy: &str) -> (Browser, String, serde_json::Value) {
        let (mut browser, path) = self.begun().await;
        let prepare = format!("{path}/prepare_first_factor");
        let sent = browser.post(&prepare, &[("strategy", strategy)]).await;
        let shown = sent.response()["first_factor_verification"].clone();
        (browser, path, shown)
    }

    fn way(&mut self, name: &'static str, browser: Browser, path: &str, fields: &[(&str, &str)]) {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.ways.push(Way {
            name,
            browser,
            path: path.to_owned(),
            fields: fields.iter().map(owned).collect(),
        });
    }

    /// Takes the last step of every way.
    async fn go(&mut self) -> Vec<(&'static str, Answer)> {
        let mut answers = Vec::new();
        for way in &mut self.ways {
            let fields: Vec<(&str, &str)> = way
                .fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let answer = match way.name {
                "a live session" => way.browser.get(&way.path).await,
                _ => way.browser.post(&way.path, &fields).await,
            };
            answers.push((way.name, answer));
        }
        answers
    }

    /// A sign-in by the provider's page, from its beginning to the end.
    async fn by_provider(&self) -> serde_json::Value {
        let mut browser = self.world.browser().await;
        let begun = oauth::begin_sign_in(&mut browser, "oauth_google").await;
        let proof = &begun["first_factor_verification"];
        oauth::travel(&mut browser, proof, &oauth::ADA).await;
        let client = browser.get("/v1/client").await;
        client.response()["sign_in"]["first_factor_verification"].clone()
    }

    async fn sessions(&self) -> usize {
        let state = self.world.clerk.state();
        state.sessions_of_user(&self.ada).await.unwrap().len()
    }
}

/// Refused on every way; nothing was used up, so that each leads on once the refusal is over.
async fn refused_and_then_admitted(mut ready: Ready, code: &str, live: Result<(), &str>) {
    for (name, answer) in ready.go().await {
        match (name, live) {
            ("a live session", Ok(())) => drop(answer.response()),
            ("a live session", Err(code)) => assert_eq!(answer.error().1, code),
            // The page learns it from the attempt.
            ("a transfer", _) => {
                let shown = &answer.response()["first_factor_verification"];
                assert_eq!(shown["error"]["code"], code, "{name}: {shown}");
            }
            _ => assert_eq!(answer.error(), (403, code, None), "{name}"),
        }
    }
    let shown = ready.by_provider().await;
    assert_eq!(shown["error"]["code"], code, "{shown}");
    let state = ready.world.clerk.state();
    let user = state.user(&ready.ada).await.unwrap().unwrap();
    let client = state.create_client().await.unwrap();
    let made = state.create_session(&client, &user).await;
    assert_eq!(made.unwrap_err().code(), Some(code));
    assert_eq!(ready.sessions().await, usize::from(live.is_ok()));

    state.unban_user(&ready.ada).await.unwrap();
    state.unlock_user(&ready.ada).await.unwrap();
    for (name, answer) in ready.go().await {
        match name {
            "a live session" | "a transfer" => {}
            // A passkey's challenge is good for one answer, a right one too.
            _ => drop(answer.response()),
        }
    }
}

#[tokio::test]
async fn who_is_banned() {
    let ready = Ready::new().await;
    let state = ready.world.clerk.state();
    state.ban_user(&ready.ada).await.unwrap();
    refused_and_then_admitted(ready, "user_banned", Err("signed_out")).await;
}

#[tokio::test]
async fn who_is_locked_out_stays_where_they_are() {
    let ready = Ready::new().await;
    let state = ready.world.clerk.state();
    state.lock_user(&ready.ada).await.unwrap();
    refused_and_then_admitted(ready, "user_locked", Ok(())).await;
}
