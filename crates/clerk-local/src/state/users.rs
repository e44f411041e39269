//! People and their email addresses.

use std::{collections::HashMap, ops::Deref};

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::{Value, json};

use super::{
    State, Write, check_password_form,
    entities::{email_address, user as entity},
    ids, memberships, organizations, sessions,
};
use crate::{
    error::{LocalError, Result},
    shapes,
};

/// One email address of a person.
pub type EmailAddress = email_address::Model;

/// One person with email addresses. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// The person's own fields.
    pub row: entity::Model,
    /// Oldest first.
    pub email_addresses: Vec<EmailAddress>,
}

impl Deref for User {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

impl User {
    /// The primary address, or the first one.
    pub fn primary_email(&self) -> Option<&EmailAddress> {
        let primary = self.row.primary_email_address_id.as_deref();
        self.email_addresses
            .iter()
            .find(|email| Some(email.id.as_str()) == primary)
            .or(self.email_addresses.first())
    }

    /// The address that identifies the person to others; empty when there is none.
    pub fn identifier(&self) -> &str {
        self.primary_email()
            .map_or("", |email| email.email_address.as_str())
    }
}

/// What a person is made from.
#[derive(Debug, Clone, Default)]
pub struct NewUser {
    /// The first, primary address.
    pub email: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// A password in clear; its length is checked.
    pub password: Option<String>,
    /// A digest made earlier by [`State::hash_password`], used when `password` is none.
    pub password_digest: Option<String>,
    /// Whether the address is already shown to be the person's.
    pub email_verified: bool,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// `{}` when none.
    pub public_metadata: Option<Value>,
    /// `{}` when none.
    pub private_metadata: Option<Value>,
    /// `{}` when none.
    pub unsafe_metadata: Option<Value>,
}

/// What is to change; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UserChanges {
    /// Given name; `Some(None)` clears it.
    pub first_name: Option<Option<String>>,
    /// Family name; `Some(None)` clears it.
    pub last_name: Option<Option<String>>,
    /// A new password in clear; its length is checked.
    pub password: Option<String>,
    /// Replaces the whole value.
    pub public_metadata: Option<Value>,
    /// Replaces the whole value.
    pub private_metadata: Option<Value>,
    /// Replaces the whole value.
    pub unsafe_metadata: Option<Value>,
}

/// Which people to list. Empty lists mean "no such filter".
#[derive(Debug, Clone, Default)]
pub struct UserQuery {
    /// Only these ids.
    pub user_ids: Vec<String>,
    /// Only people with one of these addresses.
    pub email_addresses: Vec<String>,
    /// Part of an address, a name or an id.
    pub query: Option<String>,
    /// Field with `+` or `-` in front: `created_at` (default, newest first), `updated_at`,
    /// `first_name`, `last_name`, `last_sign_in_at`.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

/// Checks an address's form: one `@`, something on both sides, a dot in the host, no white space.
///
/// # Errors
/// Clerk's `form_param_format_invalid` (422) for the field given.
pub fn check_email_form(email: &str, param_name: &str) -> Result<()> {
    let valid = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
    if valid {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_format_invalid",
        "Email address must be a valid email address.",
        param_name,
    ))
}

impl State {
    /// Makes a person; emits `user.created`.
    ///
    /// # Errors
    /// `form_param_format_invalid`, `form_password_length_too_short`/`_long`, and
    /// `form_identifier_exists` for an address that is taken.
    pub async fn create_user(&self, new: NewUser) -> Result<User> {
        let email = new.email.trim().to_owned();
        check_email_form(&email, "email_address")?;
        let digest = match &new.password {
            Some(password) => {
                check_password_form(password)?;
                Some(self.hash_password(password).await?)
            }
            None => new.password_digest,
        };
        let mut write = self.write().await?;
        let now = write.now;
        if email_taken(write.db(), &email).await? {
            return Err(LocalError::form(
                422,
                "form_identifier_exists",
                "That email address is taken. Please try another.",
                "email_address",
            ));
        }
        let (user_id, email_id) = (ids::prefixed("user"), ids::prefixed("idn"));
        let object = |value: Option<Value>| value.unwrap_or_else(|| json!({}));
        let row = entity::ActiveModel {
            id: Set(user_id.clone()),
            external_id: Set(new.external_id),
            first_name: Set(clean(new.first_name)),
            last_name: Set(clean(new.last_name)),
            primary_email_address_id: Set(Some(email_id.clone())),
            password_last_updated_at: Set(digest.as_ref().map(|_| now)),
            password_digest: Set(digest),
            public_metadata: Set(object(new.public_metadata)),
            private_metadata: Set(object(new.private_metadata)),
            unsafe_metadata: Set(object(new.unsafe_metadata)),
            last_sign_in_at: Set(None),
            last_active_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = row.insert(write.db()).await?;
        let address = email_address::ActiveModel {
            id: Set(email_id),
            user_id: Set(user_id),
            lookup_key: Set(lookup_key(&email)),
            email_address: Set(email),
            verified: Set(new.email_verified),
            strategy: Set("email_code".to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let email_addresses = vec![address.insert(write.db()).await?];
        let user = User {
            row,
            email_addresses,
        };
        write
            .emit(
                "user.created",
                shapes::backend::user(&user, write.options()),
            )
            .await?;
        write.commit().await?;
        tracing::info!(user_id = %user.id, "user created");
        Ok(user)
    }

    /// One person.
    pub async fn user(&self, id: &str) -> Result<Option<User>> {
        Ok(by_ids(self.db(), &[id.to_owned()]).await?.remove(id))
    }

    /// The person with this address, upper and lower case alike.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>> {
        let found = email_address::Entity::find()
            .filter(email_address::Column::LookupKey.eq(lookup_key(email.trim())))
            .one(self.db())
            .await?;
        match found {
            Some(address) => self.user(&address.user_id).await,
            None => Ok(None),
        }
    }

    /// People that match, and how many match without limit and offset.
    pub async fn users(&self, query: &UserQuery) -> Result<(Vec<User>, u64)> {
        let select = entity::Entity::find().filter(condition(query));
        let total = select.clone().count(self.db()).await?;
        let (column, descending) = order(query.order_by.as_deref());
        let select = match descending {
            true => select.order_by_desc(column),
            false => select.order_by_asc(column),
        };
        let rows = select
            .order_by_asc(entity::Column::Id)
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_emails(self.db(), rows).await?, total))
    }

    /// Changes a person; emits `user.updated`.
    pub async fn update_user(&self, id: &str, changes: UserChanges) -> Result<User> {
        let digest = match &changes.password {
            Some(password) => {
                check_password_form(password)?;
                Some(self.hash_password(password).await?)
            }
            None => None,
        };
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        let updated_at = write.later_than(user.updated_at);
        let mut row = user.row.into_active_model();
        if let Some(name) = changes.first_name {
            row.first_name = Set(clean(name));
        }
        if let Some(name) = changes.last_name {
            row.last_name = Set(clean(name));
        }
        if let Some(digest) = digest {
            row.password_digest = Set(Some(digest));
            row.password_last_updated_at = Set(Some(write.now));
        }
        if let Some(value) = changes.public_metadata {
            row.public_metadata = Set(value);
        }
        if let Some(value) = changes.private_metadata {
            row.private_metadata = Set(value);
        }
        if let Some(value) = changes.unsafe_metadata {
            row.unsafe_metadata = Set(value);
        }
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        emit_updated(&mut write, id).await?;
        let user = load(&write, id).await?;
        write.commit().await?;
        Ok(user)
    }

    /// Marks an address as shown to be the person's; emits `user.updated` when that is new.
    pub async fn verify_email_address(&self, email_address_id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let address = email_address::Entity::find_by_id(email_address_id)
            .one(write.db())
            .await?
            .ok_or_else(LocalError::not_found)?;
        if address.verified {
            return Ok(());
        }
        let user_id = address.user_id.clone();
        let mut address = address.into_active_model();
        address.verified = Set(true);
        address.updated_at = Set(write.now);
        address.update(write.db()).await?;
        let user = load(&write, &user_id).await?;
        let updated_at = write.later_than(user.updated_at);
        let mut row = user.row.into_active_model();
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        emit_updated(&mut write, &user_id).await?;
        write.commit().await
    }

    /// Deletes a person with sessions and memberships; emits `session.removed` and
    /// `organizationMembership.deleted` for each, then `user.deleted`.
    pub async fn delete_user(&self, id: &str) -> Result<()> {
        let mut write = self.write().await?;
        let user = load(&write, id).await?;
        sessions::end_all_of_user(&mut write, &user).await?;
        memberships::delete_all_of_user(&mut write, &user).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        let data = json!({
            "object": "user", "id": id, "deleted": true, "external_id": user.external_id,
        });
        write.emit("user.deleted", data).await?;
        write.commit().await
    }
}

/// The person as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<User> {
    by_ids(write.db(), &[id.to_owned()])
        .await?
        .remove(id)
        .ok_or_else(LocalError::not_found)
}

/// People by id, in two queries.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<HashMap<String, User>> {
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids.iter().map(String::as_str)))
        .all(db)
        .await?;
    let users = with_emails(db, rows).await?;
    Ok(users
        .into_iter()
        .map(|user| (user.id.clone(), user))
        .collect())
}

async fn with_emails(db: &impl ConnectionTrait, rows: Vec<entity::Model>) -> Result<Vec<User>> {
    let addresses = email_address::Entity::find()
        .filter(email_address::Column::UserId.is_in(rows.iter().map(|row| row.id.as_str())))
        .order_by_asc(email_address::Column::CreatedAt)
        .order_by_asc(email_address::Column::Id)
        .all(db)
        .await?;
    let mut of_user: HashMap<String, Vec<EmailAddress>> = HashMap::new();
    for address in addresses {
        of_user
            .entry(address.user_id.clone())
            .or_default()
            .push(address);
    }
    Ok(rows
        .into_iter()
        .map(|row| User {
            email_addresses: of_user.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}

async fn emit_updated(write: &mut Write, id: &str) -> Result<()> {
    let user = load(write, id).await?;
    write
        .emit(
            "user.updated",
            shapes::backend::user(&user, write.options()),
        )
        .await
}

async fn email_taken(db: &impl ConnectionTrait, email: &str) -> Result<bool> {
    Ok(email_address::Entity::find()
        .filter(email_address::Column::LookupKey.eq(lookup_key(email)))
        .one(db)
        .await?
        .is_some())
}

fn lookup_key(email: &str) -> String {
    email.to_lowercase()
}

/// Trims a name; an empty one is none.
fn clean(name: Option<String>) -> Option<String> {
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}

fn condition(query: &UserQuery) -> Condition {
    let mut all = Condition::all();
    if !query.user_ids.is_empty() {
        all = all.add(entity::Column::Id.is_in(query.user_ids.iter().map(String::as_str)));
    }
    if !query.email_addresses.is_empty() {
        let keys = query.email_addresses.iter().map(|email| lookup_key(email));
        all = all.add(has_address(email_address::Column::LookupKey.is_in(keys)));
    }
    if let Some(part) = query
        .query
        .as_deref()
        .map(str::trim)
        .filter(|s| !s.is_empty())
    {
        let any = Condition::any()
            .add(entity::Column::Id.eq(part))
            .add(organizations::contains(entity::Column::FirstName, part))
            .add(organizations::contains(entity::Column::LastName, part))
            .add(has_address(organizations::contains(
                email_address::Column::LookupKey,
                &part.to_lowercase(),
            )));
        all = all.add(any);
    }
    all
}

fn has_address(filter: sea_orm::sea_query::SimpleExpr) -> sea_orm::sea_query::SimpleExpr {
    let of = email_address::Entity::find()
        .select_only()
        .column(email_address::Column::UserId)
        .filter(filter)
        .into_query();
    entity::Column::Id.in_subquery(of)
}

fn order(order_by: Option<&str>) -> (entity::Column, bool) {
    let order_by = order_by.unwrap_or("-created_at");
    let (name, descending) = match order_by.strip_prefix('-') {
        Some(name) => (name, true),
        None => (order_by.trim_start_matches('+'), false),
    };
    let column = match name {
        "updated_at" => entity::Column::UpdatedAt,
        "first_name" => entity::Column::FirstName,
        "last_name" => entity::Column::LastName,
        "last_sign_in_at" => entity::Column::LastSignInAt,
        _ => entity::Column::CreatedAt,
    };
    (column, descending)
}
