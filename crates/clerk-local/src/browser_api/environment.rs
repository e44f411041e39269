//! `/v1/environment`: how the instance is set up, as Clerk's browser client wants to know it.

use std::sync::OnceLock;

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use crate::{
    BASE_PATH, LocalOptions, LocalState,
    error::Result,
    flows::{EMAIL_CODE, EMAIL_LINK},
    state::{ADMIN_DELETE_ENABLED, DELETE_SELF_ENABLED, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new().route("/v1/environment", get(environment).patch(environment))
}

/// The environment object; bare, without the usual envelope.
async fn environment(State(state): State<LocalState>) -> Result<Json<Value>> {
    Ok(Json(describe(state.options())?))
}

/// The committed settings with what depends on where the instance runs filled in.
///
/// # Errors
/// Never for the committed file; a test reads it.
fn describe(options: &LocalOptions) -> Result<Value> {
    static SETTINGS: OnceLock<Value> = OnceLock::new();
    let settings = match SETTINGS.get() {
        Some(settings) => settings,
        None => {
            let settings = serde_json::from_str(include_str!("environment.json"))?;
            SETTINGS.get_or_init(|| settings)
        }
    };
    let mut environment = settings.clone();
    let origin = options.public_origin();
    let display = &mut environment["display_config"];
    display["application_name"] = json!(options.application_name);
    display["home_url"] = json!(format!("{origin}/"));
    display["logo_link_url"] = json!(format!("{origin}/"));
    display["sign_in_url"] = json!(format!("{origin}/sign-in"));
    display["sign_up_url"] = json!(format!("{origin}/sign-up"));
    display["create_organization_url"] =
        json!(format!("{origin}{BASE_PATH}/portal/create-organization"));
    display["user_profile_url"] = json!(format!("{origin}{BASE_PATH}/portal/user"));
    display["organization_profile_url"] = json!(format!("{origin}{BASE_PATH}/portal/organization"));
    let lockout = &mut environment["user_settings"]["attack_protection"]["user_lockout"];
    *lockout = json!({
        "enabled": options.lockout.max_attempts.is_some(),
        "max_attempts": options.lockout.max_attempts.unwrap_or_default(),
        "duration_in_minutes": options.lockout.minutes,
    });
    let mut by_mail = vec![EMAIL_CODE];
    if options.email_links {
        by_mail.insert(0, EMAIL_LINK);
    }
    let email = &mut environment["user_settings"]["attributes"]["email_address"];
    email["first_factors"] = json!(by_mail);
    email["verifications"] = json!(by_mail);
    environment["auth_config"]["email_address_verification_strategies"] = json!(by_mail);
    let password = &mut environment["user_settings"]["password_settings"];
    password["min_length"] = json!(MIN_PASSWORD_LENGTH);
    password["max_length"] = json!(MAX_PASSWORD_LENGTH);
    environment["auth_config"]["single_session_mode"] = json!(options.sessions.single);
    environment["user_settings"]["actions"]["delete_self"] = json!(DELETE_SELF_ENABLED);
    environment["organization_settings"]["actions"]["admin_delete"] = json!(ADMIN_DELETE_ENABLED);
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn the_committed_settings_are_filled_in() {
        let public_url = Url::parse("http://localhost:3000").unwrap();
        let environment = describe(&LocalOptions::new("data", public_url)).unwrap();
        assert_eq!(
            environment["display_config"]["sign_in_url"],
            "http://localhost:3000/sign-in"
        );
        assert_eq!(
            environment["user_settings"]["password_settings"]["min_length"],
            8
        );
        assert_eq!(environment["user_settings"]["actions"]["delete_self"], true);
        assert_eq!(environment["auth_config"]["single_session_mode"], true);
        assert_eq!(
            environment["organization_settings"]["actions"]["admin_delete"],
            true
        );
    }
}
