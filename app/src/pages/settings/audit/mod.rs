//! `/app/{slug}/settings/audit`: who changed what, when and from where, to look through and to
//! take along. The address holds the filter and the place in the list.

mod address;
pub mod csv;
mod entry;
mod filter;

use leptos::prelude::*;
use store::{AuditActor, AuditPage};

use super::settings_of;
use crate::{
    components::{empty_state::EmptyState, header::Crumb, pagination::Pagination},
    context::request_context,
    language::texts,
    pages::{members::ToChoose, organization::Frame, page, slug_of_address, task::people::People},
};
use address::Address;
use filter::FilterForm;

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let slug = slug_of_address();
    page(async move {
        let context = request_context()?;
        let mut address = Address::of_request(slug);
        let tenant = context.tenant(&address.slug).await?;
        let members = ToChoose::of(&tenant).await?;
        address.look_for(members.only());
        let filter = address.filter();
        let log = tenant.audit_log().page(&filter, address.before).await?;
        let actors = log.entries.iter().filter_map(|entry| match &entry.actor {
            AuditActor::Person(id) => Some(id.clone()),
            AuditActor::System => None,
        });
        let actors = actors.chain(address.user());
        let data = Data {
            people: People::new(tenant.tasks().people(actors).await?),
            members,
            address,
            log,
        };
        let frame = Frame::of(&tenant);
        drop(tenant);
        let title = texts().audit_title();
        let above = [Crumb {
            name: texts().settings_title(),
            href: settings_of(&frame.organization.slug),
        }];
        let content = content(data);
        frame.page_below(&above, &title, content).await
    })
}

/// The address of an organization's audit log.
pub fn audit_of(slug: &str) -> String {
    format!("{}/audit", settings_of(slug))
}

/// What the page shows, read in one scope.
struct Data {
    address: Address,
    log: AuditPage,
    people: People,
    /// Whose entries can be asked for.
    members: ToChoose,
}

fn content(data: Data) -> AnyView {
    let texts = texts();
    let address = &data.address;
    let newest = address.before.is_some().then(|| address.at(None));
    let older = data.log.next.map(|next| address.at(Some(next)));
    let entries = data
        .log
        .entries
        .iter()
        .map(|entry| entry::row(entry, &data.people))
        .collect_view();
    let list = if data.log.entries.is_empty() {
        let (title, text) = (texts.audit_none(), texts.audit_none_text());
        view! { <EmptyState title=title text=text/> }.into_any()
    } else {
        view! { <ol class="rows audit">{entries}</ol> }.into_any()
    };
    view! {
        <div class="page-head">
            <h1>{texts.audit_title()}</h1>
            <a class="button" href=csv::csv_of(address)>{texts.audit_download()}</a>
        </div>
        <FilterForm address=address members=&data.members people=&data.people/>
        {list}
        <Pagination newest=newest older=older/>
    }
    .into_any()
}
