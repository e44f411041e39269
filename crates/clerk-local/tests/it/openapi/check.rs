//! Holds answers against what is published.

use serde_json::Value;

use super::shapes::{ANSWERS, Api, Kind, SHAPES, shape_of};

/// Everything in an answer that is not as published, one line for each: `Shape.field: what`.
pub fn deviations(api: Api, answer: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(api, answer, &mut found);
    found
}

/// As [`deviations`], for the good answer of a route: it is also to be of the kind published there.
pub fn deviations_of(api: Api, route: &str, answer: &Value) -> Vec<String> {
    let mut found = deviations(api, answer);
    match ANSWERS.get(&(api, route)) {
        Some(kind) => fits(api, kind, answer, "answer", &mut found),
        None => found.push(format!("answers.txt has no line for {route}")),
    }
    found.sort();
    found.dedup();
    found
}

/// What in a value is not as one line of the file says.
pub fn deviations_from(api: Api, name: &'static str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(api, name, value, &mut found);
    found
}

fn walk(api: Api, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(api, item, found)),
        Value::Object(members) => {
            let object = members.get("object").and_then(Value::as_str);
            let deleted = members.get("deleted") == Some(&Value::Bool(true));
            match object.and_then(|object| shape_of(api, object, deleted)) {
                Some(name) => check(api, name, value, found),
                None => members.iter().for_each(|(name, member)| {
                    // What the application keeps there is its own business.
                    if !name.ends_with("_metadata") && name != "claims" {
                        walk(api, member, found);
                    }
                }),
            }
        }
        _ => {}
    }
}

fn check(api: Api, name: &'static str, value: &Value, found: &mut Vec<String>) {
    let shape = SHAPES.get(name).unwrap_or_else(|| panic!("no line {name}"));
    let Value::Object(members) = value else {
        found.push(format!("{name}: not an object"));
        return;
    };
    for field in &shape.fields {
        let place = format!("{name}.{}", field.name);
        match members.get(field.name) {
            None if field.required => found.push(format!("{place}: missing")),
            None => {}
            Some(member) => fits(api, &field.kind, member, &place, found),
        }
    }
    if shape.closed {
        for member in members.keys() {
            if !shape.fields.iter().any(|field| field.name == member) {
                found.push(format!("{name}.{member}: not published"));
            }
        }
    }
}

fn fits(api: Api, kind: &Kind, value: &Value, place: &str, found: &mut Vec<String>) {
    let fine = match kind {
        Kind::Any => true,
        Kind::Redirect | Kind::Refused => false,
        Kind::Nullable(_) if value.is_null() => true,
        Kind::Nullable(kind) => return fits(api, kind, value, place, found),
        Kind::List(kind) => match value {
            Value::Array(items) => {
                return items
                    .iter()
                    .for_each(|item| fits(api, kind, item, place, found));
            }
            _ => false,
        },
        Kind::Enum(values) => value.as_str().is_some_and(|text| values.contains(&text)),
        Kind::Named(name) => return check(api, name, value, found),
        Kind::Page(kind) => {
            if !value["total_count"].is_u64() {
                found.push(format!("{place}.total_count: missing"));
            }
            let Value::Array(items) = &value["data"] else {
                found.push(format!("{place}.data: missing"));
                return;
            };
            return items
                .iter()
                .for_each(|item| fits(api, kind, item, place, found));
        }
        Kind::Wrapped(kind) => {
            let members = value.as_object();
            let names: Vec<&str> = members
                .into_iter()
                .flatten()
                .map(|it| it.0.as_str())
                .collect();
            if names != ["client", "response"] {
                found.push(format!("{place}: {names:?} is not the envelope"));
            }
            if !value["client"].is_null() {
                check(api, "Client.Client", &value["client"], found);
            }
            return fits(api, kind, &value["response"], place, found);
        }
        Kind::Plain("string") => value.is_string(),
        Kind::Plain("integer") => value.is_i64() || value.is_u64(),
        Kind::Plain("number") => value.is_number(),
        Kind::Plain("boolean") => value.is_boolean(),
        Kind::Plain(_) => {
            walk_member(api, value, place, found);
            value.is_object()
        }
    };
    if !fine {
        found.push(format!("{place}: {value} is not of the type published"));
    }
}

fn walk_member(api: Api, value: &Value, place: &str, found: &mut Vec<String>) {
    if !place.ends_with("_metadata") && !place.ends_with(".claims") {
        walk(api, value, found);
    }
}
