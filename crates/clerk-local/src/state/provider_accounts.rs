//! What the built-in providers know: accounts, and the codes they have given out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use super::{
    ExternalProfile, State, check_email_form,
    entities::{provider_account as entity, provider_code},
    ids,
};
use crate::{error::Result, flows::sign_up::name_or_none, provider::Provider};

/// How long a code may be exchanged (RFC 6749 4.1.2 wants it short).
const CODE_LIFE_MS: i64 = 60_000;

/// One account at a provider.
pub type ProviderAccount = entity::Model;

/// What an account is made from.
#[derive(Debug, Clone)]
pub struct NewProviderAccount {
    /// Where.
    pub provider: Provider,
    /// Its address.
    pub email_address: String,
    /// Whether the provider vouches for the address.
    pub email_verified: bool,
    /// Given name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
}

impl State {
    /// The accounts of a provider, by address.
    pub async fn provider_accounts(&self, provider: Provider) -> Result<Vec<ProviderAccount>> {
        Ok(entity::Entity::find()
            .filter(entity::Column::Provider.eq(provider))
            .order_by_asc(entity::Column::LookupKey)
            .all(self.db())
            .await?)
    }

    /// One account.
    pub async fn provider_account(&self, id: &str) -> Result<Option<ProviderAccount>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Makes an account, or gives the one with this address what is said now.
    ///
    /// # Errors
    /// `form_param_format_invalid` and `form_param_max_length_exceeded`, with the parameter's name.
    pub async fn put_provider_account(&self, new: NewProviderAccount) -> Result<ProviderAccount> {
        check_email_form(&new.email_address, "email_address")?;
        let first_name = name_or_none(&new.first_name, "first_name")?.unwrap_or_default();
        let last_name = name_or_none(&new.last_name, "last_name")?.unwrap_or_default();
        let lookup_key = new.email_address.to_lowercase();
        let write = self.write().await?;
        let known = entity::Entity::find()
            .filter(entity::Column::Provider.eq(new.provider))
            .filter(entity::Column::LookupKey.eq(lookup_key.as_str()))
            .one(write.db())
            .await?;
        let account = match known {
            Some(account) => {
                let mut row = account.into_active_model();
                row.email_verified = Set(new.email_verified);
                if !first_name.is_empty() || !last_name.is_empty() {
                    row.first_name = Set(first_name);
                    row.last_name = Set(last_name);
                }
                row.update(write.db()).await?
            }
            None => {
                let local = new.email_address.split('@').next().unwrap_or_default();
                let row = entity::ActiveModel {
                    id: Set(number(new.provider)),
                    provider: Set(new.provider),
                    lookup_key: Set(lookup_key),
                    username: Set(new.provider.has_usernames().then(|| local.to_owned())),
                    email_address: Set(new.email_address),
                    email_verified: Set(new.email_verified),
                    first_name: Set(first_name),
                    last_name: Set(last_name),
                    created_at: Set(write.now),
                };
                row.insert(write.db()).await?
            }
        };
        write.commit().await?;
        Ok(account)
    }

    /// Gives out a code with which the account's profile and a token can be fetched, once, within a
    /// minute, by whoever knows the verifier of the challenge.
    pub async fn give_provider_code(
        &self,
        account: &ProviderAccount,
        redirect_uri: &str,
        code_challenge: &str,
        scopes: &str,
    ) -> Result<String> {
        let code = ids::alphanumeric(43);
        let write = self.write().await?;
        provider_code::Entity::delete_many()
            .filter(provider_code::Column::ExpiresAt.lte(write.now))
            .exec(write.db())
            .await?;
        let row = provider_code::ActiveModel {
            code_hash: Set(ids::secret_hash(&code)),
            account_id: Set(account.id.clone()),
            provider: Set(account.provider),
            redirect_uri: Set(redirect_uri.to_owned()),
            code_challenge: Set(code_challenge.to_owned()),
            scopes: Set(scopes.to_owned()),
            expires_at: Set(write.now + CODE_LIFE_MS),
        };
        row.insert(write.db()).await?;
        write.commit().await?;
        Ok(code)
    }

    /// Exchanges a code for a profile with a token. None for a code that is unknown, used, too old,
    /// another provider's, or shown with the wrong verifier or callback; it is worth nothing
    /// afterwards, whatever the outcome.
    pub async fn exchange_provider_code(
        &self,
        provider: Provider,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
    ) -> Result<Option<ExternalProfile>> {
        let write = self.write().await?;
        let key = ids::secret_hash(code);
        let Some(row) = provider_code::Entity::find_by_id(key.as_str())
            .one(write.db())
            .await?
        else {
            return Ok(None);
        };
        provider_code::Entity::delete_by_id(key)
            .exec(write.db())
            .await?;
        let account = entity::Entity::find_by_id(row.account_id.as_str())
            .one(write.db())
            .await?;
        let now = write.now;
        write.commit().await?;
        let good = row.provider == provider
            && row.expires_at > now
            && row.redirect_uri == redirect_uri
            && row.code_challenge == challenge(verifier);
        Ok(account
            .filter(|_| good)
            .map(|account| profile(account, &row.scopes, now)))
    }
}

/// PKCE's public half of a verifier (RFC 7636, S256).
pub fn challenge(verifier: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    URL_SAFE_NO_PAD.encode(digest)
}

/// A new token in the look of the provider's own.
pub fn access_token(provider: Provider) -> String {
    let prefix = match provider {
        Provider::Google => "ya29.",
        Provider::Github => "gho_",
        Provider::Discord => "",
    };
    format!("{prefix}{}", ids::alphanumeric(43))
}

fn profile(account: ProviderAccount, scopes: &str, now: i64) -> ExternalProfile {
    ExternalProfile {
        provider: account.provider,
        access_token: Some(access_token(account.provider)),
        token_expires_at: account.provider.token_life_ms().map(|life| now + life),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        provider_user_id: account.id,
        email_address: account.email_address,
        email_verified: account.email_verified,
        first_name: account.first_name,
        last_name: account.last_name,
        username: account.username,
    }
}

/// A person's number, as long as the provider's own are.
fn number(provider: Provider) -> String {
    let random = u64::from_be_bytes(ids::bytes::<8>());
    match provider {
        Provider::Google => format!("1{random:020}"),
        Provider::Github => format!("2{:011}", random % 100_000_000_000),
        Provider::Discord => format!("3{:017}", random % 100_000_000_000_000_000),
    }
}
