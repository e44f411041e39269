//! Shortcodes: `{{user.id}}` in the texts of a template (Clerk docs: JWT templates, shortcodes).

use serde_json::{Map, Value};

/// The template with every shortcode in its place taken by what it stands for.
///
/// A text that is one shortcode becomes the value itself, of whatever type; several, or one among
/// other letters, are written into the text. Unknown ones are null.
pub(super) fn fill(template: &Value, values: &Value) -> Value {
    match template {
        Value::String(text) => fill_text(text, values),
        Value::Array(items) => items.iter().map(|item| fill(item, values)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), fill(value, values)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn fill_text(text: &str, values: &Value) -> Value {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, expression, after)) = next(rest) {
        let value = evaluate(expression, values);
        if out.is_empty() && before.is_empty() && after.is_empty() && rest.len() == text.len() {
            return value;
        }
        out.push_str(before);
        match value {
            Value::String(value) => out.push_str(&value),
            value => out.push_str(&value.to_string()),
        }
        rest = after;
    }
    out.push_str(rest);
    Value::String(out)
}

/// What stands before the first shortcode, inside and after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = text.split_once("{{")?;
    let (expression, after) = inside.split_once("}}")?;
    Some((before, expression, after))
}

/// `a || b || 'text'`: the first operand that is neither null nor false, or the last one.
fn evaluate(expression: &str, values: &Value) -> Value {
    let mut result = Value::Null;
    for operand in operands(expression) {
        result = read(operand.trim(), values);
        if !matches!(result, Value::Null | Value::Bool(false)) {
            break;
        }
    }
    result
}

/// The parts between `||`, but for those inside quotes.
fn operands(expression: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, mark) in expression.match_indices(['\'', '|']) {
        if mark == "'" {
            quoted = !quoted;
        } else if !quoted && at >= start && expression[at..].starts_with("||") {
            parts.push(&expression[start..at]);
            start = at + 2;
        }
    }
    parts.push(&expression[start..]);
    parts
}

/// A text in single quotes, a number, `true`, `false`, or a path.
fn read(operand: &str, values: &Value) -> Value {
    let quoted = operand
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    if let Some(text) = quoted {
        return Value::from(text);
    }
    match serde_json::from_str(operand) {
        Ok(literal @ (Value::Bool(_) | Value::Number(_))) => literal,
        _ => operand
            .split('.')
            .try_fold(values, |value, name| value.get(name))
            .cloned()
            .unwrap_or(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn filled(template: Value) -> Value {
        let values = json!({ "user": {
            "id": "user_1",
            "first_name": "Maria",
            "last_name": null,
            "email_verified": false,
            "public_metadata": { "interests": ["reading"], "addresses": { "Home": "2355" } },
        }});
        fill(&template, &values)
    }

    #[test]
    fn one_shortcode_keeps_its_type() {
        let template = json!({
            "id": "{{user.id}}",
            "likes": ["{{ user.public_metadata.interests }}"],
            "home": { "address": "{{user.public_metadata.addresses.Home}}" },
            "unknown": "{{user.i_dont_exist.at_all}}",
            "static": { "n": 1, "b": true },
        });
        assert_eq!(
            filled(template),
            json!({
                "id": "user_1",
                "likes": [["reading"]],
                "home": { "address": "2355" },
                "unknown": null,
                "static": { "n": 1, "b": true },
            })
        );
    }

    #[test]
    fn among_other_letters_it_is_text() {
        assert_eq!(
            filled(json!("{{user.last_name}} {{user.first_name}}")),
            "null Maria"
        );
        assert_eq!(filled(json!("id:{{user.id}}")), "id:user_1");
        assert_eq!(filled(json!("{{user.id}}!")), "user_1!");
        assert_eq!(
            filled(json!("{{user.id}}{{user.public_metadata.interests}}")),
            "user_1[\"reading\"]"
        );
        for text in ["{{user.id", "user.id}}", "{{", ""] {
            assert_eq!(filled(json!(text)), text);
        }
    }

    #[test]
    fn the_first_that_is_something_counts() {
        assert_eq!(
            filled(json!("{{user.last_name || 'Some || one'}}")),
            "Some || one"
        );
        assert_eq!(
            filled(json!("{{user.age || user.first_name || 30}}")),
            "Maria"
        );
        assert_eq!(filled(json!("{{user.age || 30 }}")), 30);
        assert_eq!(filled(json!("{{user.email_verified || false}}")), false);
        assert_eq!(filled(json!("{{user.age || user.email_verified}}")), false);
        assert_eq!(filled(json!("{{ || }}")), Value::Null);
        assert_eq!(filled(json!("{{'a}}")), Value::Null);
    }
}
