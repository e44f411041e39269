//! Templates of tokens (Clerk docs: JWT templates).

mod form;
mod key;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{State, Write, entities::jwt_template as entity, ids, search::inserted};
use crate::error::{LocalError, Result};

pub use form::JwtTemplateForm;
pub use key::SigningAlgorithm;

/// One template.
pub type JwtTemplate = entity::Model;

impl State {
    /// Makes a template.
    ///
    /// # Errors
    /// Those of [`JwtTemplateForm`]; `form_identifier_exists` for a name that is taken.
    pub async fn create_jwt_template(&self, form: JwtTemplateForm) -> Result<JwtTemplate> {
        let checked = form.checked(None)?;
        let write = self.write().await?;
        refuse_taken(&write, &checked.name, None).await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("jtmp")),
            created_at: Set(write.now),
            ..checked.into_row(write.now)
        };
        let template = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(template)
    }

    /// Changes a template; what the form does not say stays.
    ///
    /// # Errors
    /// As [`State::create_jwt_template`]; `resource_not_found`.
    pub async fn update_jwt_template(
        &self,
        id: &str,
        form: JwtTemplateForm,
    ) -> Result<JwtTemplate> {
        let write = self.write().await?;
        let template = load(&write, id).await?;
        let checked = form.checked(Some(&template))?;
        refuse_taken(&write, &checked.name, Some(id)).await?;
        let row = entity::ActiveModel {
            id: Set(template.id),
            ..checked.into_row(write.now)
        };
        let template = row.update(write.db()).await?;
        write.commit().await?;
        Ok(template)
    }

    /// Forgets a template.
    ///
    /// # Errors
    /// `resource_not_found`.
    pub async fn delete_jwt_template(&self, id: &str) -> Result<()> {
        let write = self.write().await?;
        let template = load(&write, id).await?;
        template.into_active_model().delete(write.db()).await?;
        write.commit().await
    }

    /// One template.
    pub async fn jwt_template(&self, id: &str) -> Result<Option<JwtTemplate>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// One template by its name.
    pub async fn jwt_template_by_name(&self, name: &str) -> Result<Option<JwtTemplate>> {
        Ok(entity::Entity::find()
            .filter(entity::Column::Name.eq(name))
            .one(self.db())
            .await?)
    }

    /// Templates, newest first, and how many there are in all.
    pub async fn jwt_templates(&self, limit: u64, offset: u64) -> Result<(Vec<JwtTemplate>, u64)> {
        let all = entity::Entity::find();
        let total = all.clone().count(self.db()).await?;
        let rows = all
            .order_by_desc(entity::Column::CreatedAt)
            .order_by_desc(inserted::<entity::Entity>())
            .limit(limit)
            .offset(offset)
            .all(self.db())
            .await?;
        Ok((rows, total))
    }
}

async fn load(write: &Write, id: &str) -> Result<JwtTemplate> {
    entity::Entity::find_by_id(id)
        .one(write.db())
        .await?
        .ok_or_else(LocalError::not_found)
}

async fn refuse_taken(write: &Write, name: &str, except: Option<&str>) -> Result<()> {
    let holder = entity::Entity::find()
        .filter(entity::Column::Name.eq(name))
        .one(write.db())
        .await?;
    match holder {
        Some(row) if Some(row.id.as_str()) != except => Err(LocalError::form(
            422,
            "form_identifier_exists",
            "That name is taken. Please try another.",
            "name",
        )),
        _ => Ok(()),
    }
}
