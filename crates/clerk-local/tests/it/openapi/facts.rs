//! Reads `shapes.txt` and holds an answer against it.

use std::{collections::HashMap, sync::LazyLock};

use serde_json::Value;

/// Which of the two APIs an answer comes from.
#[derive(Clone, Copy, PartialEq)]
pub enum Api {
    Backend,
    Browser,
}

struct Shape {
    closed: bool,
    fields: Vec<Field>,
}

struct Field {
    name: &'static str,
    required: bool,
    kind: Kind,
}

enum Kind {
    Any,
    Nullable(Box<Self>),
    List(Box<Self>),
    Enum(Vec<&'static str>),
    /// `string`, `integer`, `number`, `boolean` or `object`.
    Plain(&'static str),
    /// Another line of the file.
    Named(&'static str),
}

static SHAPES: LazyLock<HashMap<&str, Shape>> = LazyLock::new(|| {
    include_str!("shapes.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (head, fields) = line.split_once(": ").unwrap();
            let closed = head.strip_suffix(" closed");
            let shape = Shape {
                closed: closed.is_some(),
                fields: fields.split("; ").map(field).collect(),
            };
            (closed.unwrap_or(head), shape)
        })
        .collect()
});

fn field(text: &'static str) -> Field {
    let (name, kind) = text.split_once(' ').unwrap();
    Field {
        name: name.trim_end_matches('*'),
        required: name.ends_with('*'),
        kind: self::kind(kind),
    }
}

fn kind(text: &'static str) -> Kind {
    if let Some(inner) = text.strip_suffix('?') {
        return Kind::Nullable(Box::new(kind(inner)));
    }
    if let Some(inner) = text.strip_prefix('[') {
        return Kind::List(Box::new(kind(inner.strip_suffix(']').unwrap())));
    }
    if let Some(inner) = text.strip_prefix("enum(") {
        return Kind::Enum(inner.trim_end_matches(')').split(',').collect());
    }
    match text {
        "any" => Kind::Any,
        "string" | "integer" | "number" | "boolean" | "object" => Kind::Plain(text),
        name => Kind::Named(name),
    }
}

/// The line for an object of an API, by the object's own member `object`.
fn shape_of(api: Api, object: &str, deleted: bool) -> Option<&'static str> {
    if deleted {
        return Some(match api {
            Api::Backend => "DeletedObject",
            Api::Browser => "Client.DeletedObject",
        });
    }
    let both = match (api, object) {
        (Api::Backend, "user") => "User",
        (Api::Backend, "email_address") => "EmailAddress",
        (Api::Backend, "organization") => "Organization",
        (Api::Backend, "organization_membership") => "OrganizationMembership",
        (Api::Backend, "organization_invitation") => "OrganizationInvitation",
        (Api::Backend, "session") => "Session",
        (Api::Backend, "client") => "Client",
        (_, "token") => "Token",
        (_, "cookies") => "Cookies",
        (_, "total_count") => "TotalCount",
        (Api::Backend, "sign_in_token") => "SignInToken",
        (Api::Backend, "testing_token") => "TestingToken",
        (Api::Backend, "invitation") => "Invitation",
        (Api::Backend, "role") => "Role",
        (Api::Backend, "permission") => "Permission",
        (Api::Backend, "jwt_template") => "JWTTemplate",
        (Api::Backend, "machine") => "Machine",
        (Api::Backend, "machine_scope") => "MachineScope",
        (Api::Backend, "machine_to_machine_token") => "M2MToken",
        (Api::Backend, "api_key") => "APIKey",
        (_, "external_account") => "ExternalAccount",
        (Api::Backend, "verification_otp") => "verification_otp",
        (Api::Backend, "verification_admin") => "verification_admin",
        (Api::Backend, "verification_from_oauth") => "verification_from_oauth",
        (Api::Backend, "verification_ticket") => "verification_ticket",
        (Api::Backend, "verification_email_link") => "verification_email_link",
        (Api::Browser, "client") => "Client.Client",
        (Api::Browser, "session") => "Client.Session",
        (Api::Browser, "user") => "Client.User",
        (Api::Browser, "email_address") => "Client.EmailAddress",
        (Api::Browser, "organization") => "Client.Organization",
        (Api::Browser, "organization_membership") => "Client.OrganizationMembership",
        (Api::Browser, "organization_invitation") => "Client.OrganizationInvitation",
        (Api::Browser, "sign_in_attempt") => "Client.SignIn",
        (Api::Browser, "sign_up_attempt") => "Client.SignUp",
        (Api::Browser, "passkey") => "Client.Passkey",
        (Api::Browser, "totp") => "TOTP",
        (Api::Browser, "role") => "Client.Role",
        (Api::Browser, "permission") => "Client.Permission",
        (Api::Browser, "session_activity") => "Client.SessionActivity",
        (Api::Browser, verification) => {
            let (name, _) = SHAPES.get_key_value(format!("Stubs.{verification}").as_str())?;
            name
        }
        _ => return None,
    };
    Some(both)
}

/// Everything in an answer that is not as published, one line for each: `Shape.field: what`.
pub fn deviations(api: Api, answer: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(api, answer, &mut found);
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
