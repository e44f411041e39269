//! Attempts to sign in and to sign up: what a browser has shown so far.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, EntityTrait, FromJsonQueryResult, IntoActiveModel,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    State, clients,
    entities::{sign_in, sign_up},
    ids,
};
use crate::error::Result;

/// How long an attempt may take.
const ATTEMPT_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// One attempt to sign in.
pub type SignIn = sign_in::Model;
/// One attempt to sign up.
pub type SignUp = sign_up::Model;

/// Where a sign-in stands (Clerk: `SignIn.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInStatus {
    /// Nobody named yet.
    #[default]
    NeedsIdentifier,
    /// A person is named, nothing is shown.
    NeedsFirstFactor,
    /// A session was made.
    Complete,
}

/// Everything a sign-in attempt has learnt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct SignInDetail {
    /// Where it stands.
    pub status: SignInStatus,
    /// As typed.
    pub identifier: Option<String>,
    /// Who is signing in.
    pub user_id: Option<String>,
    /// The first factor being shown.
    pub first_factor: Option<Verification>,
    /// How many codes were mailed.
    pub codes_sent: u32,
    /// The session it led to.
    pub created_session_id: Option<String>,
}

/// Everything a sign-up attempt has learnt. Its status follows from what is there; see
/// `shapes::attempts`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct SignUpDetail {
    /// The address to sign up with, as typed.
    pub email_address: Option<String>,
    /// Proof that mail reaches the person there.
    pub email_verification: Option<Verification>,
    /// How many codes were mailed.
    pub codes_sent: u32,
    /// argon2id digest of the chosen password.
    pub password_digest: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// What the page wants to keep with the person.
    pub unsafe_metadata: Option<Value>,
    /// The person it led to.
    pub created_user_id: Option<String>,
    /// The session it led to.
    pub created_session_id: Option<String>,
}

/// Where a verification stands (Clerk: `Verification.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationStatus {
    /// Waiting for the person.
    #[default]
    Unverified,
    /// Done.
    Verified,
    /// Too many wrong answers.
    Failed,
    /// Too late.
    Expired,
}

/// One factor being shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Verification {
    /// Where it stands.
    pub status: VerificationStatus,
    /// `password` or `email_code`.
    pub strategy: String,
    /// Wrong answers so far.
    pub attempts: u32,
    /// When the code stops being accepted (unix milliseconds).
    pub expire_at: Option<i64>,
    /// The code that was sent.
    pub code: Option<String>,
    /// The address it was sent to.
    pub email_address_id: Option<String>,
}

impl State {
    /// Begins a sign-in in this browser; a former one is forgotten.
    pub async fn create_sign_in(&self, client_id: &str, detail: SignInDetail) -> Result<SignIn> {
        let write = self.write().await?;
        let mut client = clients::load(&write, client_id).await?.into_active_model();
        let row = sign_in::ActiveModel {
            id: Set(ids::prefixed("sia")),
            client_id: Set(client_id.to_owned()),
            detail: Set(detail),
            abandon_at: Set(write.now + ATTEMPT_LIFE_MS),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let attempt = row.insert(write.db()).await?;
        client.sign_in_id = Set(Some(attempt.id.clone()));
        client.updated_at = Set(write.now);
        client.update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }

    /// A sign-in that is not abandoned.
    pub async fn sign_in(&self, id: &str) -> Result<Option<SignIn>> {
        let found = sign_in::Entity::find_by_id(id).one(self.db()).await?;
        Ok(found.filter(|attempt| attempt.abandon_at > self.now_ms()))
    }

    /// Writes what a sign-in has learnt.
    pub async fn save_sign_in(&self, attempt: &SignIn) -> Result<SignIn> {
        let write = self.write().await?;
        let mut row = attempt.clone().into_active_model();
        row.detail = Set(attempt.detail.clone());
        row.updated_at = Set(write.now);
        let attempt = row.update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }

    /// Begins a sign-up in this browser; a former one is forgotten.
    pub async fn create_sign_up(&self, client_id: &str, detail: SignUpDetail) -> Result<SignUp> {
        let write = self.write().await?;
        let mut client = clients::load(&write, client_id).await?.into_active_model();
        let row = sign_up::ActiveModel {
            id: Set(ids::prefixed("sua")),
            client_id: Set(client_id.to_owned()),
            detail: Set(detail),
            abandon_at: Set(write.now + ATTEMPT_LIFE_MS),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let attempt = row.insert(write.db()).await?;
        client.sign_up_id = Set(Some(attempt.id.clone()));
        client.updated_at = Set(write.now);
        client.update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }

    /// A sign-up that is not abandoned.
    pub async fn sign_up(&self, id: &str) -> Result<Option<SignUp>> {
        let found = sign_up::Entity::find_by_id(id).one(self.db()).await?;
        Ok(found.filter(|attempt| attempt.abandon_at > self.now_ms()))
    }

    /// Writes what a sign-up has learnt.
    pub async fn save_sign_up(&self, attempt: &SignUp) -> Result<SignUp> {
        let write = self.write().await?;
        let mut row = attempt.clone().into_active_model();
        row.detail = Set(attempt.detail.clone());
        row.updated_at = Set(write.now);
        let attempt = row.update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }
}
