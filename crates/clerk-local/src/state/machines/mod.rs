//! Machines: programs of the application that call one another (Clerk: machine authentication).

mod scopes;
mod secret;

use std::{collections::HashMap, ops::Deref};

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    State, Write,
    entities::{machine as entity, machine_scope},
    ids,
    search::{asked_part, contains, inserted},
};
use crate::error::{LocalError, Result};

pub use scopes::MachineScope;

/// Life of a machine's tokens in seconds, when nobody chose one (Clerk's default: an hour).
const DEFAULT_TOKEN_TTL_S: i64 = 3600;
/// Longest name, in characters.
const MAX_NAME_LENGTH: usize = 255;

/// A machine's own fields.
pub type MachineRow = entity::Model;

/// One machine with those it may call. Dereferences to the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Its own fields.
    pub row: MachineRow,
    /// The machines it may call, oldest permission first.
    pub scoped_machines: Vec<MachineRow>,
}

impl Deref for Machine {
    type Target = entity::Model;

    fn deref(&self) -> &entity::Model {
        &self.row
    }
}

/// Which machines to list.
#[derive(Debug, Clone, Default)]
pub struct MachineQuery {
    /// Part of a name or an id.
    pub query: Option<String>,
    /// `name` or `created_at` (default, newest first) with `+` or `-` in front.
    pub order_by: Option<String>,
    /// 1..=500.
    pub limit: u64,
    /// Rows to leave out.
    pub offset: u64,
}

/// What a machine is made from, or what is to change in it; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct MachineChanges {
    /// Its name; a new machine needs one.
    pub name: Option<String>,
    /// Life of its tokens in seconds, when nothing else is said.
    pub default_token_ttl: Option<i64>,
}

impl State {
    /// Makes a machine that may call others.
    ///
    /// # Errors
    /// `form_param_missing` and `form_param_max_length_exceeded` (`name`),
    /// `form_param_value_invalid` (`default_token_ttl`), `form_resource_not_found`
    /// (`scoped_machines`) for an unknown machine.
    pub async fn create_machine(&self, new: MachineChanges, scoped: &[String]) -> Result<Machine> {
        let name = checked_name(new.name.as_deref().unwrap_or_default())?;
        let ttl = checked_ttl(new.default_token_ttl.unwrap_or(DEFAULT_TOKEN_TTL_S))?;
        let write = self.write().await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("mch")),
            name: Set(name),
            default_token_ttl: Set(ttl),
            secret: Set(secret::fresh()),
            previous_secret: Set(None),
            previous_secret_until: Set(None),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let row = row.insert(write.db()).await?;
        for to in scoped {
            scopes::insert(&write, &row.id, to, "scoped_machines").await?;
        }
        let machine = load(&write, &row.id).await?;
        write.commit().await?;
        Ok(machine)
    }

    /// One machine.
    pub async fn machine(&self, id: &str) -> Result<Option<Machine>> {
        let row = entity::Entity::find_by_id(id).one(self.db()).await?;
        Ok(with_scoped(self.db(), row.into_iter().collect())
            .await?
            .pop())
    }

    /// Machines that match, and how many match without limit and offset.
    pub async fn machines(&self, query: &MachineQuery) -> Result<(Vec<Machine>, u64)> {
        let mut all = Condition::all();
        if let Some(part) = asked_part(query.query.as_deref()) {
            let any = Condition::any()
                .add(contains(entity::Column::Id, part))
                .add(contains(entity::Column::Name, part));
            all = all.add(any);
        }
        let select = entity::Entity::find().filter(all);
        let total = select.clone().count(self.db()).await?;
        let select = match query.order_by.as_deref() {
            Some("name" | "+name") => select.order_by_asc(entity::Column::Name),
            Some("-name") => select.order_by_desc(entity::Column::Name),
            Some("created_at" | "+created_at") => select
                .order_by_asc(entity::Column::CreatedAt)
                .order_by_asc(inserted::<entity::Entity>()),
            _ => select.order_by_desc(entity::Column::CreatedAt),
        };
        let rows = select
            .order_by_desc(inserted::<entity::Entity>())
            .limit(query.limit)
            .offset(query.offset)
            .all(self.db())
            .await?;
        Ok((with_scoped(self.db(), rows).await?, total))
    }

    /// Changes a machine.
    ///
    /// # Errors
    /// As [`State::create_machine`]; `resource_not_found`.
    pub async fn update_machine(&self, id: &str, changes: MachineChanges) -> Result<Machine> {
        let write = self.write().await?;
        let machine = load(&write, id).await?;
        let updated_at = write.later_than(machine.updated_at);
        let mut row = machine.row.into_active_model();
        if let Some(name) = changes.name {
            row.name = Set(checked_name(&name)?);
        }
        if let Some(ttl) = changes.default_token_ttl {
            row.default_token_ttl = Set(checked_ttl(ttl)?);
        }
        row.updated_at = Set(updated_at);
        row.update(write.db()).await?;
        let machine = load(&write, id).await?;
        write.commit().await?;
        Ok(machine)
    }

    /// Deletes a machine with its tokens and permissions.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn delete_machine(&self, id: &str) -> Result<()> {
        let write = self.write().await?;
        load(&write, id).await?;
        entity::Entity::delete_by_id(id).exec(write.db()).await?;
        write.commit().await
    }
}

/// The machine as this transaction sees it.
pub(super) async fn load(write: &Write, id: &str) -> Result<Machine> {
    let row = entity::Entity::find_by_id(id).one(write.db()).await?;
    with_scoped(write.db(), row.into_iter().collect())
        .await?
        .pop()
        .ok_or_else(LocalError::not_found)
}

/// Machines with those they may call, in the order of the rows.
async fn with_scoped(db: &impl ConnectionTrait, rows: Vec<entity::Model>) -> Result<Vec<Machine>> {
    let scopes = machine_scope::Entity::find()
        .filter(machine_scope::Column::FromMachineId.is_in(rows.iter().map(|row| row.id.as_str())))
        .order_by_asc(machine_scope::Column::CreatedAt)
        .order_by_asc(inserted::<machine_scope::Entity>())
        .all(db)
        .await?;
    let called = entity::Entity::find()
        .filter(entity::Column::Id.is_in(scopes.iter().map(|scope| scope.to_machine_id.as_str())))
        .all(db)
        .await?;
    let called: HashMap<&str, &entity::Model> =
        called.iter().map(|row| (row.id.as_str(), row)).collect();
    Ok(rows
        .into_iter()
        .map(|row| Machine {
            scoped_machines: scopes
                .iter()
                .filter(|scope| scope.from_machine_id == row.id)
                .filter_map(|scope| called.get(scope.to_machine_id.as_str()))
                .map(|machine| (*machine).clone())
                .collect(),
            row,
        })
        .collect())
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LocalError::missing("name"));
    }
    if name.chars().count() > MAX_NAME_LENGTH {
        return Err(LocalError::form(
            422,
            "form_param_max_length_exceeded",
            &format!("name must be {MAX_NAME_LENGTH} characters or less."),
            "name",
        ));
    }
    Ok(name.to_owned())
}

fn checked_ttl(seconds: i64) -> Result<i64> {
    // Ten years at most keep every time within what JSON numbers carry exactly.
    if (1..=315_360_000).contains(&seconds) {
        return Ok(seconds);
    }
    Err(LocalError::form(
        422,
        "form_param_value_invalid",
        "default_token_ttl must be a number of seconds from 1 on.",
        "default_token_ttl",
    ))
}
