//! `SignIn` and `SignUp` objects.

use serde_json::{Value, json};

use crate::{
    LocalOptions, LocalState,
    error::Result,
    flows::{
        BACKUP_CODE, EMAIL_CODE, EMAIL_LINK, PASSKEY, PASSWORD, RESET_PASSWORD_EMAIL_CODE, TICKET,
        TOTP,
    },
    state::{SignIn, SignInStatus, SignUp, User, Verification, VerificationStatus},
};

/// Loads the person of a sign-in and builds the object.
///
/// # Errors
/// When the database fails.
pub async fn load_sign_in(state: &LocalState, attempt: &SignIn) -> Result<Value> {
    let user = state.user_of_sign_in(attempt).await?;
    Ok(sign_in(attempt, user.as_ref(), state.options()))
}

/// A sign-in; `user` is who was named.
pub fn sign_in(attempt: &SignIn, user: Option<&User>, options: &LocalOptions) -> Value {
    let detail = &attempt.detail;
    let user_data = user.map(|user| {
        json!({
            "first_name": user.first_name,
            "last_name": user.last_name,
            "image_url": super::images::of_user(user, options),
            "has_image": user.image_id.is_some(),
        })
    });
    // Nobody but the person may learn which second factors there are.
    let second_factors = user
        .filter(|_| detail.status == SignInStatus::NeedsSecondFactor)
        .map(super::factors::second_factors);
    json!({
        "object": "sign_in_attempt",
        "id": attempt.id,
        "status": detail.status,
        "supported_identifiers": ["email_address"],
        "supported_first_factors": user.map(|user| sign_in_factors(user, options)),
        "supported_second_factors": second_factors,
        "first_factor_verification": detail.first_factor.as_ref().map(verification),
        "second_factor_verification": detail.second_factor.as_ref().map(verification),
        "identifier": detail.identifier,
        "user_data": user_data,
        "created_session_id": detail.created_session_id,
        "abandon_at": attempt.abandon_at,
    })
}

/// How a person may sign in: beyond [`first_factors`], by links and with a forgotten password.
fn sign_in_factors(user: &User, options: &LocalOptions) -> Vec<Value> {
    let mut factors = first_factors(user);
    if options.email_links {
        factors.extend(by_mail(user, EMAIL_LINK));
    }
    if user.password_digest.is_some() {
        factors.extend(by_mail(user, RESET_PASSWORD_EMAIL_CODE));
    }
    factors
}

/// How a person may show who they are.
pub fn first_factors(user: &User) -> Vec<Value> {
    let mut factors = Vec::new();
    if user.password_digest.is_some() {
        factors.push(json!({ "strategy": "password" }));
    }
    if !user.factors.passkeys.is_empty() {
        factors.push(json!({ "strategy": PASSKEY }));
    }
    for account in user.external_accounts.iter().filter(|it| it.is_linked()) {
        factors.push(json!({ "strategy": account.provider.strategy() }));
    }
    factors.extend(by_mail(user, EMAIL_CODE));
    factors
}

/// A strategy that goes by mail, once for each address.
fn by_mail(user: &User, strategy: &str) -> Vec<Value> {
    let primary = user.primary_email_address_id.as_deref();
    user.own_addresses()
        .map(|email| {
            json!({
                "strategy": strategy,
                "email_address_id": email.id,
                "safe_identifier": email.email_address,
                "primary": Some(email.id.as_str()) == primary,
            })
        })
        .collect()
}

/// The fields a sign-up still lacks, and those it has but that are not verified.
pub fn open_fields(attempt: &SignUp) -> (Vec<&'static str>, Vec<&'static str>) {
    let detail = &attempt.detail;
    let mut missing = Vec::new();
    let mut unverified = Vec::new();
    match (&detail.email_address, &detail.email_verification) {
        (None, _) => missing.push("email_address"),
        (Some(_), Some(v)) if v.status == VerificationStatus::Verified => {}
        (Some(_), _) => unverified.push("email_address"),
    }
    if detail.password_digest.is_none() && detail.external_account().is_none() {
        missing.push("password");
    }
    (missing, unverified)
}

/// A sign-up.
pub fn sign_up(attempt: &SignUp, options: &LocalOptions) -> Value {
    let detail = &attempt.detail;
    let complete = detail.created_user_id.is_some();
    let (missing, unverified) = open_fields(attempt);
    let required: &[&str] = match detail.external_account() {
        Some(_) => &["email_address"],
        None => &["email_address", "password"],
    };
    let supported: &[&str] = match options.email_links {
        true => &[EMAIL_CODE, EMAIL_LINK],
        false => &[EMAIL_CODE],
    };
    let email = match (&detail.email_address, &detail.email_verification) {
        (None, _) => Value::Null,
        (Some(_), shown) => {
            let next_action = match shown.as_ref().map(|v| v.status) {
                Some(VerificationStatus::Verified) => "",
                Some(VerificationStatus::Unverified) => "needs_attempt",
                _ => "needs_prepare",
            };
            // Without a strategy: "unverified" by email_code would tell Clerk's sign-up card that a
            // code is under way, and it would not ask for one.
            let shown = match shown {
                Some(shown) => verification(shown),
                None => json!({
                    "object": "verification_otp",
                    "status": "unverified",
                    "strategy": null,
                    "attempts": null,
                    "expire_at": null,
                }),
            };
            super::extend(
                shown,
                json!({ "next_action": next_action, "supported_strategies": supported }),
            )
        }
    };
    json!({
        "object": "sign_up_attempt",
        "id": attempt.id,
        "status": if complete { "complete" } else { "missing_requirements" },
        "required_fields": required,
        "optional_fields": ["first_name", "last_name"],
        "missing_fields": if complete { Vec::new() } else { missing },
        "unverified_fields": if complete { Vec::new() } else { unverified },
        "verifications": {
            "email_address": email,
            "phone_number": null,
            "web3_wallet": null,
            "external_account": detail.external_verification.as_ref().map(verification),
        },
        "username": null,
        "email_address": detail.email_address,
        "phone_number": null,
        "web3_wallet": null,
        "first_name": detail.first_name,
        "last_name": detail.last_name,
        "password_enabled": detail.password_digest.is_some(),
        "has_password": detail.password_digest.is_some(),
        "unsafe_metadata": detail.unsafe_metadata.clone().unwrap_or_else(|| json!({})),
        "public_metadata": {},
        "custom_action": false,
        "external_id": null,
        "legal_accepted_at": null,
        "locale": null,
        "created_session_id": detail.created_session_id,
        "created_user_id": detail.created_user_id,
        "abandon_at": attempt.abandon_at,
    })
}

/// One factor being shown, without its code.
pub fn verification(verification: &Verification) -> Value {
    let strategy = verification.strategy.as_str();
    if strategy.starts_with("oauth_") {
        return json!({
            "object": "verification_oauth",
            "status": verification.status,
            "strategy": strategy,
            "external_verification_redirect_url": verification.external_verification_redirect_url,
            "error": verification.error,
            "attempts": null,
            "expire_at": verification.expire_at,
        });
    }
    let object = match strategy {
        PASSWORD => "verification_password",
        PASSKEY => "verification_passkey",
        TOTP => "verification_totp",
        BACKUP_CODE => "verification_backup_code",
        EMAIL_LINK => "verification_email_link",
        TICKET => "verification_ticket",
        strategy if strategy.starts_with("from_oauth_") => "verification_from_oauth",
        _ => "verification_otp",
    };
    let shown = json!({
        "object": object,
        "status": verification.status,
        "strategy": strategy,
        "attempts": verification.attempts,
        "expire_at": verification.expire_at,
    });
    if let Some(asked) = &verification.passkey {
        return super::extend(shown, json!({ "nonce": asked.options }));
    }
    match &verification.verified_at_client {
        // Clerk's client compares it with its own browser, to tell where the link was opened.
        Some(id) => super::extend(shown, json!({ "verified_at_client": id })),
        None => shown,
    }
}
