//! [`Device`]: what is known of the machine behind a browser.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{State, entities::client_device as entity};
use crate::error::Result;

/// Longer user agents are cut, in bytes.
const MAX_USER_AGENT: usize = 512;

/// What a browser says of itself, and where its requests come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The header `User-Agent`.
    pub user_agent: Option<String>,
    /// The address of the machine, as text.
    pub ip_address: Option<String>,
}

impl State {
    /// Remembers what a browser's newest request says of its machine.
    pub async fn note_device(&self, client_id: &str, device: &Device) -> Result<()> {
        let mut device = device.clone();
        if let Some(text) = &mut device.user_agent {
            text.truncate(text.floor_char_boundary(MAX_USER_AGENT));
        }
        // Most requests say the same again: reading is cheaper than writing.
        if self.device(client_id).await? == device {
            return Ok(());
        }
        let write = self.write().await?;
        let row = entity::ActiveModel {
            client_id: Set(client_id.to_owned()),
            user_agent: Set(device.user_agent),
            ip_address: Set(device.ip_address),
        };
        let again = OnConflict::column(entity::Column::ClientId)
            .update_columns([entity::Column::UserAgent, entity::Column::IpAddress])
            .to_owned();
        entity::Entity::insert(row)
            .on_conflict(again)
            .exec(write.db())
            .await?;
        write.commit().await
    }

    /// The machine of a browser; nothing is known of one that the backend made.
    pub async fn device(&self, client_id: &str) -> Result<Device> {
        let row = entity::Entity::find_by_id(client_id).one(self.db()).await?;
        Ok(row.map_or_else(Device::default, |row| Device {
            user_agent: row.user_agent,
            ip_address: row.ip_address,
        }))
    }
}
