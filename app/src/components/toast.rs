//! Notices: what just happened, at the top of the page.

use leptos::prelude::*;

/// Takes notice and error out of the address bar once they are shown, so that a reload or a
/// bookmark does not show them again.
#[island]
pub fn TidyAddress() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use wasm_bindgen::JsValue;
    use web_sys::Url;

    use crate::browser::window;

    let Some(window) = window() else { return };
    let Ok(url) = window.location().href().and_then(|href| Url::new(&href)) else {
        return;
    };
    let before = url.search();
    let query = url.search_params();
    for key in [
        "notice",
        "rename",
        "undo",
        "__path",
        "__err",
        "kept.name",
        "kept.slug",
        "kept.email",
        "kept.role",
        "kept.confirm",
        "kept.title",
        "kept.description",
        "kept.status",
        "kept.assignee",
        "kept.due",
        "kept.text",
        "kept.body",
        "item",
        "comment",
    ] {
        query.delete(key);
    }
    if url.search() != before
        && let Ok(history) = window.history()
    {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url.href()));
    }
}

#[cfg(feature = "ssr")]
pub use server::{Alert, Toast};

#[cfg(feature = "ssr")]
mod server {
    use leptos::prelude::*;

    use super::TidyAddress;
    use crate::{components::icons, error::AppError, language::texts, notice::Notice};

    /// The notice that the address names, announced politely.
    #[component]
    pub fn Toast(
        /// A form that takes back what the notice tells of.
        #[prop(optional_no_strip)]
        undo: Option<AnyView>,
    ) -> impl IntoView {
        let notice = Notice::of_request();
        view! {
            <div class="toast-region" role="status">
                {notice.map(|notice| view! {
                    <div class="toast">
                        {icons::check()}
                        <p>{notice.text(texts())}</p>
                        {undo}
                    </div>
                })}
            </div>
            <TidyAddress/>
        }
        .into_any()
    }

    /// An error that belongs to no single field.
    #[component]
    pub fn Alert(error: AppError) -> impl IntoView {
        view! {
            <div class="alert" role="alert">
                <p class="alert-title">{error.title(texts())}</p>
                <p>{error.message(texts())}</p>
            </div>
        }
        .into_any()
    }
}
