//! The backend API: second factors and passkeys of a person.

use crate::{
    browser::{World, app::App, authenticator::Authenticator},
    support::Local,
};
use serde_json::json;

#[tokio::test]
async fn second_factors_and_passkeys_of_a_person() {
    let world = World::new().await;
    let id = world.person("ann@example.com").await;
    let mut browser = world.signed_in("ann@example.com").await;
    let app = App::set_up(&world, &mut browser).await;
    let (_, passkey) = Authenticator::registered(&mut browser).await;
    let local = Local {
        clerk: world.clerk.clone(),
        clock: world.clock.clone(),
        folder: tempfile::tempdir().unwrap(),
    };
    let verify = format!("/v1/users/{id}/verify_totp");
    let code = json!({ "code": app.code(&world) });
    let verified = local.backend("POST", &verify, Some(code.clone())).await;
    assert_eq!(verified.ok()["code_type"], "totp");
    let replayed = local.backend("POST", &verify, Some(code)).await;
    assert_eq!(replayed.error(422), "form_code_incorrect");
    let code = json!({ "code": app.backup_codes[0] });
    let verified = local.backend("POST", &verify, Some(code.clone())).await;
    assert_eq!(verified.ok()["code_type"], "backup_code");
    let consumed = local.backend("POST", &verify, Some(code)).await;
    assert_eq!(consumed.error(422), "form_code_incorrect");

    let user = format!("/v1/users/{id}");
    for (what, flag) in [
        ("backup_code", "backup_code_enabled"),
        ("totp", "totp_enabled"),
    ] {
        let removed = local
            .backend("DELETE", &format!("{user}/{what}"), None)
            .await;
        assert_eq!(removed.ok(), json!({ "user_id": id }));
        let user = local.backend("GET", &user, None).await.ok();
        assert_eq!(user[flag], false);
    }
    let none = local.backend("DELETE", &format!("{user}/totp"), None).await;
    assert_eq!(none.error(404), "resource_not_found");
    App::set_up(&world, &mut browser).await;
    for _ in 0..2 {
        let removed = local.backend("DELETE", &format!("{user}/mfa"), None).await;
        assert_eq!(removed.ok(), json!({ "user_id": id }));
        let user = local.backend("GET", &user, None).await.ok();
        assert_eq!(user["two_factor_enabled"], false);
    }
    assert_eq!(
        local
            .backend("DELETE", "/v1/users/user_none/mfa", None)
            .await
            .error(404),
        "resource_not_found"
    );
    let passkey = format!("{user}/passkeys/{passkey}");
    assert_eq!(
        local.backend("DELETE", &passkey, None).await.ok()["deleted"],
        true
    );
    let again = local.backend("DELETE", &passkey, None).await;
    assert_eq!(again.error(404), "resource_not_found");
}
