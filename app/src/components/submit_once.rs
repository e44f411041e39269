//! One press, one request.

use leptos::prelude::*;

/// Marks a form as busy while it is being sent and stops a second press. The server is protected
/// by request ids all the same. A form that is answered with a file (`data-download`) leaves its page
/// where it is, so nothing would say that it is busy no more: those are left alone.
#[island]
pub fn SubmitOnce() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use crate::browser::{document, find_all, listen, origin_of, window};

    const BUSY: &str = "aria-busy";
    let (Some(window), Some(document)) = (window(), document()) else {
        return;
    };
    listen(&document, "submit", |event| {
        let Some(form) = origin_of(&event, "form[method=post]:not([data-download])") else {
            return;
        };
        if form.has_attribute(BUSY) {
            event.prevent_default();
        } else if !event.default_prevented() {
            let _ = form.set_attribute(BUSY, "true");
        }
    });
    // A page that comes back from the history is not busy any more.
    listen(&window, "pageshow", |_| {
        for form in find_all("form[aria-busy]") {
            let _ = form.remove_attribute(BUSY);
        }
    });
}
