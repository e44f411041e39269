//! One entry, with its particulars folded away.

use leptos::prelude::*;
use serde_json::Value;
use store::{AuditActor, AuditEntry};

use crate::{components::time::Time, language::texts, pages::task::people::People};

/// Who did what when; below it to what, from where, and what changed.
pub fn row(entry: &AuditEntry, people: &People) -> AnyView {
    let texts = texts();
    let who = match &entry.actor {
        AuditActor::Person(id) => people.name(id),
        AuditActor::System => texts.audit_system(),
    };
    let origin = [entry.ip.map(|ip| ip.to_string()), entry.user_agent.clone()];
    let origin: Vec<String> = origin.into_iter().flatten().collect();
    let origin = (!origin.is_empty()).then(|| origin.join(" · "));
    let fact = |name: String, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    };
    view! {
        <li class="audit-entry">
            <details>
                <summary>
                    <span class="count">"#" {entry.seq} " "</span>
                    <span dir="auto">{who}</span>
                    " "
                    <code>{entry.action.clone()}</code>
                    " "
                    <Time at_ms=entry.at/>
                </summary>
                <dl class="facts">
                    {fact(entry.target_kind.clone(), entry.target_id.clone())}
                    {entry.before.as_ref().map(|value| fact(texts.audit_before(), said(value)))}
                    {entry.after.as_ref().map(|value| fact(texts.audit_after(), said(value)))}
                    {origin.map(|origin| fact(texts.audit_origin(), origin))}
                </dl>
            </details>
        </li>
    }
    .into_any()
}

/// `name: One, archived: false` of `{"name": "One", "archived": false}`.
fn said(value: &Value) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("{name}: {}", plain(value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => plain(other),
    }
}

#[cfg(test)]
mod tests {
    use super::said;
    use serde_json::json;

    #[test]
    fn differences_read_like_words() {
        let before = json!({ "name": "One", "archived": false, "labels": ["a"] });
        assert_eq!(said(&before), "archived: false, labels: [\"a\"], name: One");
        assert_eq!(said(&json!("x")), "x");
    }
}
