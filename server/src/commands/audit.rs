//! `tenantry audit verify`: walks the audit log of every organization and says whether it is what
//! was written.

use std::fmt::Write as _;

use clerk::{clock::SystemClock, ids::OrganizationId};
use store::{AuditVerdict, Store};

use crate::{
    config::Config,
    start::{self, StartError},
};

/// Prints a line for each organization: its id, how many entries hold, the hash of the last of
/// them, and what is wrong. A hash noted elsewhere shows later whether the whole log was made anew.
///
/// # Errors
/// [`StartError::Tampered`] when a log is not what was written, after all were walked; or when the
/// database cannot be read.
pub async fn verify(config: &Config) -> Result<(), StartError> {
    let store = start::open_store(config, SystemClock::shared()).await?;
    let mut faults = 0;
    verify_all(&store, |organization, verdict| {
        println!("{}", line(organization, verdict));
        faults += usize::from(verdict.fault.is_some());
    })
    .await?;
    match faults {
        0 => Ok(()),
        faults => Err(StartError::Tampered(faults)),
    }
}

async fn verify_all(
    store: &Store,
    mut tell: impl FnMut(&OrganizationId, &AuditVerdict),
) -> Result<(), StartError> {
    let survey = store.survey("audit verification");
    let mut after = None;
    loop {
        let page = survey.organizations(after.as_ref()).await?;
        for organization in &page {
            let verdict = store.verify_audit(&organization.id).await?;
            tell(&organization.id, &verdict);
        }
        match page.into_iter().last() {
            Some(last) => after = Some(last.id),
            None => return Ok(()),
        }
    }
}

fn line(organization: &OrganizationId, verdict: &AuditVerdict) -> String {
    let mut head = String::new();
    for byte in verdict.head {
        let _ = write!(head, "{byte:02x}");
    }
    let state = verdict
        .fault
        .map_or_else(|| "ok".to_owned(), |fault| fault.to_string());
    format!(
        "{organization}  {} entries  {head}  {state}",
        verdict.entries
    )
}
