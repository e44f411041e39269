use serde_json::json;
use store::{Action, ExportPiece, ExportPlace};

use super::{
    archive::{Archive, Download},
    progress::Progress,
};
use crate::{context::RequestContext, error::AppError, redirects};

/// Where the form is posted to; `{slug}` stands for the organization's.
pub const FORM: &str = "/app/{slug}/export";

/// The address of an organization's form.
pub fn form(slug: &str) -> String {
    FORM.replace("{slug}", &redirects::segment(slug))
}

/// Everything of the organization `slug`: a file of JSON lines for each table, and at the end
/// `manifest.json`, which says what there should be.
///
/// # Errors
/// As [`RequestContext::tenant_for`]; nobody but admins may.
pub async fn organization(context: RequestContext, slug: String) -> Result<Download, AppError> {
    // Counted first, where nobody waits for it: to note an export locks the audit log.
    let total = context.tenant(&slug).await?.export_rows().await?;
    let tenant = context
        .tenant_for(&slug, Action::OrganizationExport)
        .await?;
    let organization = tenant.organization().clone();
    let user = tenant.membership().user_id.clone();
    tenant.note_export().await?;
    tenant.commit().await?;
    let now = context.clock.now_ms();
    let progress = context
        .exports
        .begin(organization.id.clone(), user, total, now);
    tracing::info!(organization.id = %organization.id, "export begins");
    let name: String = organization
        .slug
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Ok(Download::of(format!("{name}.zip"), move |archive| {
        let about = json!({
            "organization": {
                "id": organization.id.as_str(),
                "slug": organization.slug,
                "name": organization.name,
            },
            "exported_at": now,
        });
        write(context, slug, about, archive, progress)
    }))
}

async fn write(
    context: RequestContext,
    slug: String,
    mut manifest: serde_json::Value,
    mut archive: Archive,
    progress: Progress,
) -> Result<(), AppError> {
    // A scope for each piece: who is removed meanwhile gets no more.
    let read = async |place: &ExportPlace| -> Result<ExportPiece, AppError> {
        let tenant = context.tenant(&slug).await?;
        Ok(tenant.export_piece(place).await?)
    };
    let mut next = Some(read(&ExportPlace::default()).await?);
    while let Some(mut piece) = next.take() {
        let table = piece.table;
        let mut file = archive.file(&format!("{table}.jsonl")).await?;
        let mut rows = 0;
        loop {
            file.write(&piece.lines).await?;
            rows += piece.rows;
            progress.add(piece.rows);
            let Some(place) = piece.next else { break };
            piece = read(&place).await?;
            if piece.table != table {
                next = Some(piece);
                break;
            }
        }
        file.end().await?;
        manifest["rows"][table] = json!(rows);
    }
    archive.end(&manifest).await?;
    progress.end();
    Ok(())
}
