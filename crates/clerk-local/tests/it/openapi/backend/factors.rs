//! What people make in their browsers: second factors, passkeys, accounts at providers.

use serde_json::json;

use super::Caller;
use crate::{
    browser::{World, app::App, authenticator::Authenticator},
    oauth,
};

pub async fn factors(caller: &Caller) {
    let world: &World = &caller.world;
    let user = world.person("eve@example.com").await;
    let mut browser = world.signed_in("eve@example.com").await;
    let app = App::set_up(world, &mut browser).await;
    let (_, passkey) = Authenticator::registered(&mut browser).await;
    let verify = "/v1/users/{}/verify_totp";
    for code in [&app.code(world), &app.backup_codes[0]] {
        caller.post(verify, &[&user], json!({ "code": code })).await;
    }
    for what in ["backup_code", "totp", "mfa"] {
        let path = format!("/v1/users/{{}}/{what}");
        caller.delete(&path, &[&user]).await;
    }
    let path = "/v1/users/{}/passkeys/{}";
    caller.delete(path, &[&user, &passkey]).await;
    accounts(caller).await;
}

async fn accounts(caller: &Caller) {
    for (strategy, mail) in [
        ("oauth_google", "fay@example.com"),
        ("oauth_github", "gil@example.com"),
    ] {
        let mut browser = caller.world.browser().await;
        let account = [("email_address", mail), ("verified", "on")];
        // An account alone is no second factor, and asks for nothing more.
        let user = oauth::signed_up(&mut browser, strategy, &account).await;
        let tokens = "/v1/users/{}/oauth_access_tokens/{}";
        caller.get(tokens, &[&user, strategy]).await;
        let state = caller.world.clerk.state();
        let person = state.user(&user).await.unwrap().unwrap();
        caller.get("/v1/users/{}", &[&user]).await;
        let path = "/v1/users/{}/external_accounts/{}";
        let account = &person.external_accounts[0].id;
        caller.delete(path, &[&user, account]).await;
        caller.world.clock.advance(20_000);
    }
}
