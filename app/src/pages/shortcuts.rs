//! `/shortcuts`: the keys that lead somewhere. The key `?` shows the same above any page.

use leptos::prelude::*;
use leptos_meta::Title;
use store::Action;

use crate::{
    components::{
        header::{INSIGHTS, SECTIONS},
        layout::PublicPage,
    },
    context::request_context,
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
        let insights = may_see_insights().await;
        let sections = SECTIONS
            .into_iter()
            .filter(move |(section, ..)| insights || *section != INSIGHTS)
            .map(|(_, name, keys)| (keys, name(texts)));
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

/// Whether the person may open the insights of the organization that they are in. In none they lead
/// nowhere.
async fn may_see_insights() -> bool {
    let Ok(context) = request_context() else {
        return false;
    };
    let active = context.session().ok().and_then(|session| {
        let slug = session.organization()?.slug.clone()?;
        Some((session, slug))
    });
    let Some((session, slug)) = active else {
        return false;
    };
    // Not by way of Clerk: a list of keys troubles nobody.
    let tenant = context.store.enter(session, &slug).await;
    tenant.is_ok_and(|tenant| tenant.can(Action::InsightsRead))
}

fn keys(
    id: &'static str,
    title: String,
    keys: impl IntoIterator<Item = (&'static str, String)>,
) -> AnyView {
    let rows = keys.into_iter().map(|(keys, does)| {
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
