//! `/sign-up`: Clerk's own component.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    clerk::SignUp,
    components::layout::PublicPage,
    language::texts,
    pages::{page, sign_in::visitor},
};

/// Makes an account and goes on to `?redirect_url=`.
#[component]
pub fn SignUpPage() -> impl IntoView {
    page(async {
        let Some((context, then)) = visitor()? else {
            return Ok(().into_any());
        };
        let title = texts().sign_up_title();
        Ok(view! {
            <Title text=title.clone()/>
            <PublicPage class="auth-page">
                <h1 class="visually-hidden">{title}</h1>
                <SignUp config=&context.config then=then/>
            </PublicPage>
        }
        .into_any())
    })
}
