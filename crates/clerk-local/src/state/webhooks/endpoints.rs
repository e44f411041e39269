//! Endpoints: the application's own, which the options name, and those added on the page.

use base64::{Engine, engine::general_purpose::STANDARD};
use clerk::webhooks::EventData;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder,
    sea_query::OnConflict,
};
use serde_json::json;
use url::Url;

use super::super::{State, entities::webhook_endpoint as entity, ids, search::inserted};
use crate::error::{LocalError, Result};

/// One receiver of events.
pub type WebhookEndpoint = entity::Model;

/// The id of the endpoint that the options name.
const APPLICATION: &str = "ep_application";

impl WebhookEndpoint {
    /// Whether it is the application's own endpoint: the options say its address, the instance's
    /// webhook secret is its secret, and it can be disabled but not removed.
    pub fn is_application(&self) -> bool {
        self.id == APPLICATION
    }

    /// The event types it wants; none for all.
    pub fn wanted(&self) -> Vec<&str> {
        let types = self.event_types.as_array();
        types
            .into_iter()
            .flatten()
            .filter_map(|one| one.as_str())
            .collect()
    }
}

/// What a person may set of an endpoint.
#[derive(Debug, Clone, Default)]
pub struct EndpointForm {
    /// An http or https address.
    pub url: String,
    /// What people call it.
    pub description: String,
    /// The event types it wants; none for all.
    pub event_types: Vec<String>,
    /// Whether it gets nothing for now.
    pub disabled: bool,
}

impl State {
    /// All endpoints, the oldest first.
    pub async fn webhook_endpoints(&self) -> Result<Vec<WebhookEndpoint>> {
        Ok(entity::Entity::find()
            .order_by_asc(entity::Column::CreatedAt)
            .order_by_asc(inserted::<entity::Entity>())
            .all(self.db())
            .await?)
    }

    /// One endpoint.
    pub async fn webhook_endpoint(&self, id: &str) -> Result<Option<WebhookEndpoint>> {
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    /// Adds an endpoint with a secret of its own. It gets the events from now on.
    ///
    /// # Errors
    /// 422 for the field `url` or `event_types`.
    pub async fn add_webhook_endpoint(&self, form: &EndpointForm) -> Result<WebhookEndpoint> {
        let url = check_url(&form.url)?;
        check_types(&form.event_types)?;
        let write = self.write().await?;
        let row = entity::ActiveModel {
            id: Set(ids::prefixed("ep")),
            url: Set(url),
            description: Set(form.description.trim().to_owned()),
            secret: Set(new_secret()),
            event_types: Set(json!(form.event_types)),
            disabled: Set(form.disabled),
            created_at: Set(write.now),
            updated_at: Set(write.now),
        };
        let endpoint = row.insert(write.db()).await?;
        write.commit().await?;
        Ok(endpoint)
    }

    /// Changes an endpoint. The address of the application's own stays what the options say.
    ///
    /// # Errors
    /// 404 when it is not there, 422 for the field `url` or `event_types`.
    pub async fn update_webhook_endpoint(
        &self,
        id: &str,
        form: &EndpointForm,
    ) -> Result<WebhookEndpoint> {
        check_types(&form.event_types)?;
        let write = self.write().await?;
        let old = entity::Entity::find_by_id(id).one(write.db()).await?;
        let old = old.ok_or_else(LocalError::not_found)?;
        let url = match old.is_application() {
            true => old.url.clone(),
            false => check_url(&form.url)?,
        };
        let mut row = old.into_active_model();
        row.url = Set(url);
        row.description = Set(form.description.trim().to_owned());
        row.event_types = Set(json!(form.event_types));
        row.disabled = Set(form.disabled);
        row.updated_at = Set(write.now);
        let endpoint = row.update(write.db()).await?;
        write.commit().await?;
        // What waited while it was disabled is due.
        self.deliveries().notify_one();
        Ok(endpoint)
    }

    /// Removes an endpoint with its deliveries; the events stay in the log.
    ///
    /// # Errors
    /// 404 when it is not there, 403 for the application's own.
    pub async fn delete_webhook_endpoint(&self, id: &str) -> Result<()> {
        if id == APPLICATION {
            let text = "The application's own endpoint can be disabled, not removed.";
            return Err(LocalError::api(403, "not_allowed_access", text));
        }
        let write = self.write().await?;
        let gone = entity::Entity::delete_by_id(id).exec(write.db()).await?;
        write.commit().await?;
        match gone.rows_affected {
            0 => Err(LocalError::not_found()),
            _ => Ok(()),
        }
    }
}

/// Brings the application's endpoint in step with the options, at each start.
///
/// # Errors
/// When the database fails.
pub(in super::super) async fn keep_application_endpoint(
    db: &impl ConnectionTrait,
    url: &Url,
    secret: &str,
    now: i64,
) -> Result<()> {
    let row = entity::ActiveModel {
        id: Set(APPLICATION.to_owned()),
        url: Set(url.to_string()),
        description: Set("The application".to_owned()),
        secret: Set(secret.to_owned()),
        event_types: Set(json!([])),
        disabled: Set(false),
        created_at: Set(now),
        updated_at: Set(now),
    };
    entity::Entity::insert(row)
        .on_conflict(
            OnConflict::column(entity::Column::Id)
                .update_columns([entity::Column::Url, entity::Column::Secret])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Whether an endpoint asked for events of this type.
pub(super) fn wants(endpoint: &WebhookEndpoint, event_type: &str) -> bool {
    let wanted = endpoint.wanted();
    wanted.is_empty() || wanted.contains(&event_type)
}

/// `whsec_` and 24 random bytes, as Svix makes them.
pub(in super::super) fn new_secret() -> String {
    format!("whsec_{}", STANDARD.encode(ids::bytes::<24>()))
}

fn check_url(text: &str) -> Result<String> {
    let url = Url::parse(text.trim()).ok();
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(String::from)
        .ok_or_else(|| {
            let text = "Enter an address that begins with http:// or https://.";
            LocalError::form(422, "form_param_format_invalid", text, "url")
        })
}

/// A name that Clerk has no event of is a slip of the pen: nothing would ever arrive.
fn check_types(event_types: &[String]) -> Result<()> {
    let unknown = event_types
        .iter()
        .find(|one| !EventData::KINDS.contains(&one.as_str()));
    match unknown {
        None => Ok(()),
        Some(one) => {
            let text = format!("Clerk has no event {one}.");
            Err(LocalError::form(
                422,
                "form_param_value_invalid",
                &text,
                "event_types",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_endpoints() {
        assert_eq!(
            check_url(" http://localhost:4000/hooks ").unwrap(),
            "http://localhost:4000/hooks"
        );
        for text in [
            "",
            "localhost:4000",
            "ftp://localhost/",
            "javascript:alert(1)",
            "file:///etc",
        ] {
            assert_eq!(
                check_url(text).unwrap_err().param_name(),
                Some("url"),
                "{text}"
            );
        }
    }
}
