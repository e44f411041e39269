//! What stands where nothing is yet: a title, one sentence, one thing to do. Never used for an
//! outage: nobody should think that their data is gone.

use leptos::prelude::*;

use crate::components::icons;

/// An empty list, explained. The children are the one primary action, if there is one.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-icon">{icons::folder()}</span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
