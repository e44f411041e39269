//! `/v1/me`: the signed-in person.

use axum::{
    Router,
    response::Response,
    routing::{get, patch},
};

use super::context::BrowserContext;
use crate::{
    LocalState,
    error::{LocalError, Result},
    flows::sign_up::name_or_none,
    shapes,
    state::{MetadataMode, User, UserChanges},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/me", get(read).patch(update).delete(remove))
        .route("/v1/me/metadata", patch(update_metadata))
}

async fn read(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    answer(&context, &user).await
}

/// Parameters of attributes that are not enabled in this instance.
const DISABLED: [&str; 3] = [
    "username",
    "primary_phone_number_id",
    "primary_web3_wallet_id",
];

/// Changes names and the primary address; an empty name clears it, an absent one stays. Metadata
/// given here (as older clients do) replaces what is stored.
async fn update(context: BrowserContext) -> Result<Response> {
    let primary = context.form.text("primary_email_address_id");
    let user = match primary {
        Some(_) => context.verified_user().await?,
        None => context.user().await?,
    };
    let name = |param: &str| {
        let given = context.form.get(param);
        given.map(|name| name_or_none(name, param)).transpose()
    };
    let given = |param: &&&str| context.form.text(param).is_some();
    if let Some(param) = DISABLED.iter().find(given) {
        let text = format!("{param} is not a valid parameter for this request.");
        return Err(LocalError::form(422, "form_param_unknown", &text, param));
    }
    let changes = UserChanges {
        primary_email_address_id: primary.map(str::to_owned),
        unsafe_metadata: context.form.json_object("unsafe_metadata")?,
        first_name: name("first_name")?,
        last_name: name("last_name")?,
        ..UserChanges::default()
    };
    let user = context.state.update_user(&user.id, changes).await?;
    answer(&context, &user).await
}

/// Merges into the metadata that the person's own pages may write; null removes a member.
async fn update_metadata(context: BrowserContext) -> Result<Response> {
    let user = context.user().await?;
    let changes = UserChanges {
        unsafe_metadata: context.form.json_object("unsafe_metadata")?,
        metadata_mode: MetadataMode::Merge,
        ..UserChanges::default()
    };
    let user = context.state.update_user(&user.id, changes).await?;
    answer(&context, &user).await
}

/// Deletes the account; all its sessions end.
async fn remove(context: BrowserContext) -> Result<Response> {
    let user = context.verified_user().await?;
    if !user.may_delete_self() {
        let text = "The user is not allowed to delete the own account.";
        return Err(LocalError::api(403, "user_delete_self_not_enabled", text));
    }
    context.state.delete_user(&user.id).await?;
    context.respond(shapes::deleted("user", &user.id)).await
}

/// The person as the answer to a request that may have changed them.
pub(super) async fn answer(context: &BrowserContext, user: &User) -> Result<Response> {
    let memberships = context.state.memberships_of_user(&user.id).await?;
    let body = shapes::browser::user(user, &memberships, context.state.options());
    context.respond(body).await
}
