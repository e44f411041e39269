//! `TOTP`, `BackupCodes`, `Passkey` and `SessionReverification` objects, and the factors a person has.

use serde_json::{Value, json};

use super::attempts::{first_factors, verification};
use crate::{
    LocalOptions,
    error::Result,
    flows::reverification::FIRST_FACTORS,
    state::{Passkey, Reverification, ReverificationStatus, Totp, User},
};

/// An authenticator app that waits for its first code: with the secret, in two forms.
///
/// # Errors
/// When the address for the QR code can't be made.
pub fn new_totp(totp: &Totp, user: &User, options: &LocalOptions) -> Result<Value> {
    Ok(super::extend(
        confirmed_totp(totp, &[]),
        json!({
            "secret": totp.secret_text(),
            "uri": totp.uri(&options.application_name, user.identifier())?,
        }),
    ))
}

/// An authenticator app without its secret, with the backup codes made along with it.
pub fn confirmed_totp(totp: &Totp, backup_codes: &[String]) -> Value {
    json!({
        "object": "totp",
        "id": totp.id,
        "secret": null,
        "uri": null,
        "verified": totp.verified,
        "backup_codes": (!backup_codes.is_empty()).then_some(backup_codes),
        "created_at": totp.created_at,
        "updated_at": totp.updated_at,
    })
}

/// New backup codes, made at a time (unix milliseconds).
pub fn backup_codes(user: &User, codes: &[String], now_ms: i64) -> Value {
    json!({
        "object": "backup_code",
        "id": user.id.replacen("user_", "backup_code_", 1),
        "codes": codes,
        "created_at": now_ms,
        "updated_at": now_ms,
    })
}

/// One passkey; one that is being registered carries the options for the browser.
pub fn passkey(passkey: &Passkey) -> Value {
    let status = match passkey.is_registered() {
        true => "verified",
        false => "unverified",
    };
    let mut verification = json!({
        "object": "verification_passkey",
        "status": status,
        "strategy": "passkey",
        "attempts": i32::from(passkey.is_registered()),
        "expire_at": passkey.expire_at,
    });
    if let Some(asked) = &passkey.challenge {
        verification = super::extend(verification, json!({ "nonce": asked.options }));
    }
    json!({
        "object": "passkey",
        "id": passkey.id,
        "name": passkey.name,
        "last_used_at": passkey.last_used_at,
        "verification": verification,
        "created_at": passkey.created_at,
        "updated_at": passkey.updated_at,
    })
}

/// How a person may show the second factor.
pub fn second_factors(user: &User) -> Vec<Value> {
    let mut factors = Vec::new();
    if user.factors.two_factor_enabled() {
        factors.push(json!({ "strategy": "totp" }));
        if user.factors.backup_code_enabled {
            factors.push(json!({ "strategy": "backup_code" }));
        }
    }
    factors
}

/// An attempt to show again who one is, in a session as the browser sees it.
pub fn reverification(attempt: &Reverification, user: &User, session: Value) -> Value {
    let detail = &attempt.detail;
    let first = first_factors(user).into_iter().filter(|factor| {
        let strategy = factor["strategy"].as_str();
        strategy.is_some_and(|strategy| FIRST_FACTORS.contains(&strategy))
    });
    let (first, second) = match detail.status {
        ReverificationStatus::NeedsFirstFactor => (Some(first.collect::<Vec<_>>()), None),
        ReverificationStatus::NeedsSecondFactor => (None, Some(second_factors(user))),
        ReverificationStatus::Complete => (None, None),
    };
    json!({
        "object": "session_reverification",
        "level": detail.level,
        "status": detail.status,
        "supported_first_factors": first,
        "supported_second_factors": second,
        "first_factor_verification": detail.first_factor.as_ref().map(verification),
        "second_factor_verification": detail.second_factor.as_ref().map(verification),
        "session": session,
    })
}
