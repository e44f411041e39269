//! Making people.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::{
    NewEmailAddress, SettingsChanges, User, check_email_form, clean, emails::insert_address,
    entity, external, load, refuse_taken_external_id, settings,
};
use crate::{
    error::Result,
    shapes,
    state::{
        GivenFactors, MetadataMode, State, check_password_form,
        external_accounts::{ExternalProfile, insert_linked},
        ids,
    },
};

/// What a person is made from.
#[derive(Debug, Clone, Default)]
pub struct NewUser {
    /// The first, primary address.
    pub email: String,
    /// More addresses.
    pub more_emails: Vec<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// A password in clear; its length is checked.
    pub password: Option<String>,
    /// Whether any password will do that is not empty.
    pub skip_password_checks: bool,
    /// A digest made earlier by [`State::hash_password`], used when `password` is none.
    pub password_digest: Option<String>,
    /// Whether the addresses are already shown to be the person's.
    pub email_verified: bool,
    /// How they were, `email_code` when none.
    pub email_strategy: Option<String>,
    /// The account at a provider with which they signed up.
    pub external_account: Option<ExternalProfile>,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// `{}` when none.
    pub public_metadata: Option<Value>,
    /// `{}` when none.
    pub private_metadata: Option<Value>,
    /// `{}` when none.
    pub unsafe_metadata: Option<Value>,
    /// Second factors from elsewhere.
    pub factors: GivenFactors,
    /// Exceptions from the instance's settings.
    pub settings: SettingsChanges,
    /// Whether the person may not sign in.
    pub banned: bool,
    /// When the person is said to have signed up (unix milliseconds); now when none.
    pub created_at: Option<i64>,
}

impl State {
    /// Makes a person; emits `user.created`.
    ///
    /// # Errors
    /// `form_param_format_invalid`, `form_password_length_too_short`/`_long`, and
    /// `form_identifier_exists` for an address or external id that is taken.
    pub async fn create_user(&self, new: NewUser) -> Result<User> {
        let mut emails = vec![new.email];
        emails.extend(new.more_emails);
        for email in &emails {
            check_email_form(email.trim(), "email_address")?;
        }
        let strategy = new.email_strategy.unwrap_or_else(|| {
            external::address_strategy(&emails[0], new.external_account.as_ref()).to_owned()
        });
        let digest = match &new.password {
            Some(password) => {
                if !new.skip_password_checks || password.is_empty() {
                    check_password_form(password)?;
                }
                Some(self.hash_password(password).await?)
            }
            None => new.password_digest,
        };
        let metadata = |value: Option<Value>, name: &str| match value {
            Some(value) => MetadataMode::Replace.apply(&Value::Null, value, name),
            None => Ok(json!({})),
        };
        let mut write = self.write().await?;
        let now = write.now;
        let created_at = new.created_at.unwrap_or(now);
        refuse_taken_external_id(write.db(), new.external_id.as_deref(), None).await?;
        let user_id = ids::prefixed("user");
        let row = entity::ActiveModel {
            id: Set(user_id.clone()),
            external_id: Set(new.external_id),
            first_name: Set(clean(new.first_name)),
            last_name: Set(clean(new.last_name)),
            primary_email_address_id: Set(None),
            password_last_updated_at: Set(digest.as_ref().map(|_| now)),
            password_digest: Set(digest),
            public_metadata: Set(metadata(new.public_metadata, "public_metadata")?),
            private_metadata: Set(metadata(new.private_metadata, "private_metadata")?),
            unsafe_metadata: Set(metadata(new.unsafe_metadata, "unsafe_metadata")?),
            last_sign_in_at: Set(None),
            last_active_at: Set(None),
            created_at: Set(created_at),
            updated_at: Set(now),
        };
        row.insert(write.db()).await?;
        let mut primary = None;
        for email in emails {
            let address = NewEmailAddress {
                email_address: email,
                verified_by: new.email_verified.then(|| strategy.clone()),
                primary: false,
            };
            let address = insert_address(&write, &user_id, &address).await?;
            primary.get_or_insert(address.id);
        }
        if let Some(profile) = &new.external_account {
            insert_linked(&write, &user_id, profile).await?;
        }
        let row = entity::ActiveModel {
            id: Set(user_id.clone()),
            primary_email_address_id: Set(primary),
            ..Default::default()
        };
        row.update(write.db()).await?;
        let user = load(&write, &user_id).await?;
        settings::store_changes(&write, &user, new.settings).await?;
        new.factors.store(&write, &user_id).await?;
        if new.banned {
            let user = load(&write, &user_id).await?;
            settings::store(&write, &user, |settings| settings.banned = true).await?;
        }
        let user = load(&write, &user_id).await?;
        let data = shapes::backend::user(&user, write.options());
        write.emit("user.created", data).await?;
        write.commit().await?;
        tracing::info!(user_id = %user.id, "user created");
        Ok(user)
    }
}
