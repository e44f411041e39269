//! What is answered with a file, which a server function can't do for a browser: Leptos sends it
//! back to its page.

use app::{
    audit,
    error::AppError,
    export::{self, Download},
    forms::{Posted, accepts_html},
};
use axum::{
    Json, Router,
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderMap, header};

use crate::{pages::Asked, state::AppState};

/// The organization's data, one's own, and the audit log.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(export::ORGANIZATION_FORM, post(organization))
        .route(export::PERSON_FORM, post(person))
        .route(audit::CSV, get(audit_table))
}

async fn organization(Path(slug): Path<String>, Asked { context, request }: Asked) -> Response {
    let page = format!("/app/{}/settings/export", app::redirects::segment(&slug));
    let outcome = export::organization(context, slug).await;
    answer(outcome, request.headers(), export::ORGANIZATION_FORM, page)
}

async fn person(Asked { context, request }: Asked) -> Response {
    let outcome = export::person(context).await;
    answer(
        outcome,
        request.headers(),
        export::PERSON_FORM,
        "/user/data".to_owned(),
    )
}

async fn audit_table(Path(slug): Path<String>, Asked { context, request }: Asked) -> Response {
    let page = format!("/app/{}/settings/audit", app::redirects::segment(&slug));
    let query = request.uri().query().unwrap_or_default();
    let outcome = audit::table(context, slug, query).await;
    answer(outcome, request.headers(), audit::CSV, page)
}

/// The file, or the refusal that leads back to `page`.
fn answer(
    outcome: Result<Download, AppError>,
    headers: &HeaderMap,
    function: &'static str,
    page: String,
) -> Response {
    match outcome {
        Ok(download) => {
            let disposition = format!("attachment; filename=\"{}\"", download.file_name);
            let headers = [
                (header::CONTENT_TYPE, download.media_type.to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (headers, download.body).into_response()
        }
        Err(error) => {
            let posted = Posted {
                function,
                page,
                kept: &[],
            };
            refused(&posted, &error, headers)
        }
    }
}

/// What a form that is no server function answers when it is refused: to a browser its page with
/// the error, to a program status and JSON.
pub fn refused(posted: &Posted<'_>, error: &AppError, headers: &HeaderMap) -> Response {
    tracing::info!(function = posted.function, %error, "form refused");
    match accepts_html(headers) {
        true => Redirect::to(&posted.refused(error)).into_response(),
        false => (error.status(), Json(error)).into_response(),
    }
}
