//! `/app/{slug}/settings/export`: taking the organization's data along, and how far that is.

use http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::{Action, OrganizationView};

use super::settings_of;
use crate::{
    components::{
        download::DownloadWatch,
        header::Crumb,
        toast::{Alert, Toast},
    },
    context::request_context,
    error::AppError,
    export::{self, Export, State},
    forms::Refusal,
    language::texts,
    pages::{organization::Frame, page, slug_of_address},
};

/// Seconds until a page without JavaScript looks again.
const AGAIN: &str = "2";

/// The page.
#[component]
pub fn ExportPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let tenant = context.tenant(&slug).await?;
        if !tenant.can(Action::OrganizationExport) {
            return Err(AppError::Forbidden);
        }
        let frame = Frame::of(&tenant);
        let organization = &frame.organization;
        let user = &tenant.membership().user_id;
        let latest = context.exports.latest(&organization.id, user);
        drop(tenant);
        let title = texts().export_title();
        let content = view! { <Content organization=organization latest=latest/> }.into_any();
        let above = [Crumb {
            name: texts().settings_title(),
            href: settings_of(&organization.slug),
        }];
        frame.page_below(&above, &title, content).await
    })
}

/// The address of the page.
pub fn export_of(slug: &str) -> String {
    format!("{}/export", settings_of(slug))
}

#[component]
fn Content<'a>(
    organization: &'a OrganizationView,
    latest: Option<Export>,
) -> impl IntoView + use<> {
    let texts = texts();
    let refusal = Refusal::from_request();
    let here = export_of(&organization.slug);
    let running = latest.filter(|export| export.state == State::Running);
    if running.is_some()
        && let Some(response) = use_context::<ResponseOptions>()
    {
        let refresh = HeaderName::from_static("refresh");
        response.insert_header(refresh, HeaderValue::from_static(AGAIN));
    }
    let outcome = latest.and_then(|export| match export.state {
        State::Running => None,
        State::Done => Some(texts.export_done(export.rows)),
        State::Broken => Some(texts.export_broken(export.rows)),
    });
    // The number of the export that ended last, for the island.
    let ended = latest.map_or_else(String::new, |export| match export.state {
        State::Running => String::new(),
        State::Done | State::Broken => export.number.to_string(),
    });
    view! {
        <Toast/>
        {refusal.general().cloned().map(|error| view! { <Alert error=error/> })}
        <div class="page-head">
            <h1>{texts.export_title()}</h1>
        </div>
        <div class="settings">
            <p class="page-note">{texts.export_about()}</p>
            <form method="post" action=export::organization_form(&organization.slug) data-download="watch">
                <button class="button button-primary" type="submit">{texts.export_download()}</button>
            </form>
            <div data-download-part="progress">
                {running.map(|export| view! {
                    <div class="field">
                        <label for="export-progress">
                            {texts.export_running(export.rows, export.total)}
                        </label>
                        <progress
                            id="export-progress"
                            max=export.total.max(1).to_string()
                            value=export.rows.to_string()
                        ></progress>
                    </div>
                })}
            </div>
            <p role="status" data-download-part="outcome" data-ended=ended>{outcome}</p>
            <noscript>
                <p><a href=here>{texts.export_look()}</a></p>
            </noscript>
        </div>
        <DownloadWatch/>
    }
    .into_any()
}
