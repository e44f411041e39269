//! [`EmailProof`]: how far the verification of an added address has come.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait,
    FromJsonQueryResult, QueryFilter,
};
use serde::{Deserialize, Serialize};

use super::EmailAddress;
use crate::{
    error::Result,
    state::{State, Verification, Write, entities::email_proof as entity},
};

/// What was sent to an address and what came back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct EmailProof {
    /// The newest attempt.
    pub verification: Option<Verification>,
    /// How many codes and links were mailed.
    pub codes_sent: u32,
}

impl State {
    /// Writes how far an address has come.
    pub async fn save_email_proof(&self, email_id: &str, proof: &EmailProof) -> Result<()> {
        let write = self.write().await?;
        forget(&write, email_id).await?;
        let row = entity::ActiveModel {
            email_address_id: Set(email_id.to_owned()),
            detail: Set(proof.clone()),
        };
        row.insert(write.db()).await?;
        write.commit().await
    }
}

/// There is nothing to prove any more, or again.
pub(super) async fn forget(write: &Write, email_id: &str) -> Result<()> {
    entity::Entity::delete_by_id(email_id)
        .exec(write.db())
        .await?;
    Ok(())
}

/// The proofs under way of these addresses, by address.
pub(in crate::state::users) async fn of_addresses(
    db: &impl ConnectionTrait,
    addresses: &[EmailAddress],
) -> Result<HashMap<String, EmailProof>> {
    let open = addresses.iter().filter(|address| !address.verified);
    let open: Vec<&str> = open.map(|address| address.id.as_str()).collect();
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let found = entity::Entity::find()
        .filter(entity::Column::EmailAddressId.is_in(open))
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| (row.email_address_id, row.detail))
        .collect())
}
