//! Loads Clerk's browser client and mounts its component.

use leptos::prelude::*;

/// Mounts the component that the page's `[data-clerk]` element asks for.
///
/// The scripts need no nonce of their own: a script that has one creates them, which
/// `'strict-dynamic'` allows.
#[island]
pub fn ClerkMount() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(place) = crate::browser::find("[data-clerk]") {
        leptos::task::spawn_local(browser::run(place));
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Function, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Element, HtmlScriptElement};

    use crate::browser::{attribute, complain, document, find, window};

    pub async fn run(place: Element) {
        let outcome = mount(&place).await;
        if let Some(skeleton) = find("[data-clerk-skeleton]") {
            skeleton.remove();
        }
        if let Err(error) = outcome {
            complain("Clerk's component could not be loaded:", &error);
            if let Some(message) = find("[data-clerk-failed]") {
                let _ = message.remove_attribute("hidden");
            }
        }
    }

    async fn mount(place: &Element) -> Result<(), JsValue> {
        let proxy = attribute(place, "data-proxy-url");
        let mut attributes = vec![(
            "data-clerk-publishable-key",
            attribute(place, "data-publishable-key"),
        )];
        if !proxy.is_empty() {
            attributes.push(("data-clerk-proxy-url", proxy));
        }
        // Both at once; each is complete by itself.
        let client = load_script(&attribute(place, "data-clerk-js"), &attributes)?;
        let ui = load_script(&attribute(place, "data-clerk-ui"), &[])?;
        JsFuture::from(client).await?;
        JsFuture::from(ui).await?;

        let window: JsValue = window().ok_or(JsValue::NULL)?.into();
        let clerk = get(&window, "Clerk")?;
        let component = attribute(place, "data-clerk");
        let then = attribute(place, "data-then");
        let other = attribute(place, "data-other-page");
        let (sign_in, sign_up) = if component == "mountSignIn" {
            ("/sign-in", other.as_str())
        } else {
            (other.as_str(), "/sign-up")
        };

        let load = object(&[
            (
                "ui",
                &object(&[("ClerkUI", &get(&window, "__internal_ClerkUICtor")?)])?,
            ),
            ("telemetry", &object(&[("disabled", &JsValue::TRUE)])?),
            ("signInUrl", &sign_in.into()),
            ("signUpUrl", &sign_up.into()),
            ("afterSignOutUrl", &"/".into()),
        ])?;
        let loaded = call(&clerk, "load", &[&load])?;
        JsFuture::from(Promise::resolve(&loaded)).await?;
        // Without a frontend API it still says that it loaded, but knows no client.
        if get(&clerk, "client")?.is_falsy() {
            return Err("no answer from Clerk's frontend API".into());
        }

        let target = place
            .query_selector("[data-clerk-target]")?
            .ok_or(JsValue::NULL)?;
        let options = object(&[
            ("routing", &"hash".into()),
            ("signInUrl", &sign_in.into()),
            ("signUpUrl", &sign_up.into()),
            ("forceRedirectUrl", &then.as_str().into()),
            ("signUpForceRedirectUrl", &then.as_str().into()),
            ("signInForceRedirectUrl", &then.as_str().into()),
        ])?;
        call(&clerk, &component, &[&target.into(), &options])?;
        Ok(())
    }

    /// Adds a script to the page; resolves when it ran.
    fn load_script(src: &str, attributes: &[(&str, String)]) -> Result<Promise, JsValue> {
        let document = document().ok_or(JsValue::NULL)?;
        let script: HtmlScriptElement = document.create_element("script")?.dyn_into()?;
        script.set_async(true);
        for (name, value) in attributes {
            script.set_attribute(name, value)?;
        }
        script.set_src(src);
        let head = document.head().ok_or(JsValue::NULL)?;
        Ok(Promise::new(&mut |resolve, reject| {
            script.set_onload(Some(&resolve));
            script.set_onerror(Some(&reject));
            let _ = head.append_child(&script);
        }))
    }

    fn get(object: &JsValue, key: &str) -> Result<JsValue, JsValue> {
        Reflect::get(object, &key.into())
    }

    fn object(entries: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
        let object = Object::new();
        for (key, value) in entries {
            Reflect::set(&object, &(*key).into(), value)?;
        }
        Ok(object.into())
    }

    fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
        let method: Function = get(object, method)?.dyn_into()?;
        method.apply(
            object,
            &arguments.iter().copied().collect::<js_sys::Array>(),
        )
    }
}
