//! Ending sessions.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::{Session, SessionEnd, SessionStatus, client, emit, entity, live_of, load};
use crate::{
    error::Result,
    state::{Client, State, User, Write, entities::refresh_token},
};

impl State {
    /// Ends a session and forgets its refresh tokens; emits the matching event. Ending one that is
    /// over already changes nothing.
    pub async fn end_session(&self, id: &str, how: SessionEnd) -> Result<Session> {
        let mut write = self.write().await?;
        let session = load(&write, id).await?;
        if !session.is_active(write.now) {
            return Ok(session);
        }
        let session = end(&mut write, session, how.status(), how.event()).await?;
        write.commit().await?;
        tracing::info!(session_id = %session.id, status = session.status.as_str(), "session ended");
        Ok(session)
    }

    /// Removes every live session from a browser.
    pub async fn remove_all_sessions(&self, client: &Client) -> Result<()> {
        let mut write = self.write().await?;
        for session in live_of(&write, entity::Column::ClientId.eq(client.id.as_str())).await? {
            let how = SessionEnd::Removed;
            end(&mut write, session, how.status(), how.event()).await?;
        }
        write.commit().await
    }
}

/// Removes every live session of a person.
pub(in crate::state) async fn end_all_of_user(write: &mut Write, user: &User) -> Result<()> {
    for session in live_of(write, entity::Column::UserId.eq(user.id.as_str())).await? {
        let how = SessionEnd::Removed;
        end(write, session, how.status(), how.event()).await?;
    }
    Ok(())
}

/// Ends a session, forgets its refresh tokens and writes the event.
pub(super) async fn end(
    write: &mut Write,
    session: Session,
    status: SessionStatus,
    event: &str,
) -> Result<Session> {
    let now = write.now;
    let client_id = session.client_id.clone();
    let mut row = session.into_active_model();
    row.status = Set(status);
    row.updated_at = Set(now);
    let session = row.update(write.db()).await?;
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SessionId.eq(session.id.as_str()))
        .exec(write.db())
        .await?;
    show_another(write, &client_id, &session.id).await?;
    emit(write, event, &session).await?;
    Ok(session)
}

/// The browser showed a session that is over: now it shows the one used last of those it has left,
/// or nobody is signed in there any more.
async fn show_another(write: &Write, client_id: &str, ended: &str) -> Result<()> {
    let left = live_of(write, entity::Column::ClientId.eq(client_id)).await?;
    // Of two used in one millisecond, the newer one.
    let next = left.iter().rev();
    let next = next.max_by_key(|session| session.last_active_at);
    let mut update = client::Entity::update_many()
        .filter(client::Column::Id.eq(client_id))
        .filter(client::Column::LastActiveSessionId.eq(ended))
        .col_expr(
            client::Column::LastActiveSessionId,
            Expr::value(next.map(|session| session.id.clone())),
        )
        .col_expr(client::Column::UpdatedAt, Expr::value(write.now));
    if next.is_none() {
        update = update.col_expr(client::Column::ClientUat, Expr::value(0_i64));
    }
    update.exec(write.db()).await?;
    Ok(())
}
