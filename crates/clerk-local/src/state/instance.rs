//! [`Instance`]: who this instance is.

use std::sync::Arc;

use clerk::{
    keys::{InstanceKind, PublishableKey, SecretKey},
    webhooks::WebhookSecret,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseConnection, EntityTrait, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::{
    entities::instance as entity,
    ids,
    signing::{Signing, SigningKey, not_made},
    webhooks::{keep_application_endpoint, new_secret},
};
use crate::{
    LocalOptions,
    error::{LocalError, Result},
};

/// Identity, key and secrets of the instance.
pub struct Instance {
    /// `ins_…`.
    pub id: String,
    /// `pk_test_…` for the configured host.
    pub publishable_key: PublishableKey,
    /// `sk_test_…`, what the backend API asks for.
    pub secret_key: SecretKey,
    /// `whsec_…`, what the application's deliveries are signed with.
    pub webhook_secret: WebhookSecret,
    /// When the instance was made (unix milliseconds).
    pub created_at: i64,
    pub(super) signing_key: SigningKey,
    /// Whether the signing key has still to be made.
    pub(super) is_new: bool,
}

/// Reads the instance's row, or makes it. Two processes may open a fresh file at once; the first
/// row stays.
pub(super) async fn load_or_create(
    db: &DatabaseConnection,
    options: &LocalOptions,
    now: i64,
) -> Result<Instance> {
    let tx = db
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await?;
    let row = match entity::Entity::find().one(&tx).await? {
        Some(row) => row,
        None => {
            let row = entity::ActiveModel {
                id: Set(ids::prefixed("ins")),
                // Made beside the first answers.
                private_key: Set(Vec::new()),
                key_id: Set(None),
                secret_key: Set(format!("sk_test_{}", ids::alphanumeric(42))),
                webhook_secret: Set(new_secret()),
                created_at: Set(now),
            };
            row.insert(&tx).await?
        }
    };
    keep_application_endpoint(&tx, &options.webhook_url, &row.webhook_secret, now).await?;
    tx.commit().await?;
    Instance::from_row(row, options)
}

impl Instance {
    /// The key that signs tokens.
    ///
    /// # Errors
    /// [`LocalError::Invalid`] in the first moment of a new instance, before anything was written to
    /// it: [`Instance::signing_made`] waits.
    pub fn signing(&self) -> Result<Arc<Signing>> {
        self.signing_key.get().ok_or_else(not_made)
    }

    /// The key that signs tokens, once it is made.
    ///
    /// # Errors
    /// Never while the instance lives.
    pub async fn signing_made(&self) -> Result<Arc<Signing>> {
        self.signing_key.made().await
    }

    fn from_row(row: entity::Model, options: &LocalOptions) -> Result<Self> {
        let invalid = |what: &str, error: String| {
            LocalError::Invalid(format!("{what} is not valid: {error}"))
        };
        let is_new = row.private_key.is_empty();
        Ok(Self {
            publishable_key: PublishableKey::for_host(
                InstanceKind::Development,
                &options.frontend_api,
            )
            .map_err(|error| invalid("the frontend API host", error.to_string()))?,
            secret_key: SecretKey::parse(&row.secret_key)
                .map_err(|error| invalid("the stored secret key", error.to_string()))?,
            webhook_secret: WebhookSecret::parse(&row.webhook_secret)
                .map_err(|error| invalid("the stored webhook secret", error.to_string()))?,
            created_at: row.created_at,
            signing_key: SigningKey::new(match is_new {
                true => None,
                false => {
                    let kid = row.key_id.unwrap_or_else(|| row.id.clone());
                    Some(Signing::read(kid, &row.private_key)?)
                }
            }),
            is_new,
            id: row.id,
        })
    }
}
