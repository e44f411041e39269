//! `/`: what this is, a picture of it, and the way in.

mod picture;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{icons, layout::PublicPage, toast::Toast},
    context::request_context,
    language::texts,
    pages::page,
};

use picture::Picture;

/// What it is, how it looks, what one gets, what the tests hold it to, and one thing to do.
#[component]
pub fn Landing() -> impl IntoView {
    page(async {
        let texts = texts();
        let signed_in = request_context()?.auth.session().is_some();
        Ok(view! {
            <Title text=texts.landing_title()/>
            <PublicPage class="landing" signed_in=signed_in>
                <Toast/>
                <section class="hero">
                    <h1>{texts.landing_headline()}</h1>
                    <p class="lead">{texts.landing_lead()}</p>
                    <WayIn signed_in=signed_in/>
                </section>
                <Picture/>
                <Reasons/>
                <Numbers/>
                <section class="closing">
                    <h2>{texts.landing_closing()}</h2>
                    <p>{texts.landing_closing_text()}</p>
                    <WayIn signed_in=signed_in/>
                </section>
            </PublicPage>
        })
    })
}

/// To sign up or in; for who has done that, on to the application.
#[component]
fn WayIn(signed_in: bool) -> impl IntoView {
    let texts = texts();
    let ways = if signed_in {
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
    view! { <p class="actions">{ways}</p> }.into_any()
}

#[component]
fn Reasons() -> impl IntoView {
    let texts = texts();
    let reasons = [
        (
            icons::shield().into_any(),
            texts.landing_apart(),
            texts.landing_apart_text(),
        ),
        (
            icons::radio().into_any(),
            texts.landing_live(),
            texts.landing_live_text(),
        ),
        (
            icons::zap().into_any(),
            texts.landing_fast(),
            texts.landing_fast_text(),
        ),
        (
            icons::key().into_any(),
            texts.landing_clerk(),
            texts.landing_clerk_text(),
        ),
        (
            icons::command().into_any(),
            texts.landing_keys(),
            texts.landing_keys_text(),
        ),
        (
            icons::scroll().into_any(),
            texts.landing_data(),
            texts.landing_data_text(),
        ),
    ];
    let reasons = reasons.map(|(icon, title, text)| {
        view! {
            <div class="reason">
                {icon}
                <h3>{title}</h3>
                <p>{text}</p>
            </div>
        }
    });
    view! {
        <section aria-labelledby="reasons">
            <h2 id="reasons" class="visually-hidden">{texts.landing_reasons()}</h2>
            <div class="reasons">{reasons.collect_view()}</div>
        </section>
    }
    .into_any()
}

/// What a page may cost at most: `end2end/tests/budget.spec.ts` and `every_state.spec.ts` hold it
/// to each of these.
#[component]
fn Numbers() -> impl IntoView {
    let texts = texts();
    let numbers = [
        (texts.landing_code_most(), texts.landing_code()),
        (texts.landing_usable_most(), texts.landing_usable()),
        (texts.landing_barriers_most(), texts.landing_barriers()),
        (texts.landing_scripts_most(), texts.landing_scripts()),
    ];
    let numbers = numbers.map(|(number, what)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd>{number}</dd>
            </div>
        }
    });
    view! {
        <section aria-labelledby="numbers">
            <h2 id="numbers">{texts.landing_numbers()}</h2>
            <dl class="numbers">{numbers.collect_view()}</dl>
        </section>
    }
    .into_any()
}
