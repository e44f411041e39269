//! Authenticator apps: time-based one-time passwords (RFC 6238; Clerk: six digits, 30 seconds, SHA-1).

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::Expr,
};
use totp_rs::{Algorithm, Builder, Secret, TotpError};

use super::{
    State, User, Write, backup_codes, entities::totp as entity, factors::note_multi_factor, ids,
    users,
};
use crate::error::{LocalError, Result};

/// One time step in seconds.
const STEP_S: u64 = 30;
/// Time steps before and after the present one whose codes are accepted, for clocks that differ.
const SKEW: u16 = 1;

/// One person's authenticator app.
pub type Totp = entity::Model;

impl Totp {
    /// The secret as people type it into an app: base32 without padding.
    pub fn secret_text(&self) -> String {
        Secret::from(self.secret.clone()).to_base32()
    }

    /// The address that the app's QR code stands for: `otpauth://totp/…`.
    ///
    /// # Errors
    /// [`LocalError::Invalid`] when the library refuses a name.
    pub fn uri(&self, application_name: &str, account: &str) -> Result<String> {
        // The colon parts the two names in the address.
        let name = |text: &str| text.replace(':', " ");
        self.builder()
            .with_account_name(name(account))
            .with_issuer(Some(name(application_name)))
            .build()
            .and_then(|totp| totp.to_url())
            .map_err(unusable)
    }

    /// The time step whose code this is, among those accepted at a time (unix milliseconds).
    fn step_of(&self, code: &str, now_ms: i64) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A secret that came from elsewhere may be shorter than the standard wants.
        let totp = self.builder().build_noncompliant();
        let now_s = u64::try_from(now_ms / 1000).unwrap_or_default();
        let step = totp.check(&code, now_s);
        step.and_then(|step| i64::try_from(step).ok())
    }

    fn builder(&self) -> Builder {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP_S)
            .with_skew(SKEW)
            .with_secret(self.secret.clone())
    }
}

impl State {
    /// A new secret for the person's app; one that was never confirmed is replaced. It counts from
    /// [`State::confirm_totp`] on.
    ///
    /// # Errors
    /// 400 `totp_already_enabled` for a person whose app is confirmed.
    pub async fn create_totp(&self, user: &User) -> Result<Totp> {
        let write = self.write().await?;
        let known = of_user(write.db(), &user.id).await?;
        if known.is_some_and(|known| known.verified) {
            return Err(already_enabled());
        }
        let totp = put(&write, &user.id, ids::bytes::<20>().to_vec(), false).await?;
        write.commit().await?;
        Ok(totp)
    }

    /// The person's new app, which waits for its first code.
    pub async fn new_totp(&self, user_id: &str) -> Result<Option<Totp>> {
        let totp = of_user(self.db(), user_id).await?;
        Ok(totp.filter(|totp| !totp.verified))
    }

    /// Takes the first code of the person's new app: from now on it is their second factor. People
    /// without backup codes get some, in clear this one time. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 without a new app; `totp_already_enabled`; 422 `form_code_incorrect`.
    pub async fn confirm_totp(&self, user_id: &str, code: &str) -> Result<(Totp, Vec<String>)> {
        let mut write = self.write().await?;
        let totp = of_user(write.db(), user_id).await?;
        let totp = totp.ok_or_else(LocalError::not_found)?;
        if totp.verified {
            return Err(already_enabled());
        }
        let Some(step) = totp.step_of(code, write.now) else {
            return Err(incorrect());
        };
        let mut row = totp.into_active_model();
        row.verified = Set(true);
        row.last_step = Set(step);
        row.updated_at = Set(write.now);
        let totp = row.update(write.db()).await?;
        let codes = match backup_codes::are_left(write.db(), user_id).await? {
            true => Vec::new(),
            false => backup_codes::replace(&write, user_id).await?,
        };
        note_multi_factor(&write, user_id, true).await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok((totp, codes))
    }

    /// Whether this is a code of the person's app now. Each code is accepted once (RFC 6238, 5.2).
    pub async fn use_totp(&self, user_id: &str, code: &str) -> Result<bool> {
        let write = self.write().await?;
        let totp = of_user(write.db(), user_id).await?;
        let Some(totp) = totp.filter(|totp| totp.verified) else {
            return Ok(false);
        };
        let Some(step) = totp.step_of(code, write.now) else {
            return Ok(false);
        };
        let used = entity::Entity::update_many()
            .col_expr(entity::Column::LastStep, Expr::value(step))
            .filter(entity::Column::Id.eq(totp.id))
            .filter(entity::Column::LastStep.lt(step))
            .exec(write.db())
            .await?;
        write.commit().await?;
        Ok(used.rows_affected == 1)
    }

    /// Removes the person's app, and the backup codes that stand in for it; answers the app's id.
    /// Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a person without a confirmed app.
    pub async fn delete_totp(&self, user_id: &str) -> Result<String> {
        let mut write = self.write().await?;
        let totp = of_user(write.db(), user_id).await?;
        let totp = totp
            .filter(|totp| totp.verified)
            .ok_or_else(LocalError::not_found)?;
        remove_all(&mut write, user_id).await?;
        write.commit().await?;
        Ok(totp.id)
    }

    /// Removes every second factor of a person, for the backend; a person without any stays as they
    /// are. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a person that does not exist.
    pub async fn disable_mfa(&self, user_id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        if user.factors.two_factor_enabled() {
            remove_all(&mut write, user_id).await?;
            write.commit().await?;
        }
        Ok(())
    }
}

/// Makes a secret from elsewhere the person's app, without asking for a code of it.
pub(super) async fn put_confirmed(write: &Write, user_id: &str, secret: Vec<u8>) -> Result<()> {
    let known = of_user(write.db(), user_id).await?;
    put(write, user_id, secret, true).await?;
    if !known.is_some_and(|known| known.verified) {
        note_multi_factor(write, user_id, true).await?;
    }
    Ok(())
}

/// Puts an app in the place of the one the person had.
async fn put(write: &Write, user_id: &str, secret: Vec<u8>, verified: bool) -> Result<Totp> {
    delete_all(write, user_id).await?;
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("totp")),
        user_id: Set(user_id.to_owned()),
        secret: Set(secret),
        verified: Set(verified),
        last_step: Set(0),
        created_at: Set(write.now),
        updated_at: Set(write.now),
    };
    Ok(row.insert(write.db()).await?)
}

async fn delete_all(write: &Write, user_id: &str) -> Result<()> {
    entity::Entity::delete_many()
        .filter(entity::Column::UserId.eq(user_id))
        .exec(write.db())
        .await?;
    Ok(())
}

async fn remove_all(write: &mut Write, user_id: &str) -> Result<()> {
    delete_all(write, user_id).await?;
    backup_codes::delete_all(write, user_id).await?;
    note_multi_factor(write, user_id, false).await?;
    users::finish(write, user_id).await?;
    Ok(())
}

async fn of_user(db: &impl ConnectionTrait, user_id: &str) -> Result<Option<Totp>> {
    Ok(entity::Entity::find()
        .filter(entity::Column::UserId.eq(user_id))
        .one(db)
        .await?)
}

fn already_enabled() -> LocalError {
    LocalError::api(
        400,
        "totp_already_enabled",
        "An authenticator app is already set up for this account.",
    )
}

fn incorrect() -> LocalError {
    LocalError::form(422, "form_code_incorrect", "Incorrect code", "code")
}

fn unusable(error: TotpError) -> LocalError {
    LocalError::Invalid(format!("an authenticator app's secret: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238's test vectors.
    fn of_the_rfc() -> Totp {
        Totp {
            id: "totp_1".to_owned(),
            user_id: "user_1".to_owned(),
            secret: b"12345678901234567890".to_vec(),
            verified: true,
            last_step: 0,
            created_at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn codes_of_the_rfc_are_known_for_three_steps() {
        // RFC 6238, appendix B: 94287082 at 59 s, which is step 1.
        let step_at = |seconds: i64| of_the_rfc().step_of("287 082", seconds * 1000);
        assert_eq!(step_at(59), Some(1));
        assert_eq!(step_at(0), Some(1));
        assert_eq!(step_at(89), Some(1));
        assert_eq!(step_at(90), None);
    }

    #[test]
    fn what_is_no_code_matches_nothing() {
        for code in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(of_the_rfc().step_of(code, 59_000), None);
        }
    }

    #[test]
    fn the_address_names_application_and_account() {
        let uri = of_the_rfc().uri("My App: dev", "ann@example.com").unwrap();
        assert!(uri.starts_with("otpauth://totp/My%20App%20%20dev:ann%40example.com?"));
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    }
}
