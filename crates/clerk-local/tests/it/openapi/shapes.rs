//! Reads `shapes.txt` and `answers.txt`: what is published.

use std::{collections::HashMap, sync::LazyLock};

/// Which of the two APIs an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Api {
    Backend,
    Browser,
}

/// One line of `shapes.txt`.
pub struct Shape {
    pub closed: bool,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
}

/// What a member, or a whole answer, may be.
pub enum Kind {
    Any,
    Nullable(Box<Self>),
    List(Box<Self>),
    Enum(Vec<&'static str>),
    /// `string`, `integer`, `number`, `boolean` or `object`.
    Plain(&'static str),
    /// Another line of the file.
    Named(&'static str),
    /// `{"data":[…],"total_count":n}`.
    Page(Box<Self>),
    /// `{"response":…,"client":…}`, the browser API's envelope.
    Wrapped(Box<Self>),
    /// No body: the browser is sent on.
    Redirect,
    /// An error, always.
    Refused,
}

/// The lines of `shapes.txt` by their names.
pub static SHAPES: LazyLock<HashMap<&str, Shape>> = LazyLock::new(|| {
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

/// What each route of an API answers, by `METHOD /path`.
pub static ANSWERS: LazyLock<HashMap<(Api, &str), Kind>> = LazyLock::new(|| {
    let mut api = Api::Browser;
    let mut answers = HashMap::new();
    for line in include_str!("answers.txt").lines() {
        match line {
            "" => {}
            "[browser]" => api = Api::Browser,
            "[backend]" => api = Api::Backend,
            line if line.starts_with('#') => {}
            line => {
                let (route, kind) = line.split_once(": ").unwrap();
                let known = answers.insert((api, route), self::kind(kind));
                assert!(known.is_none(), "{route} is there twice");
            }
        }
    }
    answers
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
    if let Some(inner) = text.strip_prefix("wrapped ") {
        return Kind::Wrapped(Box::new(kind(inner)));
    }
    if let Some(inner) = text.strip_prefix("page ") {
        return Kind::Page(Box::new(kind(inner)));
    }
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
        "redirect" => Kind::Redirect,
        "refused" => Kind::Refused,
        "string" | "integer" | "number" | "boolean" | "object" => Kind::Plain(text),
        name => Kind::Named(name),
    }
}

/// The line for an object of an API, by the object's own member `object`.
pub fn shape_of(api: Api, object: &str, deleted: bool) -> Option<&'static str> {
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
        (_, "image") => "Image",
        (_, "backup_code") => "BackupCodes",
        (_, "oauth_access_token") => "OAuthAccessToken",
        (_, "google_account") => "ExternalAccount",
        (Api::Browser, "session_reverification") => "Client.SessionReverification",
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
