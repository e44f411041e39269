//! `/user/data`: taking one's data along, and deleting one's account.

use clerk::session::Session;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use store::MyOrganization;
use tracing::Instrument as _;

use super::frame;
use crate::{
    components::field::{TextField, error_of},
    context::{RequestContext, request_context},
    error::{AppError, Field, Problem},
    export,
    forms::{Done, Posted, Refusal},
    language::texts,
    notice::Notice,
    pages::{page, select_organization::invalid, settings::settings_of, sign_out},
};

/// The page's path.
pub const DATA: &str = "/user/data";

/// The page.
#[component]
pub fn DataPage() -> impl IntoView {
    page(async {
        let context = request_context()?;
        let session = context.session()?;
        let alone_in = context.store.sole_admin_of(session).await?;
        let confirm = confirmation(&context, session).await?;
        let content = view! { <Content alone_in=alone_in confirm=confirm/> };
        frame(&context, texts().user_data(), content.into_any())
    })
}

#[component]
fn Content(
    /// The organizations that would be left without an admin.
    alone_in: Vec<MyOrganization>,
    /// What has to be typed.
    confirm: String,
) -> impl IntoView {
    let texts = texts();
    let delete = if alone_in.is_empty() {
        view! { <DeleteForm confirm=confirm/> }.into_any()
    } else {
        let links = alone_in
            .into_iter()
            .map(|organization| {
                view! {
                    <li>
                        <a dir="auto" href=settings_of(&organization.slug)>{organization.name}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <p>{texts.user_delete_alone()}</p>
            <ul>{links}</ul>
        }
        .into_any()
    };
    view! {
        <div class="settings">
            <section aria-labelledby="export-title">
                <h2 id="export-title">{texts.user_export()}</h2>
                <p class="page-note">{texts.user_export_about()}</p>
                <form method="post" action=export::PERSON_FORM data-download="">
                    <button class="button" type="submit">{texts.account_download()}</button>
                </form>
            </section>
            <section aria-labelledby="delete-title">
                <h2 id="delete-title">{texts.user_delete()}</h2>
                <p class="page-note">{texts.user_delete_about()}</p>
                {delete}
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn DeleteForm(confirm: String) -> impl IntoView {
    let texts = texts();
    let refusal = Refusal::from_request();
    let error = refusal.of(DeleteAccount::PATH);
    view! {
        <form class="form" method="post" action=DeleteAccount::PATH>
            <TextField
                id="delete-confirm"
                name="confirm"
                label=texts.user_delete_confirm(&confirm)
                value=refusal.kept_for(DeleteAccount::PATH, "confirm")
                error=error_of(error, Field::Email)
            />
            <button class="button button-danger" type="submit">{texts.user_delete_submit()}</button>
        </form>
    }
    .into_any()
}

/// What somebody types to delete their account: their address, or the id of who has none.
async fn confirmation(context: &RequestContext, session: &Session) -> Result<String, AppError> {
    let me = context.store.me(session).await?;
    Ok(me.email.unwrap_or_else(|| session.user_id().to_string()))
}

/// Deletes the person's account at Clerk and here, if `confirm` is their address.
///
/// # Errors
/// [`AppError::LastAdmin`] while an organization would be left without an admin.
#[server(endpoint = "user/delete")]
pub async fn delete_account(confirm: String) -> Result<(), AppError> {
    let outcome = delete(&confirm).await;
    Posted {
        function: DeleteAccount::PATH,
        page: DATA.to_owned(),
        kept: &[("confirm", &confirm)],
    }
    .answer(outcome)
}

async fn delete(confirm: &str) -> Result<Done, AppError> {
    let context = request_context()?;
    let session = context.session()?.clone();
    let wanted = confirmation(&context, &session).await?;
    if !confirm.trim().eq_ignore_ascii_case(&wanted) {
        return Err(invalid(Field::Email, Problem::Mismatch, confirm));
    }
    // To its end, even if the browser is gone by then: what Clerk has deleted has to go here too.
    let at_clerk_and_here = {
        let context = context.clone();
        async move { delete_everywhere(&context, &session).await }
    };
    tokio::spawn(at_clerk_and_here.in_current_span())
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "deleting an account broke off");
            Err(AppError::Internal)
        })?;
    sign_out::forget_session(&context);
    Ok(Done {
        page: "/".to_owned(),
        notice: Some(Notice::AccountDeleted),
    })
}

async fn delete_everywhere(context: &RequestContext, session: &Session) -> Result<(), AppError> {
    let departure = context.store.depart(session).await?;
    if !departure.alone_in().is_empty() {
        return Err(AppError::LastAdmin);
    }
    let user = session.user_id();
    match context.clerk.users().delete(user).await {
        Ok(_) => {}
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error.into()),
    }
    tracing::info!(user.id = %user, "account deleted at Clerk");
    if let Err(error) = departure.finish().await {
        // The webhook about it brings it, or the nightly reconciliation.
        tracing::error!(user.id = %user, %error, "a deleted account is still here");
    }
    Ok(())
}
