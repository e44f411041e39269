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

impl Decision {
    /// The names of the parts in which two decisions differ.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("error", self.error == other.error),
            ("status", self.status == other.status),
            ("reason", self.reason == other.reason),
            ("message", self.message == other.message),
            ("token type", self.token_type == other.token_type),
            ("headers", self.headers == other.headers),
            ("identity", self.identity == other.identity),
            ("calls to the backend API", self.asked == other.asked),
        ];
        let different = parts.into_iter().filter(|(_, equal)| !equal);
        different.map(|(name, _)| name).collect()
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
