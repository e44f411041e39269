//! Forms that are answered with a file, which a server function can't do for a browser: Leptos
//! sends it back to its page.

use app::{
    error::AppError,
    export::{self, Download},
    forms::{Posted, accepts_html},
};
use axum::{
    Json, Router,
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
    routing::post,
};
use http::{HeaderMap, header};

use crate::{pages::Asked, state::AppState};

/// The organization's data, and one's own.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(export::ORGANIZATION_FORM, post(organization))
        .route(export::PERSON_FORM, post(person))
}

async fn organization(Path(slug): Path<String>, Asked { context, request }: Asked) -> Response {
    let page = format!("/app/{}/settings", app::redirects::segment(&slug));
    let outcome = export::organization(context, slug).await;
    answer(outcome, request.headers(), export::ORGANIZATION_FORM, page)
}

async fn person(Asked { context, request }: Asked) -> Response {
    let outcome = export::person(context).await;
    answer(
        outcome,
        request.headers(),
        export::PERSON_FORM,
        "/app".to_owned(),
    )
}

/// The file; or, for a browser, `page` with the error, and for a program status and JSON.
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
                (header::CONTENT_TYPE, "application/zip".to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (headers, download.body).into_response()
        }
        Err(error) => {
            tracing::info!(function, %error, "export refused");
            match accepts_html(headers) {
                true => {
                    let posted = Posted {
                        function,
                        page,
                        kept: &[],
                    };
                    Redirect::to(&posted.refused(&error)).into_response()
                }
                false => (error.status(), Json(error)).into_response(),
            }
        }
    }
}
