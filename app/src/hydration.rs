//! Brings the islands of a page to life, under a strict Content-Security-Policy.
//!
//! Instead of Leptos's own component, which also writes the nonce into attributes that scripts and
//! style sheets can read, and says nothing when the wasm file fails to load.

use leptos::prelude::*;

use crate::context::Assets;

/// Preloads the browser's files, starts the islands, and has the browser get ready for being without
/// a network (`public/service-worker.js`) when there is nothing else to do.
///
/// The preloads carry no nonce: a script with the nonce asks for the same URLs, which
/// `'strict-dynamic'` allows.
#[component]
pub fn Hydration(assets: Assets, #[prop(into)] nonce: String) -> impl IntoView {
    // Islands mode: nothing outside of an island takes part in hydration.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let script = script(&assets);
    view! {
        <link rel="modulepreload" href=assets.js/>
        <link
            rel="preload"
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            href=assets.wasm
        />
        <script type="module" async=true nonce=nonce inner_html=script></script>
    }
}

/// It is `async`, so that the wasm is compiled while it comes, rather than when the page has been
/// read and its style sheet is there. What it then starts is all of the page.
///
/// Document order puts an island before those in its children, as Leptos expects; the marker
/// around the children knows the owner that those inner islands belong to.
fn script(assets: &Assets) -> String {
    let js = literal(&assets.js);
    let wasm = literal(&assets.wasm);
    format!(
        "const page=document.readyState!=='loading'||\
         new Promise(read=>document.addEventListener('DOMContentLoaded',read,{{once:true}}));\
         import({js}).then(async app=>{{\
         await app.default({{module_or_path:{wasm}}});\
         await page;\
         app.hydrate();\
         for(const island of document.querySelectorAll('leptos-island')){{\
         island.parentElement.closest('leptos-children')?.$$on_hydrate?.();\
         await app[island.dataset.component]?.(island);\
         }}\
         document.documentElement.dataset.ready='';\
         (window.requestIdleCallback??setTimeout)(()=>\
         navigator.serviceWorker?.register('/service-worker.js').catch(()=>{{}}));\
         }}).catch(error=>console.error('The page works, but without its extras:',error));"
    )
}

/// A JavaScript string literal that is also safe between script tags.
fn literal(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_cannot_leave_their_string_or_the_script() {
        let script = script(&Assets {
            js: "/a\"+alert(1)+\".js".into(),
            wasm: "/</script><script>.wasm".into(),
            css: String::new(),
        });
        assert!(script.contains(r#"import("/a\"+alert(1)+\".js")"#));
        assert!(!script.contains("</script>"));
    }
}
