//! Attempts to sign in and to sign up: what a browser has shown so far.

mod detail;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    EntityTrait, IntoActiveModel,
};

use super::{
    Client, State, User, clients,
    entities::{client, sign_in, sign_up},
    ids,
};
use crate::error::Result;

pub use detail::{SignInDetail, SignInStatus, SignUpDetail, Verification, VerificationStatus};

/// How long an attempt may take.
const ATTEMPT_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// One attempt to sign in.
pub type SignIn = sign_in::Model;
/// One attempt to sign up.
pub type SignUp = sign_up::Model;

impl State {
    /// Begins a sign-in in this browser; a former one is forgotten.
    pub async fn create_sign_in(&self, client_id: &str, detail: SignInDetail) -> Result<SignIn> {
        let row = |now| sign_in::ActiveModel {
            id: Set(ids::prefixed("sia")),
            client_id: Set(client_id.to_owned()),
            detail: Set(detail),
            abandon_at: Set(now + ATTEMPT_LIFE_MS),
            created_at: Set(now),
            updated_at: Set(now),
        };
        self.begin(client_id, row, |client, attempt| {
            client.sign_in_id = Set(Some(attempt.id.clone()));
        })
        .await
    }

    /// A sign-in that is not abandoned.
    pub async fn sign_in(&self, id: &str) -> Result<Option<SignIn>> {
        let found = sign_in::Entity::find_by_id(id).one(self.db()).await?;
        Ok(found.filter(|attempt| attempt.abandon_at > self.now_ms()))
    }

    /// The sign-in in progress in this browser.
    pub async fn sign_in_of_client(&self, client: &Client) -> Result<Option<SignIn>> {
        match &client.sign_in_id {
            Some(id) => self.sign_in(id).await,
            None => Ok(None),
        }
    }

    /// The person a sign-in names, if there is one still.
    pub async fn user_of_sign_in(&self, attempt: &SignIn) -> Result<Option<User>> {
        match &attempt.detail.user_id {
            Some(id) => self.user(id).await,
            None => Ok(None),
        }
    }

    /// Writes what a sign-in has learnt.
    pub async fn save_sign_in(&self, attempt: &SignIn) -> Result<SignIn> {
        self.save(|now| sign_in::ActiveModel {
            id: Unchanged(attempt.id.clone()),
            detail: Set(attempt.detail.clone()),
            updated_at: Set(now),
            ..Default::default()
        })
        .await
    }

    /// Begins a sign-up in this browser; a former one is forgotten.
    pub async fn create_sign_up(&self, client_id: &str, detail: SignUpDetail) -> Result<SignUp> {
        let row = |now| sign_up::ActiveModel {
            id: Set(ids::prefixed("sua")),
            client_id: Set(client_id.to_owned()),
            detail: Set(detail),
            abandon_at: Set(now + ATTEMPT_LIFE_MS),
            created_at: Set(now),
            updated_at: Set(now),
        };
        self.begin(client_id, row, |client, attempt| {
            client.sign_up_id = Set(Some(attempt.id.clone()));
        })
        .await
    }

    /// A sign-up that is not abandoned.
    pub async fn sign_up(&self, id: &str) -> Result<Option<SignUp>> {
        let found = sign_up::Entity::find_by_id(id).one(self.db()).await?;
        Ok(found.filter(|attempt| attempt.abandon_at > self.now_ms()))
    }

    /// The sign-up in progress in this browser.
    pub async fn sign_up_of_client(&self, client: &Client) -> Result<Option<SignUp>> {
        match &client.sign_up_id {
            Some(id) => self.sign_up(id).await,
            None => Ok(None),
        }
    }

    /// Writes what a sign-up has learnt.
    pub async fn save_sign_up(&self, attempt: &SignUp) -> Result<SignUp> {
        self.save(|now| sign_up::ActiveModel {
            id: Unchanged(attempt.id.clone()),
            detail: Set(attempt.detail.clone()),
            updated_at: Set(now),
            ..Default::default()
        })
        .await
    }

    /// Stores an attempt made at the write's time, and notes it in its browser.
    async fn begin<Row>(
        &self,
        client_id: &str,
        row: impl FnOnce(i64) -> Row,
        note: impl FnOnce(&mut client::ActiveModel, &Stored<Row>),
    ) -> Result<Stored<Row>>
    where
        Row: ActiveModelTrait + ActiveModelBehavior + Send,
        Stored<Row>: IntoActiveModel<Row>,
    {
        let write = self.write().await?;
        let mut client = clients::load(&write, client_id).await?.into_active_model();
        let attempt = row(write.now).insert(write.db()).await?;
        note(&mut client, &attempt);
        client.updated_at = Set(write.now);
        client.update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }

    /// Writes a row's changes, made at the write's time.
    async fn save<Row>(&self, row: impl FnOnce(i64) -> Row) -> Result<Stored<Row>>
    where
        Row: ActiveModelTrait + ActiveModelBehavior + Send,
        Stored<Row>: IntoActiveModel<Row>,
    {
        let write = self.write().await?;
        let attempt = row(write.now).update(write.db()).await?;
        write.commit().await?;
        Ok(attempt)
    }
}

/// What a row is once it is stored.
type Stored<Row> = <<Row as ActiveModelTrait>::Entity as EntityTrait>::Model;
