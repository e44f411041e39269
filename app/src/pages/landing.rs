//! `/`: what this is, and the way in.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{icons, layout::PublicPage, toast::Toast},
    context::request_context,
    language::texts,
    pages::page,
};

/// Three things to know, a picture of the product, one thing to do.
#[component]
pub fn Landing() -> impl IntoView {
    page(async {
        let texts = texts();
        let signed_in = request_context()?.auth.session().is_some();
        let call = if signed_in {
            view! {
                <a class="button button-primary button-large" href="/app">
                    {texts.open_app()} {icons::arrow_right()}
                </a>
            }
            .into_any()
        } else {
            view! {
                <a class="button button-primary button-large" href="/sign-up">
                    {texts.get_started()} {icons::arrow_right()}
                </a>
                <a class="button button-large" href="/sign-in">{texts.sign_in()}</a>
            }
            .into_any()
        };
        Ok(view! {
            <Title text=texts.landing_title()/>
            <PublicPage class="landing" signed_in=signed_in>
                <Toast/>
                <section class="hero">
                    <h1>{texts.landing_headline()}</h1>
                    <p class="lead">{texts.landing_lead()}</p>
                    <p class="actions">{call}</p>
                </section>
                <Picture/>
                <section class="reasons" aria-labelledby="reasons">
                    <h2 id="reasons" class="visually-hidden">{texts.landing_reasons()}</h2>
                    <Reason title=texts.landing_apart() text=texts.landing_apart_text()/>
                    <Reason title=texts.landing_clerk() text=texts.landing_clerk_text()/>
                    <Reason title=texts.landing_fast() text=texts.landing_fast_text()/>
                </section>
            </PublicPage>
        })
    })
}

#[component]
fn Reason(title: String, text: String) -> impl IntoView {
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
    let texts = texts();
    let rows = [
        (
            texts.landing_picture_relaunch(),
            texts.landing_picture_today(),
        ),
        (
            texts.landing_picture_emails(),
            texts.landing_picture_yesterday(),
        ),
        (
            texts.landing_picture_pricing(),
            texts.landing_picture_monday(),
        ),
        (
            texts.landing_picture_export(),
            texts.landing_picture_last_week(),
        ),
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
                <div class="picture-title">{texts.landing_picture_title()}</div>
                {rows.collect_view()}
            </div>
        </div>
    }
    .into_any()
}
