//! The log as a table for other programs, written while it is sent.

use std::io;

use axum::body::{Body, Bytes};
use csv::Writer;
use futures_util::stream;
use store::{Action, AuditActor, AuditEntry, AuditFilter};

use super::{address::Address, audit_of};
use crate::{
    components::time::iso, context::RequestContext, error::AppError, export::Download, redirects,
};

/// Where it is; `{slug}` stands for the organization's. It takes the page's filter as its query.
pub const CSV: &str = "/app/{slug}/settings/audit.csv";

const HEADER: [&str; 11] = [
    "number",
    "time",
    "actor_kind",
    "actor_id",
    "action",
    "target_kind",
    "target_id",
    "before",
    "after",
    "ip",
    "user_agent",
];

/// The address of the table with the entries that the page shows.
pub fn csv_of(address: &Address) -> String {
    let path = format!("{}.csv", audit_of(&address.slug));
    redirects::with_query(&path, &address.pairs())
}

/// The entries that the query asks for, newest first.
///
/// # Errors
/// As [`RequestContext::tenant`], and [`AppError::Forbidden`].
pub async fn table(
    context: RequestContext,
    slug: String,
    query: &str,
) -> Result<Download, AppError> {
    let address = Address::parse(slug, query);
    let tenant = context.tenant(&address.slug).await?;
    if !tenant.can(Action::AuditRead) {
        return Err(AppError::Forbidden);
    }
    drop(tenant);
    let reader = Reader {
        context,
        slug: address.slug.clone(),
        filter: address.filter(),
        place: Place::Header,
    };
    Ok(Download {
        file_name: "audit.csv".to_owned(),
        media_type: "text/csv; charset=utf-8",
        body: Body::from_stream(stream::try_unfold(reader, Reader::next)),
    })
}

/// What is left to write.
struct Reader {
    context: RequestContext,
    slug: String,
    filter: AuditFilter,
    place: Place,
}

enum Place {
    Header,
    /// Entries before this number, if one is given.
    Before(Option<i64>),
    End,
}

impl Reader {
    /// The next lines. A scope for each page: who is removed meanwhile gets no more.
    async fn next(mut self) -> io::Result<Option<(Bytes, Self)>> {
        let lines = match self.place {
            Place::Header => {
                self.place = Place::Before(None);
                lines([HEADER.map(str::to_owned)])
            }
            Place::Before(before) => {
                let tenant = self
                    .context
                    .tenant(&self.slug)
                    .await
                    .map_err(io::Error::other)?;
                let page = tenant.audit_log().page(&self.filter, before).await;
                let page = page.map_err(io::Error::other)?;
                self.place = match page.next {
                    Some(next) => Place::Before(Some(next)),
                    None => Place::End,
                };
                lines(page.entries.into_iter().map(fields))
            }
            Place::End => return Ok(None),
        };
        Ok(Some((lines?, self)))
    }
}

fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> io::Result<Bytes> {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(harmless))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(bytes.into())
}

fn fields(entry: AuditEntry) -> [String; HEADER.len()] {
    let (kind, actor) = match entry.actor {
        AuditActor::Person(id) => ("person", id.to_string()),
        AuditActor::System => ("system", String::new()),
    };
    let json = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
    [
        entry.seq.to_string(),
        iso(entry.at),
        kind.to_owned(),
        actor,
        entry.action,
        entry.target_kind,
        entry.target_id,
        json(entry.before).unwrap_or_default(),
        json(entry.after).unwrap_or_default(),
        entry.ip.map(|ip| ip.to_string()).unwrap_or_default(),
        entry.user_agent.unwrap_or_default(),
    ]
}

/// What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
/// injection).
fn harmless(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula_and_quotes_are_kept() {
        let row = ["=1+1", "@x", "a,\"b\"", "{\"a\":1}"].map(str::to_owned);
        let bytes = lines([row]).unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(text, "'=1+1,'@x,\"a,\"\"b\"\"\",\"{\"\"a\"\":1}\"\n");
    }
}
