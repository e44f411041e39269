//! Passkeys: registering, naming, removing, and signing in with them.

mod ceremony;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter,
};

use super::{State, Write, entities::passkey as entity, ids, users};
use crate::error::{LocalError, Result};

pub use ceremony::{PasskeyChallenge, PasskeyCredential};

/// How many passkeys a person may have (Clerk docs: passkeys, limitations).
const MAX_PASSKEYS: usize = 10;
/// How long a challenge can be answered; the browser is told the same.
pub(crate) const CHALLENGE_LIFE_MS: i64 = 5 * 60 * 1000;
/// Longest name, in characters.
const MAX_NAME_LENGTH: usize = 256;

/// One passkey, or one that is being registered.
pub type Passkey = entity::Model;

impl Passkey {
    /// Whether somebody can sign in with it.
    pub fn is_registered(&self) -> bool {
        self.credential.is_some()
    }
}

impl State {
    /// Begins to register a passkey for the person, on pages of `origin`; one that was begun before
    /// is forgotten.
    ///
    /// # Errors
    /// 403 `passkey_quota_exceeded` for the eleventh; 400 `origin_invalid` on a page whose address
    /// has no host name.
    pub async fn create_passkey(&self, user_id: &str, origin: &str) -> Result<Passkey> {
        let write = self.write().await?;
        let user = users::load(&write, user_id).await?;
        let known = &user.factors.passkeys;
        if known.len() >= MAX_PASSKEYS {
            return Err(LocalError::api(
                403,
                "passkey_quota_exceeded",
                &format!("An account can have {MAX_PASSKEYS} passkeys at most."),
            ));
        }
        entity::Entity::delete_many()
            .filter(entity::Column::UserId.eq(user_id))
            .filter(entity::Column::CredentialId.is_null())
            .exec(write.db())
            .await?;
        let name = &self.options().application_name;
        let challenge = PasskeyChallenge::registration(origin, name, &user)?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("idn")),
            user_id: Set(user_id.to_owned()),
            name: Set(unused_name(known)),
            challenge: Set(Some(challenge)),
            expire_at: Set(write.now + CHALLENGE_LIFE_MS),
            credential_id: Set(None),
            credential: Set(None),
            last_used_at: Set(None),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let passkey = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(passkey)
    }

    /// Takes what the browser answered to the challenge, a JSON text: from now on the person can sign
    /// in with the passkey. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a passkey of somebody else; `verification_already_verified`, `verification_expired`;
    /// 422 `passkey_invalid_public_key_credential` for what can't be read, 400
    /// `passkey_invalid_verification` for what does not answer the challenge.
    pub async fn register_passkey(&self, user_id: &str, id: &str, answer: &str) -> Result<Passkey> {
        let mut write = self.write().await?;
        let passkey = of_user(&write, user_id, id).await?;
        let Some(challenge) = &passkey.challenge else {
            return Err(LocalError::api(
                400,
                "verification_already_verified",
                "This verification has already been verified.",
            ));
        };
        if passkey.expire_at <= write.now {
            return Err(crate::flows::code::expired());
        }
        let credential = challenge.registered(answer)?;
        let credential_id = credential.id();
        let taken = entity::Entity::find()
            .filter(entity::Column::CredentialId.eq(credential_id.as_str()))
            .one(write.db())
            .await?;
        if taken.is_some() {
            return Err(ceremony::wrong_registration());
        }
        let mut row = passkey.into_active_model();
        row.challenge = Set(None);
        row.credential_id = Set(Some(credential_id));
        row.credential = Set(Some(credential));
        row.updated_at = Set(write.now);
        let passkey = row.update(write.db()).await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(passkey)
    }

    /// A passkey of this person, registered or not.
    pub async fn passkey(&self, user_id: &str, id: &str) -> Result<Option<Passkey>> {
        let found = entity::Entity::find_by_id(id).one(self.db()).await?;
        Ok(found.filter(|passkey| passkey.user_id == user_id))
    }

    /// Gives a passkey another name. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a passkey of somebody else; 422 `form_param_max_length_exceeded`.
    pub async fn rename_passkey(&self, user_id: &str, id: &str, name: &str) -> Result<Passkey> {
        if name.chars().count() > MAX_NAME_LENGTH {
            return Err(LocalError::form(
                422,
                "form_param_max_length_exceeded",
                &format!("name must not exceed {MAX_NAME_LENGTH} characters."),
                "name",
            ));
        }
        let mut write = self.write().await?;
        let passkey = of_user(&write, user_id, id).await?;
        let mut row = passkey.into_active_model();
        row.name = Set(name.to_owned());
        row.updated_at = Set(write.now);
        let passkey = row.update(write.db()).await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await?;
        Ok(passkey)
    }

    /// Removes a passkey. Emits `user.updated`.
    ///
    /// # Errors
    /// 404 for a passkey of somebody else.
    pub async fn delete_passkey(&self, user_id: &str, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let passkey = of_user(&write, user_id, id).await?;
        passkey.delete(write.db()).await?;
        users::finish(&mut write, user_id).await?;
        write.commit().await
    }

    /// Takes what the browser answered to a challenge for signing in, a JSON text: the passkey, and
    /// so the person, it was made with. Its counter is written on, so that a copied passkey shows.
    ///
    /// # Errors
    /// 422 `passkey_invalid_public_key_credential` for what can't be read; 404
    /// `passkey_not_registered` for a passkey not known here; 400 `passkey_authentication_failure`
    /// for an answer that is wrong.
    pub async fn use_passkey(&self, challenge: &PasskeyChallenge, answer: &str) -> Result<Passkey> {
        let answer = ceremony::Assertion::read(answer)?;
        let write = self.write().await?;
        let found = entity::Entity::find()
            .filter(entity::Column::CredentialId.eq(answer.credential_id()))
            .one(write.db())
            .await?;
        let Some(passkey) = found else {
            return Err(not_registered());
        };
        let Some(credential) = &passkey.credential else {
            return Err(not_registered());
        };
        let credential = challenge.checked(&answer, credential, &passkey.user_id)?;
        let mut row = passkey.into_active_model();
        row.credential = Set(Some(credential));
        row.last_used_at = Set(Some(write.now));
        let passkey = row.update(write.db()).await?;
        write.commit().await?;
        Ok(passkey)
    }
}

/// 404 for a passkey that this instance does not know.
pub(crate) fn not_registered() -> LocalError {
    LocalError::api(
        404,
        "passkey_not_registered",
        "This passkey is not registered here.",
    )
}

async fn of_user(write: &Write, user_id: &str, id: &str) -> Result<Passkey> {
    let found = entity::Entity::find_by_id(id).one(write.db()).await?;
    found
        .filter(|passkey| passkey.user_id == user_id)
        .ok_or_else(LocalError::not_found)
}

/// `Passkey`, `Passkey 2` and so on: the first that the person does not have.
fn unused_name(known: &[Passkey]) -> String {
    let name = |number: usize| match number {
        1 => "Passkey".to_owned(),
        number => format!("Passkey {number}"),
    };
    let mut number = 1;
    while known.iter().any(|passkey| passkey.name == name(number)) {
        number += 1;
    }
    name(number)
}
