//! What a template may hold.

use sea_orm::ActiveValue::{NotSet, Set};
use serde::Deserialize;
use serde_json::Value;

use super::{JwtTemplate, SigningAlgorithm, entity};
use crate::error::{LocalError, Result};

/// Claims that every token has of itself (Clerk docs: default claims), and those that belong to
/// sessions.
const RESERVED: [&str; 12] = [
    "azp", "exp", "iat", "iss", "jti", "nbf", "sub", "sid", "v", "pla", "fea", "fva",
];

/// Seconds, for a template that does not say.
const LIFETIME: i64 = 60;
/// Seconds, for a template that does not say.
const CLOCK_SKEW: i64 = 5;

/// What a backend says about a template; absent parts stay, or get their usual values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct JwtTemplateForm {
    /// Letters, digits, `-`, `_` and `.`.
    pub name: Option<String>,
    /// A JSON object.
    pub claims: Option<Value>,
    /// Seconds, 30 to 315,360,000 (ten years).
    pub lifetime: Option<i64>,
    /// Seconds, 0 to 300.
    pub allowed_clock_skew: Option<i64>,
    /// Whether algorithm and key follow.
    pub custom_signing_key: Option<bool>,
    /// Needed with a key of its own.
    pub signing_algorithm: Option<String>,
    /// Needed with a key of its own.
    pub signing_key: Option<String>,
}

/// A form that was found to be right.
pub(super) struct Checked {
    pub(super) name: String,
    claims: Value,
    lifetime: i64,
    allowed_clock_skew: i64,
    signing: (SigningAlgorithm, Option<String>),
}

impl JwtTemplateForm {
    /// The form with what a template already says.
    ///
    /// # Errors
    /// `form_param_missing` without name or claims; `form_param_value_invalid` for bad names,
    /// claims, times and keys; 400 `jwt_template_reserved_claim`.
    pub(super) fn checked(self, known: Option<&JwtTemplate>) -> Result<Checked> {
        let name = self.name.or_else(|| known.map(|it| it.name.clone()));
        let claims = self.claims.or_else(|| known.map(|it| it.claims.clone()));
        let lifetime = self.lifetime.or_else(|| known.map(|it| it.lifetime));
        let skew = self
            .allowed_clock_skew
            .or_else(|| known.map(|it| it.allowed_clock_skew));
        let signing = match (self.custom_signing_key, known) {
            (None, Some(known)) if self.signing_key.is_none() => {
                (known.signing_algorithm, known.signing_key.clone())
            }
            (Some(true), _) => custom(self.signing_algorithm.as_deref(), self.signing_key)?,
            _ => (SigningAlgorithm::Rs256, None),
        };
        Ok(Checked {
            name: checked_name(name)?,
            claims: checked_claims(claims)?,
            lifetime: within("lifetime", lifetime.unwrap_or(LIFETIME), 30, 315_360_000)?,
            allowed_clock_skew: within("allowed_clock_skew", skew.unwrap_or(CLOCK_SKEW), 0, 300)?,
            signing,
        })
    }
}

impl Checked {
    /// The row, but for its id and its age.
    pub(super) fn into_row(self, now: i64) -> entity::ActiveModel {
        entity::ActiveModel {
            id: NotSet,
            name: Set(self.name),
            claims: Set(self.claims),
            lifetime: Set(self.lifetime),
            allowed_clock_skew: Set(self.allowed_clock_skew),
            signing_algorithm: Set(self.signing.0),
            signing_key: Set(self.signing.1),
            created_at: NotSet,
            updated_at: Set(now),
        }
    }
}

fn checked_name(name: Option<String>) -> Result<String> {
    let name = name.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| LocalError::missing("name"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    match name.len() <= 255 && name.chars().all(plain) {
        true => Ok(name),
        false => Err(invalid("name is invalid", "name")),
    }
}

fn checked_claims(claims: Option<Value>) -> Result<Value> {
    let claims = claims.ok_or_else(|| LocalError::missing("claims"))?;
    let Some(members) = claims.as_object() else {
        return Err(invalid("claims must be a JSON object.", "claims"));
    };
    if let Some(claim) = RESERVED.iter().find(|claim| members.contains_key(**claim)) {
        let text = format!("You can't use the reserved claim: '{claim}'");
        let code = "jwt_template_reserved_claim";
        return Err(LocalError::form(400, code, &text, "claims"));
    }
    Ok(claims)
}

fn custom(name: Option<&str>, key: Option<String>) -> Result<(SigningAlgorithm, Option<String>)> {
    let name = name.ok_or_else(|| LocalError::missing("signing_algorithm"))?;
    let key = key.filter(|key| !key.is_empty());
    let key = key.ok_or_else(|| LocalError::missing("signing_key"))?;
    let algorithm: SigningAlgorithm = serde_json::from_value(Value::from(name))
        .map_err(|_| invalid("signing_algorithm is not supported.", "signing_algorithm"))?;
    algorithm.read_key(&key)?;
    Ok((algorithm, Some(key)))
}

fn within(param_name: &str, value: i64, least: i64, most: i64) -> Result<i64> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let text = format!("{param_name} must be between {least} and {most}.");
    Err(invalid(&text, param_name))
}

fn invalid(text: &str, param_name: &str) -> LocalError {
    LocalError::form(422, "form_param_value_invalid", text, param_name)
}
