//! Sessions: one person in one browser.

mod end;
mod factors;
mod list;
mod revoke;
mod settings;
mod status;

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, SimpleExpr},
};

use super::{
    Client, State, User, Write, clients,
    entities::{client, session as entity, user},
    ids, memberships,
    search::inserted,
    users,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

use end::end;

pub(super) use end::end_all_of_user;
pub use factors::ShownFactors;
pub use list::SessionQuery;
pub(super) use revoke::revoke_others;
pub use settings::SessionSettings;
pub use status::{SessionEnd, SessionStatus};

/// How long a session is remembered.
const ABANDON_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// One session.
pub type Session = entity::Model;

impl Session {
    /// The state at a time (unix milliseconds): an active session ends by itself.
    pub fn status_at(&self, now_ms: i64) -> SessionStatus {
        match self.status {
            SessionStatus::Active if now_ms >= self.expire_at => SessionStatus::Expired,
            status => status,
        }
    }

    /// Whether it is alive at a time (unix milliseconds).
    pub fn is_active(&self, now_ms: i64) -> bool {
        self.status_at(now_ms) == SessionStatus::Active
    }
}

/// What becomes of a session's active organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrganizationChoice<'a> {
    /// Stays as it is.
    #[default]
    Keep,
    /// None: the personal account.
    Clear,
    /// This one, by id or slug; only for its members.
    Set(&'a str),
}

impl State {
    /// Begins a session. The browser's former one is replaced; where a browser may have several,
    /// only this person's. Sets `client_uat`, makes it the browser's active session, emits
    /// `session.created`.
    ///
    /// # Errors
    /// Those of [`State::admit`].
    pub async fn create_session(&self, client: &Client, user: &User) -> Result<Session> {
        let mut write = self.write().await?;
        let now = write.now;
        self.admit(&users::load(&write, &user.id).await?)?;
        let settings = self.options().sessions;
        for former in live_of(&write, entity::Column::ClientId.eq(client.id.as_str())).await? {
            if !settings.single && former.user_id != user.id {
                continue;
            }
            end(&mut write, former, SessionStatus::Replaced, "session.ended").await?;
        }
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("sess")),
            client_id: Set(client.id.clone()),
            user_id: Set(user.id.clone()),
            status: Set(SessionStatus::Active),
            active_organization_id: Set(None),
            first_factor_at: Set(now),
            second_factor_at: Set(None),
            last_active_at: Set(now),
            expire_at: Set(settings.expire_at(now, now)),
            abandon_at: Set(now + ABANDON_MS),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let session = row.insert(write.db()).await?;
        let mut client = clients::load(&write, &client.id).await?.into_active_model();
        client.client_uat = Set(now.div_euclid(1000));
        client.last_active_session_id = Set(Some(session.id.clone()));
        client.updated_at = Set(now);
        client.update(write.db()).await?;
        user::Entity::update_many()
            .filter(user::Column::Id.eq(user.id.as_str()))
            .col_expr(user::Column::LastSignInAt, Expr::value(Some(now)))
            .col_expr(user::Column::LastActiveAt, Expr::value(Some(now)))
            .exec(write.db())
            .await?;
        emit(&mut write, "session.created", &session).await?;
        write.commit().await?;
        tracing::info!(session_id = %session.id, user_id = %user.id, "session created");
        Ok(session)
    }

    /// One session, whatever its state.
    pub async fn session(&self, id: &str) -> Result<Option<Session>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// The browser's live sessions, newest first.
    pub async fn sessions_of_client(&self, client_id: &str) -> Result<Vec<Session>> {
        live(
            self.db(),
            entity::Column::ClientId.eq(client_id),
            self.now_ms(),
        )
        .await
    }

    /// The person's live sessions, newest first.
    pub async fn sessions_of_user(&self, user_id: &str) -> Result<Vec<Session>> {
        live(self.db(), entity::Column::UserId.eq(user_id), self.now_ms()).await
    }

    /// The session the browser shows, if it is alive.
    pub async fn active_session(&self, client: &Client) -> Result<Option<Session>> {
        let Some(id) = client.last_active_session_id.as_deref() else {
            return Ok(None);
        };
        let now = self.now_ms();
        Ok(self
            .session(id)
            .await?
            .filter(|session| session.client_id == client.id && session.is_active(now)))
    }

    /// Prolongs a live session whose token was asked for: that counts as use (Clerk docs: session
    /// options, inactivity timeout). Without such a time-out there is nothing to prolong.
    pub async fn note_use(&self, session: &Session) -> Result<()> {
        let settings = self.options().sessions;
        if settings.inactivity_timeout.is_none() {
            return Ok(());
        }
        let write = self.write().await?;
        let expire_at = settings.expire_at(session.created_at, write.now);
        entity::Entity::update_many()
            .filter(entity::Column::Id.eq(session.id.as_str()))
            .filter(entity::Column::Status.eq(SessionStatus::Active))
            .col_expr(entity::Column::LastActiveAt, Expr::value(write.now))
            .col_expr(entity::Column::ExpireAt, Expr::value(expire_at))
            .exec(write.db())
            .await?;
        write.commit().await
    }

    /// Notes that the browser uses the session, makes it the active one there, and chooses its
    /// organization.
    ///
    /// # Errors
    /// 401 `signed_out` when the session is over; 404 `organization_not_found_or_unauthorized` for
    /// an organization that does not exist or has no such member.
    pub async fn touch_session(&self, id: &str, choice: OrganizationChoice<'_>) -> Result<Session> {
        let write = self.write().await?;
        let now = write.now;
        let session = load(&write, id).await?;
        if !session.is_active(now) {
            return Err(LocalError::signed_out());
        }
        let organization = match choice {
            OrganizationChoice::Keep => session.active_organization_id.clone(),
            OrganizationChoice::Clear => None,
            OrganizationChoice::Set(wanted) => {
                let found =
                    memberships::of_user_in(write.db(), now, &session.user_id, wanted).await?;
                let found = found.ok_or_else(crate::mint::organization_not_found)?;
                Some(found.organization.id.clone())
            }
        };
        let (client_id, user_id) = (session.client_id.clone(), session.user_id.clone());
        let expire_at = self.options().sessions.expire_at(session.created_at, now);
        let mut row = session.into_active_model();
        row.active_organization_id = Set(organization);
        row.expire_at = Set(expire_at);
        row.last_active_at = Set(now);
        row.updated_at = Set(now);
        let session = row.update(write.db()).await?;
        client::Entity::update_many()
            .filter(client::Column::Id.eq(client_id))
            .col_expr(
                client::Column::LastActiveSessionId,
                Expr::value(Some(session.id.clone())),
            )
            .col_expr(client::Column::UpdatedAt, Expr::value(now))
            .exec(write.db())
            .await?;
        user::Entity::update_many()
            .filter(user::Column::Id.eq(user_id))
            .col_expr(user::Column::LastActiveAt, Expr::value(Some(now)))
            .exec(write.db())
            .await?;
        write.commit().await?;
        Ok(session)
    }
}

async fn emit(write: &mut Write, event: &str, session: &Session) -> Result<()> {
    let user = users::load(write, &session.user_id).await?;
    let data = shapes::backend::session_with_user(session, &user, write.now, write.options());
    write.emit(event, data).await
}

async fn load(write: &Write, id: &str) -> Result<Session> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}

async fn live_of(write: &Write, filter: SimpleExpr) -> Result<Vec<Session>> {
    live(write.db(), filter, write.now).await
}

async fn live(db: &impl ConnectionTrait, filter: SimpleExpr, now: i64) -> Result<Vec<Session>> {
    Ok(entity::Entity::find()
        .filter(filter)
        .filter(entity::Column::Status.eq(SessionStatus::Active))
        .filter(entity::Column::ExpireAt.gt(now))
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_desc(inserted::<entity::Entity>())
        .all(db)
        .await?)
}
