//! The way to a page.

use leptos::prelude::*;

use crate::language::texts;

/// One step of the way.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// What it is called.
    pub name: String,
    /// Its address; not used for the page itself.
    pub href: String,
}

/// Links to what is above, and the page itself last. Nothing for a way of one step: the
/// navigation says that already.
#[component]
pub fn Breadcrumbs(crumbs: Vec<Crumb>) -> impl IntoView {
    let steps = crumbs.len();
    (steps > 1)
        .then(|| {
            let items = crumbs
                .into_iter()
                .enumerate()
                .map(|(step, crumb)| {
                    if step + 1 == steps {
                        view! {
                            <li aria-current="page">
                                <span class="truncate" dir="auto">{crumb.name}</span>
                            </li>
                        }
                        .into_any()
                    } else {
                        view! {
                            <li>
                                <a class="truncate" dir="auto" href=crumb.href>{crumb.name}</a>
                            </li>
                        }
                        .into_any()
                    }
                })
                .collect_view();
            view! {
                <nav class="breadcrumbs" aria-label=texts().breadcrumbs_label()>
                    <ol>{items}</ol>
                </nav>
            }
        })
        .into_any()
}
