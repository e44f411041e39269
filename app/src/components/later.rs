//! What a menu shows only when somebody opens it.

use leptos::prelude::*;

/// Fills `[data-later-part]` of a `details[data-later]` when that is opened for the first time, with
/// what has the same `data-part` on the page that `data-later` names. When that page can't be had, and
/// without JavaScript, the menu has a link to it.
#[island]
pub fn FillMenus() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    start();
}

#[cfg(feature = "hydrate")]
fn start() {
    use wasm_bindgen_futures::spawn_local;

    use crate::browser::{attribute, complain, fetch_part, find_all, listen};

    for menu in find_all("details[data-later]") {
        let this = menu.clone();
        listen(&menu, "toggle", move |_| {
            let place = this.query_selector("[data-later-part]:not([aria-busy])");
            let Ok(Some(place)) = place else { return };
            let (address, part) = (
                attribute(&this, "data-later"),
                ["[data-part='", &attribute(&place, "data-later-part"), "']"].concat(),
            );
            let _ = place.set_attribute("aria-busy", "true");
            spawn_local(async move {
                match fetch_part(&address, &part).await {
                    Ok(found) => {
                        place.set_inner_html(&found.inner_html());
                        let _ = place.remove_attribute("data-later-part");
                    }
                    Err(error) => complain("A menu could not be filled:", &error),
                }
                let _ = place.remove_attribute("aria-busy");
            });
        });
    }
}
