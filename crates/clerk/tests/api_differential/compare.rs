//! Where two calls differ.

use serde_json::Value;

use crate::oracle::{Asked, Call};

/// Headers that Clerk looks at.
const HEADERS: [&str; 3] = ["authorization", "content-type", "clerk-api-version"];

/// Every difference between the SDK's call and ours: in what was asked, and in what was read
/// from the answer.
pub fn call(sdk: &Call, mut asked: Vec<Asked>, read: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut expected = sdk.asked.clone();
    // Requests that are made at once come in any order.
    expected.sort_by(|a, b| a.path.cmp(&b.path));
    asked.sort_by(|a, b| a.path.cmp(&b.path));
    if expected.len() != asked.len() {
        differences.push(format!("{} requests, not {}", asked.len(), expected.len()));
    }
    for (expected, asked) in expected.into_iter().zip(asked) {
        request(expected, asked, &mut differences);
    }
    let sdk_read = snake(&sdk.parsed);
    within(&sdk_read, read, "read", &mut differences);
    if let [only] = &sdk.asked[..] {
        faithful(&only.answered, read, "answer", &mut differences);
    }
    differences
}

fn request(mut expected: Asked, mut asked: Asked, differences: &mut Vec<String>) {
    expected.query.sort();
    asked.query.sort();
    let mut differ = |what: &str, sdk: String, ours: String| {
        if sdk != ours {
            differences.push(format!("{what}: {ours}, not {sdk}"));
        }
    };
    differ("method", expected.method.clone(), asked.method.clone());
    differ("path", expected.path.clone(), asked.path.clone());
    let query = |asked: &Asked| format!("{:?}", asked.query);
    differ("query", query(&expected), query(&asked));
    differ("body", expected.body.to_string(), asked.body.to_string());
    for name in HEADERS {
        let header = |asked: &Asked| format!("{name} {:?}", asked.headers.get(name));
        let (sdk, ours) = (header(&expected), header(&asked));
        if sdk != ours {
            differences.push(format!("header: {ours}, not {sdk}"));
        }
    }
}

/// Members that say nothing: the kind of object, and what `api-answers.mjs` makes up.
const EMPTY_WORDS: [&str; 2] = ["object", "member_of_tomorrow"];

/// All that the SDK read, we read too.
fn within(sdk: &Value, ours: &Value, at: &str, differences: &mut Vec<String>) {
    match (sdk, ours) {
        (Value::Object(sdk), Value::Object(ours)) => {
            let sdk = sdk.iter();
            for (name, value) in sdk.filter(|(name, _)| !EMPTY_WORDS.contains(&name.as_str())) {
                let at = format!("{at}.{name}");
                match ours.get(name) {
                    Some(own) => within(value, own, &at, differences),
                    None if is_nothing(value) => {}
                    None => differences.push(format!("{at}: not read")),
                }
            }
        }
        (Value::Array(sdk), Value::Array(ours)) if sdk.len() == ours.len() => {
            for (number, (sdk, ours)) in sdk.iter().zip(ours).enumerate() {
                within(sdk, ours, &format!("{at}[{number}]"), differences);
            }
        }
        _ if sdk == ours || is_nothing(sdk) && is_nothing(ours) => {}
        _ => differences.push(format!("{at}: {ours}, not {sdk}")),
    }
}

/// All that we read stands in the answer, or is nothing.
fn faithful(answer: &Value, ours: &Value, at: &str, differences: &mut Vec<String>) {
    match (answer, ours) {
        (Value::Object(answer), Value::Object(ours)) => {
            for (name, own) in ours {
                let at = format!("{at}.{name}");
                let alias = if name == "data" { "m2m_tokens" } else { name };
                match answer.get(name).or_else(|| answer.get(alias)) {
                    Some(value) => faithful(value, own, &at, differences),
                    None if is_nothing(own) => {}
                    None => differences.push(format!("{at}: {own} was never sent")),
                }
            }
        }
        (Value::Array(answer), Value::Array(ours)) if answer.len() == ours.len() => {
            for (number, (answer, ours)) in answer.iter().zip(ours).enumerate() {
                faithful(answer, ours, &format!("{at}[{number}]"), differences);
            }
        }
        _ if answer == ours || is_nothing(answer) && is_nothing(ours) => {}
        _ => differences.push(format!("{at}: {ours}, not {answer}")),
    }
}

/// What a missing member becomes.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Bool(true) => false,
    }
}

/// `createdAt` as `created_at`, all the way down.
fn snake(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                // These hold what people put in, and keep their names.
                let free = name.ends_with("etadata") || name == "claims" || name == "actor";
                (
                    snake_name(name),
                    if free { value.clone() } else { snake(value) },
                )
            });
            Value::Object(members.collect())
        }
        Value::Array(values) => values.iter().map(snake).collect(),
        other => other.clone(),
    }
}

fn snake_name(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
