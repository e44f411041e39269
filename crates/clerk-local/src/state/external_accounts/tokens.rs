//! Tokens for the providers' own APIs.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{ExternalAccount, change::load};
use crate::{
    error::Result,
    provider::Provider,
    state::{State, User, provider_accounts::access_token},
};

impl State {
    /// The person's accounts at a provider that hold a token, each with one that is good now: one
    /// that has expired is exchanged for a new one (Clerk refreshes it before it answers).
    pub async fn provider_tokens(
        &self,
        user: &User,
        provider: Provider,
    ) -> Result<Vec<ExternalAccount>> {
        let mut fresh = Vec::new();
        for account in &user.external_accounts {
            let Some(profile) = account.profile.as_ref() else {
                continue;
            };
            if account.provider != provider || profile.access_token.is_none() {
                continue;
            }
            let now = self.now_ms();
            fresh.push(match profile.token_expires_at {
                Some(end) if end <= now => self.refresh_token(&account.id).await?,
                _ => account.clone(),
            });
        }
        Ok(fresh)
    }

    /// Takes the tokens of an account away; it still signs the person in.
    pub async fn revoke_tokens(&self, account: &ExternalAccount) -> Result<ExternalAccount> {
        self.set_token(&account.id, None).await
    }

    async fn refresh_token(&self, id: &str) -> Result<ExternalAccount> {
        self.set_token(id, Some(access_token)).await
    }

    async fn set_token(
        &self,
        id: &str,
        make: Option<fn(Provider) -> String>,
    ) -> Result<ExternalAccount> {
        let write = self.write().await?;
        let account = load(&write, id).await?;
        let provider = account.provider;
        let mut profile = account.profile.clone();
        if let Some(profile) = &mut profile {
            profile.access_token = make.map(|make| make(provider));
            let life = provider.token_life_ms().filter(|_| make.is_some());
            profile.token_expires_at = life.map(|life| write.now + life);
        }
        let mut row = account.into_active_model();
        row.profile = Set(profile);
        let account = row.update(write.db()).await?;
        write.commit().await?;
        Ok(account)
    }
}
