//! What could be better, in plain words, each with one way to do something about it.

use clerk::{api::ListOrganizationInvitations, ids::OrganizationId};
use leptos::prelude::*;
use store::{Attention, QUIET_DAYS, Spot};

use crate::{
    components::empty_state::EmptyState,
    context::RequestContext,
    language::texts,
    pages::{members::members_of, project::address::project_of},
    redirects,
};

/// After how many days without an answer an invitation is stale.
const STALE_DAYS: i64 = 7;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The most invitations that are asked for: Clerk's largest page.
const MOST: u32 = 500;

/// What Clerk says about invitations.
pub enum Invitations {
    /// So many have waited for more than [`STALE_DAYS`] days.
    Stale(usize),
    /// It does not answer.
    Unknown,
    /// The reader may not see them.
    NotOurs,
}

impl Invitations {
    /// Asks Clerk.
    pub async fn ask(context: &RequestContext, organization: &OrganizationId, now: i64) -> Self {
        let pending = ListOrganizationInvitations {
            status: vec!["pending".to_owned()],
            limit: Some(MOST),
            ..ListOrganizationInvitations::default()
        };
        let organizations = context.clerk.organizations();
        match organizations.list_invitations(organization, &pending).await {
            Ok(page) => {
                let stale = page.data.iter();
                let before = now - STALE_DAYS * DAY_MS;
                Self::Stale(
                    stale
                        .filter(|invitation| invitation.created_at < before)
                        .count(),
                )
            }
            Err(error) => {
                tracing::warn!(%error, "Clerk does not tell about invitations");
                Self::Unknown
            }
        }
    }
}

/// One suggestion: what is the matter, what to do, and where.
struct Suggestion {
    text: String,
    action: String,
    href: String,
}

/// The suggestions, the most urgent first.
pub fn suggestions(slug: &str, attention: &Attention, invitations: &Invitations) -> AnyView {
    let texts = texts();
    let all = of(slug, attention, invitations);
    let unknown = matches!(invitations, Invitations::Unknown).then(
        || view! { <p class="page-note" role="note">{texts.suggestions_no_invitations()}</p> },
    );
    let list = if all.is_empty() {
        let (title, text) = (texts.suggestions_none(), texts.suggestions_none_text());
        view! { <EmptyState title=title text=text/> }.into_any()
    } else {
        let rows = all
            .into_iter()
            .map(|suggestion| {
                view! {
                    <li class="suggestion">
                        <p dir="auto">{suggestion.text}</p>
                        <a class="button" href=suggestion.href>{suggestion.action}</a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="suggestions">{rows}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="suggestions">
            <h2 id="suggestions">{texts.suggestions_title()}</h2>
            {unknown}
            {list}
        </section>
    }
    .into_any()
}

fn of(slug: &str, attention: &Attention, invitations: &Invitations) -> Vec<Suggestion> {
    let texts = texts();
    let members = members_of(slug);
    let mut all = Vec::new();
    // An admin who is the only member is alone in everything.
    if attention.admins == 1 && attention.members > 1 {
        all.push(Suggestion {
            text: texts.suggestion_alone(),
            action: texts.suggestion_alone_action(),
            href: members.clone(),
        });
    }
    if let Some(spot) = &attention.overdue {
        all.push(Suggestion {
            text: texts.suggestion_overdue(spot.count, &spot.name),
            action: texts.suggestion_overdue_action(),
            href: list_of(slug, spot, ("due", "overdue")),
        });
    }
    if let Invitations::Stale(count @ 1..) = invitations {
        all.push(Suggestion {
            text: texts.suggestion_stale(*count, STALE_DAYS),
            action: texts.suggestion_stale_action(),
            href: format!("{members}#invitations"),
        });
    }
    if let Some(spot) = &attention.unassigned {
        all.push(Suggestion {
            text: texts.suggestion_unassigned(spot.count, &spot.name),
            action: texts.suggestion_unassigned_action(),
            href: list_of(slug, spot, ("assignee", "nobody")),
        });
    }
    if attention.idle > 0 {
        all.push(Suggestion {
            text: texts.suggestion_idle(attention.idle, QUIET_DAYS),
            action: texts.suggestion_idle_action(),
            href: members,
        });
    }
    if let Some(spot) = &attention.quiet {
        all.push(Suggestion {
            text: texts.suggestion_quiet(spot.count, &spot.name, QUIET_DAYS),
            action: texts.suggestion_quiet_action(),
            href: project_of(slug, &spot.project.to_string()),
        });
    }
    all
}

/// The project's list with one filter.
fn list_of(slug: &str, spot: &Spot, filter: (&str, &str)) -> String {
    let project = project_of(slug, &spot.project.to_string());
    redirects::with_query(&project, &[("view", "list"), filter])
}
