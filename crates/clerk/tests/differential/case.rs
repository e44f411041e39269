//! One question for both sides: a request, the options, and what the backend API would say.

use serde::Serialize;
use serde_json::Value;

/// A request at a moment, under some options, with Clerk's backend API in some state.
#[derive(Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// What the clocks of both sides show, in unix milliseconds.
    pub now_ms: i64,
    pub request: Request,
    pub options: Options,
    pub answers: Answers,
}

/// A request as it comes over a plain connection.
#[derive(Clone, Default, Serialize)]
pub struct Request {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

/// Options under the names that Clerk's SDK gives them.
#[derive(Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    pub publishable_key: String,
    pub secret_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwt_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_satellite: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satellite_auto_sync: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorized_parties: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_skew_in_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_sync_options: Option<OrganizationSyncOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepts_token: Option<Accepts>,
}

/// One kind of token, a list of kinds, or `any`.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub enum Accepts {
    One(&'static str),
    List(Vec<&'static str>),
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationSyncOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_patterns: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal_account_patterns: Option<Vec<String>>,
}

/// What the backend API answers; a call without an answer must not happen.
#[derive(Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    pub jwks: Answer,
    pub handshake_payload: Answer,
    pub refresh: Answer,
    pub api_key: Answer,
    pub m2m_token: Answer,
    pub oauth_token: Answer,
}

/// An answer over HTTP, or none.
#[derive(Clone, Default, Serialize)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    /// `content-type`, if it is not JSON.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub content_type: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unreachable: bool,
}

impl Answer {
    pub fn json(status: u16, body: &Value) -> Self {
        let body = body.to_string();
        Self {
            status,
            body,
            ..Self::default()
        }
    }

    pub fn html(status: u16) -> Self {
        let body = "<html>Bad gateway</html>".to_owned();
        Self {
            status,
            body,
            content_type: Some("text/html"),
            ..Self::default()
        }
    }

    pub fn unreachable() -> Self {
        Self {
            unreachable: true,
            ..Self::default()
        }
    }
}
