//! `/offline`: what `public/service-worker.js` shows instead of a page that can't be had because there
//! is no network. It stands at the address of that page, so it is tried again by reloading.

use leptos::prelude::*;
use leptos_meta::{Html, Meta, Title};

use crate::{
    components::{header::BareHeader, icons, layout::MAIN},
    context::request_context,
    language::texts,
    preferences::Preferences,
};

/// Its path.
pub const OFFLINE: &str = "/offline";

/// The colours chosen since the page was kept, and the way back as soon as the server answers, which is
/// asked now and then, and at once when the browser says that it has a network.
const SCRIPT: &str = "\
    const theme=/(?:^|; )theme=([a-z]+)/.exec(document.cookie)?.[1];\
    const chosen=document.documentElement.dataset;\
    if(theme==='system')delete chosen.theme;else if(theme)chosen.theme=theme;\
    if(location.pathname!=='/offline'){\
    const ask=()=>fetch('/health/live',{method:'HEAD',cache:'no-store'})\
    .then(answer=>{if(answer.ok)location.reload()},()=>{});\
    addEventListener('online',ask);\
    setInterval(ask,5000)}";

/// The same for everybody but for language and colours: nothing on it is private, and nothing needs
/// more than the style sheet and the typeface.
#[component]
pub fn Offline() -> impl IntoView {
    let texts = texts();
    let nonce = request_context().map(|context| context.nonce.as_str().to_owned());
    let script = nonce
        .ok()
        .map(|nonce| view! { <script nonce=nonce inner_html=SCRIPT></script> });
    let likes = Preferences::of_request();
    view! {
        <Title text=texts.offline_title()/>
        <Meta name="robots" content="noindex"/>
        <Html {..} data-theme=likes.theme.attribute() data-density=likes.density.attribute()/>
        <BareHeader/>
        <main id=MAIN class="public message-page" tabindex="-1">
            <p class="eyebrow">{icons::no_network()}</p>
            <h1>{texts.offline_title()}</h1>
            <p>{texts.offline_title_text()}</p>
            <p class="actions">
                // The address at which this is shown.
                <a class="button button-primary" href="">{texts.error_try_again()}</a>
            </p>
            <p role="status">{texts.offline_waits()}</p>
        </main>
        {script}
    }
    .into_any()
}
