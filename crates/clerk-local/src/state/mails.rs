//! The outbox: mails a real instance would send.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{State, entities::mail as entity, ids};
use crate::error::Result;

/// One mail in the outbox.
pub type Mail = entity::Model;

impl State {
    /// Puts a mail into the outbox and writes it to the log, code included: the local instance has
    /// no other way to reach a person, and nobody but its owner to hide it from.
    pub async fn send_mail(
        &self,
        to: &str,
        subject: &str,
        body: &str,
        code: Option<&str>,
    ) -> Result<Mail> {
        let write = self.write().await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("ema")),
            recipient: Set(to.to_owned()),
            subject: Set(subject.to_owned()),
            body: Set(body.to_owned()),
            code: Set(code.map(str::to_owned)),
            created_at: Set(write.now),
        };
        let mail = row.insert(write.db()).await?;
        write.commit().await?;
        tracing::info!(id = %mail.id, to, subject, code, "mail in the local outbox");
        Ok(mail)
    }

    /// The newest mails, newest first.
    pub async fn mails(&self, limit: u64) -> Result<Vec<Mail>> {
        Ok(entity::Entity::find()
            .order_by_desc(entity::Column::CreatedAt)
            // Two mails of one millisecond: the later one was inserted later.
            .order_by_desc(Expr::cust("rowid"))
            .limit(limit)
            .all(self.db())
            .await?)
    }

    /// One mail.
    pub async fn mail(&self, id: &str) -> Result<Option<Mail>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }
}
