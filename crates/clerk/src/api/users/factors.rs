//! By what a user signs in.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Users;
use crate::{
    api::{ApiError, Deleted, User, call::Call},
    ids::UserId,
};

#[derive(Deserialize)]
struct Verified {
    #[serde(default)]
    verified: bool,
}

impl Users<'_> {
    /// Whether this is the user's password. A wrong one counts as an attempt.
    ///
    /// # Errors
    /// Any [`ApiError`], such as for a user without a password.
    pub async fn verify_password(&self, id: &UserId, password: &str) -> Result<bool, ApiError> {
        let call = Call::post(&["users", id.as_str(), "verify_password"]);
        self.verified(
            call.body(&json!({ "password": password })),
            "incorrect_password",
        )
        .await
    }

    /// Whether this is the code that the user's authenticator shows, or one of the backup
    /// codes, which is then used up.
    ///
    /// # Errors
    /// Any [`ApiError`], such as for a user without an authenticator.
    pub async fn verify_totp(&self, id: &UserId, code: &str) -> Result<bool, ApiError> {
        let call = Call::post(&["users", id.as_str(), "verify_totp"]);
        self.verified(call.body(&json!({ "code": code })), "incorrect_code")
            .await
    }

    /// Clerk answers a wrong one with 422 and `code`.
    async fn verified(&self, call: Call, code: &str) -> Result<bool, ApiError> {
        match self.0.run::<Verified>(call).await {
            Ok(answer) => Ok(answer.verified),
            Err(error) if error.status() == Some(422) && error.code() == Some(code) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Takes away a user's password, and with `sign_out` ends all sessions.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn remove_password(&self, id: &UserId, sign_out: bool) -> Result<User, ApiError> {
        let mut call = Call::post(&["users", id.as_str(), "remove_password"]);
        if sign_out {
            call = call.body(&json!({ "sign_out_of_other_sessions": true }));
        }
        self.0.run(call).await
    }

    /// Demands a new password at the next sign-in, and with `sign_out` ends all sessions.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn set_password_compromised(
        &self,
        id: &UserId,
        sign_out: bool,
    ) -> Result<User, ApiError> {
        let call = Call::post(&["users", id.as_str(), "password", "set_compromised"]);
        let body = json!({ "revoke_all_sessions": sign_out });
        self.0.run(call.body(&body)).await
    }

    /// Demands a new password no longer.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn unset_password_compromised(&self, id: &UserId) -> Result<User, ApiError> {
        let path = ["users", id.as_str(), "password", "unset_compromised"];
        self.0.run(Call::post(&path)).await
    }

    /// Takes away every second factor: authenticator, telephone numbers and backup codes.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn disable_mfa(&self, id: &UserId) -> Result<(), ApiError> {
        self.take_away(id, "mfa").await
    }

    /// Takes away a user's authenticator.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_totp(&self, id: &UserId) -> Result<(), ApiError> {
        self.take_away(id, "totp").await
    }

    /// Takes away a user's backup codes.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_backup_codes(&self, id: &UserId) -> Result<(), ApiError> {
        self.take_away(id, "backup_code").await
    }

    async fn take_away(&self, id: &UserId, what: &str) -> Result<(), ApiError> {
        // The answer repeats the user's identifier.
        let _: Value = self
            .0
            .run(Call::delete(&["users", id.as_str(), what]))
            .await?;
        Ok(())
    }

    /// Takes away one of a user's passkeys.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_passkey(&self, id: &UserId, passkey: &str) -> Result<Deleted, ApiError> {
        let path = ["users", id.as_str(), "passkeys", passkey];
        self.0.run(Call::delete(&path)).await
    }

    /// Takes away one of a user's wallets.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_web3_wallet(&self, id: &UserId, wallet: &str) -> Result<Deleted, ApiError> {
        let path = ["users", id.as_str(), "web3_wallets", wallet];
        self.0.run(Call::delete(&path)).await
    }

    /// Takes away one of a user's accounts with providers such as Google.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_external_account(
        &self,
        id: &UserId,
        account: &str,
    ) -> Result<Deleted, ApiError> {
        let path = ["users", id.as_str(), "external_accounts", account];
        self.0.run(Call::delete(&path)).await
    }
}
