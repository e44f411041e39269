//! One call: address, headers, body, answer.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{ApiClient, ApiError, ErrorDetail, Page};

/// The most that Clerk puts on one page.
const PAGE_SIZE: usize = 500;

/// Whether a path stands beside `/v1`, not under it (Clerk: machine authentication).
fn is_unversioned(path: &[&str]) -> bool {
    matches!(
        path,
        ["api_keys" | "m2m_tokens", ..] | ["oauth_applications", "access_tokens", ..]
    )
}

impl ApiClient {
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, ApiError> {
        self.send(self.request(Method::GET, path, query)).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        self.send(self.request(Method::POST, path, &[]).json(body))
            .await
    }

    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &[&str],
    ) -> Result<T, ApiError> {
        self.send(self.request(method, path, &[])).await
    }

    /// Every page of a list.
    pub(super) async fn get_all<T: DeserializeOwned>(
        &self,
        path: &[&str],
    ) -> Result<Page<T>, ApiError> {
        let mut all = Page::default();
        loop {
            let (limit, offset) = (PAGE_SIZE.to_string(), all.data.len().to_string());
            let mut query = vec![("limit", limit.as_str())];
            if !all.data.is_empty() {
                query.push(("offset", &offset));
            }
            let page: Page<T> = self.get(path, &query).await?;
            let received = page.data.len();
            all.total_count = page.total_count;
            all.data.extend(page.data);
            // A short page is the last, also when the count has changed meanwhile.
            if received < PAGE_SIZE {
                return Ok(all);
            }
        }
    }

    fn request(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let mut url = self.0.base.clone();
        // Segment by segment, so that an id with a slash in it stays one segment.
        if let Ok(mut segments) = url.path_segments_mut() {
            if !is_unversioned(path) {
                segments.push("v1");
            }
            segments.extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.0
            .http
            .request(method, url)
            .bearer_auth(self.0.secret_key.expose())
            .header("Clerk-API-Version", crate::API_VERSION)
            .header("Accept", "application/json")
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, ApiError> {
        let transport = |error: reqwest::Error| ApiError::Transport(describe(&error));
        let mut response = request.send().await.map_err(transport)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            if body.len() + chunk.len() > self.0.max_response_bytes {
                return Err(ApiError::Decode("it is too large".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        if !response.status().is_success() {
            return Err(refusal(&response, &body));
        }
        // 204 and the like: an answer without content stands for null.
        let body = if body.is_empty() {
            b"null".as_slice()
        } else {
            &body
        };
        serde_json::from_slice(body).map_err(|error| ApiError::Decode(error.to_string()))
    }
}

/// An error without its address, which may hold a nonce, but with its causes.
fn describe(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() {
        "it took too long".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the transfer failed".to_owned()
    };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    errors: Vec<ErrorDetail>,
    #[serde(default)]
    clerk_trace_id: Option<String>,
}

fn refusal(response: &Response, body: &[u8]) -> ApiError {
    let header = |name| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let body: Option<ErrorBody> = serde_json::from_slice(body).ok();
    let (errors, trace_id) =
        body.map_or_else(Default::default, |body| (body.errors, body.clerk_trace_id));
    ApiError::Answer {
        status: response.status().as_u16(),
        errors,
        trace_id: trace_id.or_else(|| header("cf-ray").map(str::to_owned)),
        retry_after: header("retry-after")
            .and_then(|seconds| seconds.trim().parse().ok())
            .map(Duration::from_secs),
    }
}
