//! `/sign-up`: Clerk's own component.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    clerk::SignUp,
    components::layout::PublicPage,
    pages::{page, sign_in::visitor},
};

/// Makes an account and goes on to `?redirect_url=`.
#[component]
pub fn SignUpPage() -> impl IntoView {
    page(async {
        let Some((context, then)) = visitor()? else {
            return Ok(().into_any());
        };
        Ok(view! {
            <Title text="Create your account"/>
            <PublicPage class="auth-page">
                <h1 class="visually-hidden">"Create your account"</h1>
                <SignUp config=&context.config then=then/>
            </PublicPage>
        }
        .into_any())
    })
}
