//! What either side makes of a case, in a form in which the two can be compared.

use serde::Deserialize;
use serde_json::Value;

/// A decision; an empty text stands for none throughout.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Decision {
    pub status: String,
    #[serde(deserialize_with = "or_default")]
    pub reason: String,
    #[serde(deserialize_with = "or_default")]
    pub message: String,
    #[serde(deserialize_with = "or_default")]
    pub token_type: String,
    /// Sorted by name; lines of the same name stay in their order.
    pub headers: Vec<(String, String)>,
    pub identity: Option<Identity>,
    pub machine: Option<Machine>,
    /// What the backend API was asked, but for its keys.
    pub asked: Vec<Value>,
    /// Instead of all of the above: the request could not be decided.
    pub error: String,
    /// The oracle decided, but could not tell who it is.
    pub identity_error: String,
    /// Calls to a network that is not in the case: a fault of the test.
    pub unexpected: Vec<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Identity {
    #[serde(deserialize_with = "or_default")]
    pub user_id: String,
    #[serde(deserialize_with = "or_default")]
    pub session_id: String,
    #[serde(deserialize_with = "or_default")]
    pub org_id: String,
    #[serde(deserialize_with = "or_default")]
    pub org_role: String,
    #[serde(deserialize_with = "or_default")]
    pub org_slug: String,
    #[serde(deserialize_with = "or_default")]
    pub org_permissions: Vec<String>,
}

/// Which machine calls.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Machine {
    pub id: String,
    pub subject: String,
    #[serde(deserialize_with = "one_or_several")]
    pub scopes: Vec<String>,
    pub claims: Option<Value>,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub machine_id: String,
    #[serde(deserialize_with = "or_default")]
    pub client_id: String,
    #[serde(deserialize_with = "or_default")]
    pub user_id: String,
    #[serde(deserialize_with = "or_default")]
    pub org_id: String,
}

impl Decision {
    /// Whether the messages are equal, unless one quotes what only Clerk's server or the
    /// JavaScript engine knows.
    fn says_the_same(&self, other: &Self) -> bool {
        let beginnings = [
            "Error loading Clerk JWKS",
            "The JWKS endpoint",
            "Error verifying JWT signature",
            "fetch failed",
        ];
        let quotes = |decision: &Self| beginnings.iter().any(|b| decision.message.starts_with(b));
        quotes(self) || quotes(other) || self.message == other.message
    }

    fn plain_headers(&self) -> Vec<&(String, String)> {
        self.headers
            .iter()
            .filter(|(n, _)| n != "x-clerk-auth-message")
            .collect()
    }

    /// The names of the parts in which two decisions differ.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("error", self.error.is_empty() == other.error.is_empty()),
            ("status", self.status == other.status),
            ("reason", self.reason == other.reason),
            ("message", self.says_the_same(other)),
            ("token type", self.token_type == other.token_type),
            ("headers", self.plain_headers() == other.plain_headers()),
            ("identity", self.identity == other.identity),
            ("machine", self.machine == other.machine),
            ("calls to the backend API", self.asked == other.asked),
            ("unexpected calls", self.unexpected == other.unexpected),
        ];
        let different = parts.into_iter().filter(|(_, equal)| !equal);
        different.map(|(name, _)| name).collect()
    }
}

/// A single scope stands alone where Clerk's SDK takes it from the audience of a JWT, and what is
/// no text there is no scope.
fn one_or_several<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Scopes {
        One(String),
        Several(Vec<Value>),
    }
    let text = |scope: Value| scope.as_str().map(str::to_owned);
    Ok(match Option::deserialize(deserializer)? {
        Some(Scopes::One(one)) => vec![one],
        Some(Scopes::Several(several)) => several.into_iter().filter_map(text).collect(),
        None => Vec::new(),
    })
}

fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
