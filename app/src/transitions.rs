//! Short cross-fades from one page to the next, as `style/motion.css` says.

use leptos::prelude::*;

/// Keeps transitions that are skipped, because the tab is hidden or the next page is asked for
/// already, from being reported as errors that nobody caught. Has to be read before the page is
/// first shown, so it is no module.
#[component]
pub fn Transitions(#[prop(into)] nonce: String) -> impl IntoView {
    view! { <script nonce=nonce inner_html=SCRIPT></script> }
}

const SCRIPT: &str = "for(const shown of['pageswap','pagereveal'])\
    addEventListener(shown,({viewTransition:it})=>\
    [it?.ready,it?.finished].map(end=>end?.catch(()=>0)));";
