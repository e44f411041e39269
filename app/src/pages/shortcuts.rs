//! `/shortcuts`: the keys that lead somewhere. The key `?` shows the same above any page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{header::SECTIONS, layout::PublicPage},
    language::texts,
    pages::page,
};

/// The page's path.
pub const SHORTCUTS: &str = "/shortcuts";

/// The page. The sheet is what stands in `[data-sheet-part]`.
#[component]
pub fn Shortcuts() -> impl IntoView {
    page(async {
        let texts = texts();
        let anywhere = [
            ("Ctrl K", texts.shortcuts_palette()),
            ("/", texts.shortcuts_search()),
            ("c", texts.shortcuts_create()),
            ("?", texts.shortcuts_sheet()),
            ("Esc", texts.shortcuts_close()),
        ];
        let sections = SECTIONS.map(|(_, name, keys)| (keys, name(texts)));
        let board = [
            ("Space", texts.shortcuts_grab()),
            ("← ↑ ↓ →", texts.shortcuts_move()),
        ];
        Ok(view! {
            <Title text=texts.shortcuts_title()/>
            <PublicPage>
                <section data-sheet-part="" aria-labelledby="shortcuts-title">
                    <div class="page-head">
                        <h1 id="shortcuts-title">{texts.shortcuts_title()}</h1>
                        // In the sheet alone: the page has nothing to close.
                        <form method="dialog" class="sheet-close">
                            <button class="button" type="submit">{texts.shortcuts_done()}</button>
                        </form>
                    </div>
                    <p class="page-note">{texts.shortcuts_about()}</p>
                    <div class="shortcuts">
                        {keys("keys-anywhere", texts.shortcuts_anywhere(), anywhere)}
                        {keys("keys-go", texts.go_to(), sections)}
                        {keys("keys-board", texts.shortcuts_board(), board)}
                    </div>
                </section>
            </PublicPage>
        })
    })
}

fn keys<const N: usize>(
    id: &'static str,
    title: String,
    keys: [(&'static str, String); N],
) -> AnyView {
    let rows = keys.map(|(keys, does)| {
        let keys = keys
            .split(' ')
            .map(|key| view! { <kbd>{key}</kbd> " " })
            .collect_view();
        view! {
            <div>
                <dt>{keys}</dt>
                <dd>{does}</dd>
            </div>
        }
    });
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <dl>{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}
