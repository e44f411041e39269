//! The command palette: a dialog on ⌘K or Ctrl-K with one field, and below it where it leads.
//!
//! What can be chosen is the page `/app/{slug}/go` (`pages/go`), fetched when the palette opens and
//! anew for what is typed; the island makes a listbox of its links and buttons. Without JavaScript
//! there is no palette; navigation and search lead to the same places.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod answers;

/// Opens `dialog[data-palette]` and lets it be used by keyboard.
#[island]
pub fn PaletteKeys() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    answers::start();
}

#[cfg(feature = "ssr")]
pub use server::Palette;

#[cfg(feature = "ssr")]
mod server {
    use leptos::prelude::*;

    use super::PaletteKeys;
    use crate::{
        language::texts,
        pages::{
            app_home::projects_of,
            go::{NEW_PROJECT, go_of},
        },
    };

    /// The palette of the organization `slug`, closed and empty.
    #[component]
    pub fn Palette(slug: String) -> impl IntoView {
        let texts = texts();
        let address = go_of(&slug);
        let create = format!("{}#{NEW_PROJECT}", projects_of(&slug));
        view! {
            <dialog
                class="dialog palette"
                data-palette=address
                data-unreachable=texts.go_unreachable()
                aria-label=texts.go_title()
            >
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    aria-label=texts.go_field()
                    aria-expanded="true"
                    aria-controls="palette-options"
                    aria-autocomplete="list"
                    autocomplete="off"
                    placeholder=texts.go_field_placeholder()
                />
                <div id="palette-options" role="listbox" aria-label=texts.go_title()></div>
                <p class="hint" role="status"></p>
            </dialog>
            // For the key `c` where a page has nothing to create by itself.
            <a hidden=true data-key="c" href=create></a>
            <PaletteKeys/>
        }
        .into_any()
    }
}
