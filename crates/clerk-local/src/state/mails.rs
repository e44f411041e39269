//! The outbox: mails a real instance would send, and their way to an SMTP server if there is one.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use tokio::sync::Notify;

use super::{
    State, Write,
    entities::{mail as entity, mail_dispatch},
    ids,
    search::inserted,
};
use crate::error::Result;

/// One mail in the outbox.
pub type Mail = entity::Model;
/// Its way to an SMTP server.
pub type Dispatch = mail_dispatch::Model;

impl State {
    /// Puts a mail into the outbox, and on its way to the SMTP server if there is one.
    pub async fn send_mail(
        &self,
        to: &str,
        subject: &str,
        body: &str,
        code: Option<&str>,
    ) -> Result<Mail> {
        let write = self.write().await?;
        let mail = put(&write, to, subject, body, code).await?;
        write.commit().await?;
        Ok(mail)
    }

    /// The newest mails, newest first.
    pub async fn mails(&self, limit: u64) -> Result<Vec<Mail>> {
        Ok(entity::Entity::find()
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(inserted::<entity::Entity>())
            .limit(limit)
            .all(self.db())
            .await?)
    }

    /// One mail.
    pub async fn mail(&self, id: &str) -> Result<Option<Mail>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Rung when a mail was stored.
    pub(crate) fn mails_waiting(&self) -> &Notify {
        &self.inner.mails_waiting
    }

    /// The mail whose next attempt is the earliest, due or not.
    pub(crate) async fn next_dispatch(&self) -> Result<Option<(Mail, Dispatch)>> {
        let dispatch = mail_dispatch::Entity::find()
            .filter(mail_dispatch::Column::NextAttemptAt.is_not_null())
            .order_by_asc(mail_dispatch::Column::NextAttemptAt)
            .order_by_asc(inserted::<mail_dispatch::Entity>())
            .one(self.db())
            .await?;
        let Some(dispatch) = dispatch else {
            return Ok(None);
        };
        let mail = self.mail(&dispatch.mail_id).await?;
        Ok(mail.map(|mail| (mail, dispatch)))
    }

    /// How far the mails of the outbox got on their way to the SMTP server.
    pub(crate) async fn dispatches(&self, mails: &[Mail]) -> Result<Vec<Dispatch>> {
        let ids = mails.iter().map(|mail| mail.id.as_str());
        Ok(mail_dispatch::Entity::find()
            .filter(mail_dispatch::Column::MailId.is_in(ids))
            .all(self.db())
            .await?)
    }

    /// Writes an attempt's outcome. Before this call the mail is due as it was, so an attempt cut
    /// short by the end of the process is made again.
    pub(crate) async fn record_dispatch(
        &self,
        mail_id: &str,
        outcome: Result<(), String>,
        next_attempt_at: Option<i64>,
    ) -> Result<()> {
        let write = self.write().await?;
        let sent_at = outcome.is_ok().then_some(write.now);
        mail_dispatch::Entity::update_many()
            .filter(mail_dispatch::Column::MailId.eq(mail_id))
            .col_expr(
                mail_dispatch::Column::Attempts,
                Expr::col(mail_dispatch::Column::Attempts).add(1),
            )
            .col_expr(
                mail_dispatch::Column::NextAttemptAt,
                Expr::value(next_attempt_at),
            )
            .col_expr(mail_dispatch::Column::SentAt, Expr::value(sent_at))
            .col_expr(mail_dispatch::Column::LastError, Expr::value(outcome.err()))
            .exec(write.db())
            .await?;
        write.commit().await
    }
}

/// Puts a mail into the outbox in this transaction, and on its way to the SMTP server if there is one.
pub(super) async fn put(
    write: &Write,
    to: &str,
    subject: &str,
    body: &str,
    code: Option<&str>,
) -> Result<Mail> {
    let row = entity::ActiveModel {
        id: Set(ids::prefixed("ema")),
        recipient: Set(to.to_owned()),
        subject: Set(subject.to_owned()),
        body: Set(body.to_owned()),
        code: Set(code.map(str::to_owned)),
        created_at: Set(write.now),
    };
    let mail = row.insert(write.db()).await?;
    if write.options().smtp.is_some() {
        let row = mail_dispatch::ActiveModel {
            mail_id: Set(mail.id.clone()),
            attempts: Set(0),
            next_attempt_at: Set(Some(write.now)),
            sent_at: Set(None),
            last_error: Set(None),
        };
        row.insert(write.db()).await?;
    }
    write.part.note_mail();
    let outbox = write.options().instance_url("/outbox");
    tracing::info!(id = %mail.id, to, subject, outbox, "mail in the local outbox");
    Ok(mail)
}
