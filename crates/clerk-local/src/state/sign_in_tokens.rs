//! Sign-in tokens: one sign-in as a person, given out by the backend (Clerk: sign-in tokens).

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DeriveActiveEnum, EntityTrait, EnumIter, IntoActiveModel,
};

use super::{State, Write, entities::sign_in_token as entity, ids, memberships, users};
use crate::error::{LocalError, Result};

/// One sign-in token.
pub type SignInToken = entity::Model;

/// Clerk's states of sign-in tokens. One that is too old stays pending; its ticket is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SignInTokenStatus {
    /// Can be used.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// Was used.
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// Was taken back.
    #[sea_orm(string_value = "revoked")]
    Revoked,
}

impl SignInTokenStatus {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }
}

impl State {
    /// Makes a token for a person that lives this many seconds.
    ///
    /// # Errors
    /// `resource_not_found` without such a person.
    pub async fn create_sign_in_token(&self, user_id: &str, life_s: i64) -> Result<SignInToken> {
        self.create_sign_in_token_into(user_id, life_s, None).await
    }

    /// As [`State::create_sign_in_token`]; the session that it leads to begins in an organization.
    ///
    /// # Errors
    /// As there; 404 for an organization that the person is not in.
    pub async fn create_sign_in_token_into(
        &self,
        user_id: &str,
        life_s: i64,
        organization_id: Option<&str>,
    ) -> Result<SignInToken> {
        let write = self.write().await?;
        users::load(&write, user_id).await?;
        if let Some(id) = organization_id {
            let membership = memberships::of_user_in(write.db(), write.now, user_id, id).await?;
            membership.ok_or_else(crate::mint::organization_not_found)?;
        }
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("sit")),
            user_id: Set(user_id.to_owned()),
            organization_id: Set(organization_id.map(str::to_owned)),
            status: Set(SignInTokenStatus::Pending),
            expires_at: Set(write.now + life_s * 1000),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let token = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(token)
    }

    /// One token, whatever its state.
    pub async fn sign_in_token(&self, id: &str) -> Result<Option<SignInToken>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Takes a token back. Doing so twice changes nothing.
    ///
    /// # Errors
    /// `resource_not_found`; 400 `sign_in_token_cannot_be_revoked_code` for one that was used.
    pub async fn revoke_sign_in_token(&self, id: &str) -> Result<SignInToken> {
        let write = self.write().await?;
        let token = load(&write, id).await?;
        match token.status {
            SignInTokenStatus::Revoked => return Ok(token),
            SignInTokenStatus::Accepted => {
                return Err(LocalError::api(
                    400,
                    "sign_in_token_cannot_be_revoked_code",
                    "Sign in token cannot be revoked because its status is accepted. Only pending \
                     tokens can be revoked.",
                ));
            }
            SignInTokenStatus::Pending => {}
        }
        let token = set_status(&write, token, SignInTokenStatus::Revoked).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Uses a token up. Of two who try at once, one is refused.
    ///
    /// # Errors
    /// 400 `sign_in_token_already_used_code`, `sign_in_token_revoked_code`, and
    /// `ticket_invalid_code` for one that does not exist.
    pub async fn use_sign_in_token(&self, id: &str) -> Result<SignInToken> {
        let write = self.write().await?;
        let row = entity::Entity::find_by_id(id).one(write.db()).await?;
        let token = row.ok_or_else(super::tickets::invalid)?;
        let refused = |code, text| Err(LocalError::api(400, code, text));
        match token.status {
            SignInTokenStatus::Pending => {}
            SignInTokenStatus::Accepted => {
                return refused(
                    "sign_in_token_already_used_code",
                    "This sign in token has already been used. Each token can only be used once.",
                );
            }
            SignInTokenStatus::Revoked => {
                return refused(
                    "sign_in_token_revoked_code",
                    "This sign in token has been revoked and cannot be used anymore.",
                );
            }
        }
        let token = set_status(&write, token, SignInTokenStatus::Accepted).await?;
        write.commit().await?;
        Ok(token)
    }
}

async fn set_status(
    write: &Write,
    token: SignInToken,
    status: SignInTokenStatus,
) -> Result<SignInToken> {
    let mut row = token.into_active_model();
    row.status = Set(status);
    row.updated_at = Set(write.now);
    Ok(row.update(write.db()).await?)
}

async fn load(write: &Write, id: &str) -> Result<SignInToken> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}
