//! What an attempt has learnt.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::state::ExternalProfile;
use crate::state::PasskeyChallenge;

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
    /// The second factor being shown.
    pub second_factor: Option<Verification>,
    /// Who the person is at a provider, after they came back from there.
    pub external: Option<ExternalProfile>,
    /// The invitation that is accepted when the sign-in is complete.
    pub invitation_id: Option<String>,
    /// The organization that the session begins in, if the person is still in it.
    pub organization_id: Option<String>,
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
    /// Who the person is at a provider, after they came back from there.
    pub external: Option<ExternalProfile>,
    /// Where the way to the provider stands.
    pub external_verification: Option<Verification>,
    /// The invitation that is accepted when the sign-up is complete.
    pub invitation_id: Option<String>,
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

impl SignUpDetail {
    /// The account at a provider that the person has shown, which makes a password needless.
    pub fn external_account(&self) -> Option<&ExternalProfile> {
        let shown = self.external_verification.as_ref();
        self.external
            .as_ref()
            .filter(|_| shown.is_some_and(|shown| shown.status == VerificationStatus::Verified))
    }
}

/// Where a sign-in stands (Clerk: `SignIn.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInStatus {
    /// Nobody named yet.
    #[default]
    NeedsIdentifier,
    /// A person is named, nothing is shown.
    NeedsFirstFactor,
    /// The first factor is right, and the person has a second one.
    NeedsSecondFactor,
    /// The first factor is right, and the browser is one this person was not seen in before.
    NeedsClientTrust,
    /// The first factor is right, and the password has to be replaced.
    NeedsNewPassword,
    /// Clerk's protection against attackers wants a check.
    NeedsProtectCheck,
    /// A session was made.
    Complete,
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
    /// Done, but for somebody without an account (of a sign-in), or with one (of a sign-up): the other
    /// flow goes on with it.
    Transferable,
}

/// One factor being shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Verification {
    /// Where it stands.
    pub status: VerificationStatus,
    /// Clerk's name for the way it is shown: `password`, `email_code`, …
    pub strategy: String,
    /// Wrong answers so far.
    pub attempts: u32,
    /// When the code stops being accepted (unix milliseconds).
    pub expire_at: Option<i64>,
    /// The code that was sent.
    pub code: Option<String>,
    /// The address it was sent to.
    pub email_address_id: Option<String>,
    /// The link that was sent: an older one is worth nothing.
    pub link_id: Option<String>,
    /// The browser in which a link was opened.
    pub verified_at_client: Option<String>,
    /// Where the browser has to go for the proof.
    pub external_verification_redirect_url: Option<String>,
    /// What the browser's passkey has to sign (Clerk: `nonce`).
    pub passkey: Option<PasskeyChallenge>,
    /// Why it failed, as Clerk's error object.
    pub error: Option<Value>,
}
