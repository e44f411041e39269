//! `/`: what this is, and the way in.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{icons, layout::PublicPage},
    context::request_context,
    pages::page,
};

/// Three things to know, a picture of the product, one thing to do.
#[component]
pub fn Landing() -> impl IntoView {
    page(async {
        let signed_in = request_context()?.auth.session().is_some();
        let call = if signed_in {
            view! {
                <a class="button button-primary button-large" href="/app">
                    "Open app" {icons::arrow_right()}
                </a>
            }
            .into_any()
        } else {
            view! {
                <a class="button button-primary button-large" href="/sign-up">
                    "Get started" {icons::arrow_right()}
                </a>
                <a class="button button-large" href="/sign-in">"Sign in"</a>
            }
            .into_any()
        };
        Ok(view! {
            <Title text="Projects, kept apart"/>
            <PublicPage class="landing" signed_in=signed_in>
                <section class="hero">
                    <h1>"One home for every organization you work with."</h1>
                    <p class="lead">
                        "Tenantry keeps each organization’s projects in a room of its own. \
                         You switch with a click; nothing ever crosses the hall."
                    </p>
                    <p class="actions">{call}</p>
                </section>
                <Picture/>
                <section class="reasons" aria-labelledby="reasons">
                    <h2 id="reasons" class="visually-hidden">"Why Tenantry"</h2>
                    <Reason
                        title="Kept apart, provably"
                        text="An organization’s rows can be read only with a membership that was \
                              checked in the same request, and the database itself agrees."
                    />
                    <Reason
                        title="Sign-in by Clerk"
                        text="Accounts, sessions, organizations and roles come from Clerk, in \
                              development from a local instance that needs no account."
                    />
                    <Reason
                        title="Fast, and fine without scripts"
                        text="Pages arrive complete from the server. Links are links, forms are \
                              forms; a few small islands of WebAssembly add the manners."
                    />
                </section>
            </PublicPage>
        })
    })
}

#[component]
fn Reason(title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class="reason">
            <h3>{title}</h3>
            <p>{text}</p>
        </div>
    }
    .into_any()
}

/// A small picture of the product, drawn in HTML. Decoration: it says nothing that the text
/// does not.
#[component]
fn Picture() -> impl IntoView {
    let rows = [
        ("Website relaunch", "Today"),
        ("Onboarding emails", "Yesterday"),
        ("Pricing experiment", "Monday"),
        ("Data export", "Last week"),
    ]
    .map(|(name, when)| {
        view! {
            <div class="picture-row">
                {icons::folder()}
                <span>{name}</span>
                <span class="picture-when">{when}</span>
            </div>
        }
    });
    view! {
        <div class="picture" aria-hidden="true">
            <div class="picture-side">
                <span class="avatar">"A"</span>
                <span class="avatar">"G"</span>
                <span class="avatar avatar-add">"+"</span>
            </div>
            <div class="picture-main">
                <div class="picture-title">"Acme / Projects"</div>
                {rows.collect_view()}
            </div>
        </div>
    }
    .into_any()
}
