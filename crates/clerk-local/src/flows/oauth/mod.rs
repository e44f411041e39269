//! Social sign-in: out to a provider with a secret, back with a code, and what the account found
//! there means for a sign-in ([`sign_in`]), a sign-up ([`sign_up`]) or somebody who is signed in
//! ([`connect`]).

mod begin;
mod callback;
pub mod connect;
mod found;
pub mod sign_in;
pub mod sign_up;

pub use begin::Journey;
pub use callback::{Arrival, Onward, arrive};

use crate::{
    error::LocalError,
    provider::Provider,
    state::{ExternalProfile, State, Verification, VerificationStatus},
};

/// How long what was found may be transferred to the other flow.
const TRANSFER_LIFE_MS: i64 = 10 * 60 * 1000;

/// The browser did not come back with an account.
fn failed(verification: &mut Verification, error: &LocalError) {
    verification.status = match error.code() {
        Some("verification_expired") => VerificationStatus::Expired,
        _ => VerificationStatus::Failed,
    };
    verification.error = error.object();
    verification.external_verification_redirect_url = None;
}

/// The account was shown.
fn verified(verification: &mut Verification) {
    verification.status = VerificationStatus::Verified;
    verification.error = None;
    verification.external_verification_redirect_url = None;
}

/// The account belongs to the other flow (Clerk's client transfers it there when it sees the code).
fn transferable(state: &State, verification: &mut Verification, error: &LocalError) {
    verification.status = VerificationStatus::Transferable;
    verification.error = error.object();
    verification.external_verification_redirect_url = None;
    verification.expire_at = Some(state.now_ms() + TRANSFER_LIFE_MS);
}

/// Whether a verification is on its way to a provider.
fn is_under_way(verification: Option<&Verification>, provider: Provider) -> bool {
    verification.is_some_and(|verification| {
        verification.strategy == provider.strategy()
            && verification.status == VerificationStatus::Unverified
    })
}

/// What the other flow has found, if it may be transferred.
///
/// # Errors
/// 400 `account_transfer_invalid`.
fn to_transfer(
    verification: Option<&Verification>,
    profile: Option<ExternalProfile>,
    now_ms: i64,
) -> Result<ExternalProfile, LocalError> {
    let open = verification.is_some_and(|verification| {
        verification.status == VerificationStatus::Transferable
            && verification.expire_at.is_some_and(|end| end > now_ms)
    });
    profile.filter(|_| open).ok_or_else(|| {
        LocalError::api(
            400,
            "account_transfer_invalid",
            "There is no account to transfer.",
        )
    })
}

/// A profile that needs no way to its provider any more.
fn in_hand(state: &State, profile: &ExternalProfile) -> Verification {
    Verification {
        strategy: profile.provider.strategy().to_owned(),
        expire_at: Some(state.now_ms() + TRANSFER_LIFE_MS),
        ..Verification::default()
    }
}
