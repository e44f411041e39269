use serde_json::json;

use super::archive::{Archive, Download};
use crate::{context::RequestContext, error::AppError};

/// Where the form is posted to.
pub const FORM: &str = "/account/export";

/// What the application has about the person who asks: a file of JSON lines for each table, and
/// at the end `manifest.json`.
///
/// # Errors
/// [`AppError::SignedOut`] or [`AppError::Unavailable`].
pub async fn person(context: RequestContext) -> Result<Download, AppError> {
    let session = context.session()?;
    let user = session.user_id().clone();
    let export = context.store.export_person(session).await?;
    tracing::info!(user.id = %user, "export begins");
    let manifest = json!({ "user": user.as_str(), "exported_at": context.clock.now_ms() });
    Ok(Download::of("my-data.zip".to_owned(), |archive| {
        write(export, manifest, archive)
    }))
}

async fn write(
    mut export: store::PersonExport,
    mut manifest: serde_json::Value,
    mut archive: Archive,
) -> Result<(), AppError> {
    let mut next = export.next().await?;
    while let Some((table, mut lines)) = next.take() {
        let mut file = archive.file(&format!("{table}.jsonl")).await?;
        let mut rows = 0;
        loop {
            rows += lines.lines().count();
            file.write(&lines).await?;
            match export.next().await? {
                Some((same, more)) if same == table => lines = more,
                other => {
                    next = other;
                    break;
                }
            }
        }
        file.end().await?;
        manifest["rows"][table] = json!(rows);
    }
    archive.end(&manifest).await
}
