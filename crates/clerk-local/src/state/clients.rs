//! Clients: one browser each.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{State, Write, entities::client as entity, ids, search::inserted};
use crate::error::{LocalError, Result};

/// One browser, known by its dev browser token.
pub type Client = entity::Model;

impl State {
    /// Makes a client with a new dev browser token.
    pub async fn create_client(&self) -> Result<Client> {
        let write = self.write().await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("client")),
            token: Set(ids::prefixed("dvb")),
            client_uat: Set(0),
            sign_in_id: Set(None),
            sign_up_id: Set(None),
            last_active_session_id: Set(None),
            last_authentication_strategy: Set(None),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let client = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(client)
    }

    /// The client a dev browser token belongs to.
    pub async fn client_for_token(&self, token: &str) -> Result<Option<Client>> {
        Ok(entity::Entity::find()
            .filter(entity::Column::Token.eq(token))
            .one(self.db())
            .await?)
    }

    /// One client by its id.
    pub async fn client(&self, id: &str) -> Result<Option<Client>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Clients, newest first, and how many there are.
    pub async fn clients(&self, limit: u64, offset: u64) -> Result<(Vec<Client>, u64)> {
        let total = entity::Entity::find().count(self.db()).await?;
        let rows = entity::Entity::find()
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(inserted::<entity::Entity>())
            .limit(limit)
            .offset(offset)
            .all(self.db())
            .await?;
        Ok((rows, total))
    }

    /// Writes which attempts are in progress in this browser and how it last signed in.
    /// Sessions and `client_uat` belong to the session operations and stay as stored.
    pub async fn save_client(&self, client: &Client) -> Result<Client> {
        let write = self.write().await?;
        let mut row = load(&write, &client.id).await?.into_active_model();
        row.sign_in_id = Set(client.sign_in_id.clone());
        row.sign_up_id = Set(client.sign_up_id.clone());
        row.last_authentication_strategy = Set(client.last_authentication_strategy.clone());
        row.updated_at = Set(write.now);
        let client = row.update(write.db()).await?;
        write.commit().await?;
        Ok(client)
    }
}

/// The client's row as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Client> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}
