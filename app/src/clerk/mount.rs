//! Loads Clerk's browser client, once for a page, and mounts its components.

use leptos::prelude::*;

/// Mounts the components that the page's `[data-clerk]` elements ask for, each when it is to be:
/// at once, or when its button is pressed.
///
/// The scripts need no nonce of their own: a script that has one creates them, which
/// `'strict-dynamic'` allows.
#[island]
pub fn ClerkMount() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::RefCell;

    use js_sys::{Function, JSON, Promise, Reflect};
    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::{JsFuture, future_to_promise};
    use web_sys::{Element, HtmlScriptElement};

    use crate::{
        browser::{attribute, complain, document, find_all, listen, window},
        clerk::signals,
    };

    thread_local! {
        /// Clerk's client, loading or loaded. One that could not be loaded is tried again.
        static CLERK: RefCell<Option<Promise>> = const { RefCell::new(None) };
    }

    /// Every island of a page runs this; each place is taken once.
    pub fn start() {
        for place in find_all("[data-clerk]:not([data-taken])") {
            let _ = place.set_attribute("data-taken", "");
            match part(&place, "[data-clerk-ask]") {
                None => spawn_local(run(place)),
                Some(button) => {
                    let target = button.clone();
                    listen(&target, "click", move |_| {
                        let _ = button.set_attribute("hidden", "");
                        if let Some(skeleton) = part(&place, "[data-clerk-skeleton]") {
                            let _ = skeleton.remove_attribute("hidden");
                        }
                        spawn_local(run(place.clone()));
                    });
                }
            }
        }
    }

    fn part(place: &Element, selector: &str) -> Option<Element> {
        place.query_selector(selector).ok()?
    }

    async fn run(place: Element) {
        let outcome = mount(&place).await;
        if let Some(skeleton) = part(&place, "[data-clerk-skeleton]") {
            skeleton.remove();
        }
        if let Err(error) = outcome {
            complain("Clerk's component could not be loaded:", &error);
            if let Some(message) = part(&place, "[data-clerk-failed]") {
                let _ = message.remove_attribute("hidden");
            }
        }
    }

    async fn mount(place: &Element) -> Result<(), JsValue> {
        let clerk = client(place).await?;
        let component = attribute(place, "data-clerk");
        let props = JSON::parse(&attribute(place, "data-clerk-props"))?;
        let target: JsValue = part(place, "[data-clerk-target]")
            .ok_or(JsValue::NULL)?
            .into();
        let method = ["mount", &component].concat();
        call(&clerk, &method, &[&target, &props])?;
        let window = window().ok_or(JsValue::NULL)?;
        // A page that is left may be kept to come back to: then it is mounted anew.
        let (leaving, back) = ((clerk.clone(), target.clone()), (clerk, target));
        let unmount = ["unmount", &component].concat();
        listen(&window, "pagehide", move |_| {
            let _ = call(&leaving.0, &unmount, &[&leaving.1]);
        });
        listen(&window, "pageshow", move |event| {
            let kept = Reflect::get(&event, &"persisted".into());
            if kept.is_ok_and(|kept| kept.is_truthy()) {
                let _ = call(&back.0, &method, &[&back.1, &props]);
            }
        });
        Ok(())
    }

    /// Clerk's client, loaded as the first place that asks for it says.
    async fn client(place: &Element) -> Result<JsValue, JsValue> {
        let promise = CLERK.with_borrow_mut(|clerk| {
            let begin = || future_to_promise(load(place.clone()));
            clerk.get_or_insert_with(begin).clone()
        });
        let loaded = JsFuture::from(promise).await;
        if loaded.is_err() {
            CLERK.set(None);
        }
        loaded
    }

    async fn load(place: Element) -> Result<JsValue, JsValue> {
        let proxy = attribute(&place, "data-proxy-url");
        let mut attributes = vec![(
            "data-clerk-publishable-key",
            attribute(&place, "data-publishable-key"),
        )];
        if !proxy.is_empty() {
            attributes.push(("data-clerk-proxy-url", proxy));
        }
        // Both at once; each is complete by itself.
        let client = load_script(&attribute(&place, "data-clerk-js"), &attributes)?;
        let ui = load_script(&attribute(&place, "data-clerk-ui"), &[])?;
        JsFuture::from(client).await?;
        JsFuture::from(ui).await?;

        let window: JsValue = window().ok_or(JsValue::NULL)?.into();
        let clerk = Reflect::get(&window, &"Clerk".into())?;
        let options = JSON::parse(&attribute(&place, "data-clerk-load"))?;
        let ui = js_sys::Object::new();
        let constructor = Reflect::get(&window, &"__internal_ClerkUICtor".into())?;
        Reflect::set(&ui, &"ClerkUI".into(), &constructor)?;
        Reflect::set(&options, &"ui".into(), &ui)?;
        let loaded = call(&clerk, "load", &[&options])?;
        JsFuture::from(Promise::resolve(&loaded)).await?;
        // Without a frontend API it still says that it loaded, but knows no client.
        if Reflect::get(&clerk, &"client".into())?.is_falsy() {
            return Err("no answer from Clerk's frontend API".into());
        }
        signals::follow(&clerk)?;
        Ok(clerk)
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

    fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
        let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
        method.apply(
            object,
            &arguments.iter().copied().collect::<js_sys::Array>(),
        )
    }
}
