//! How a call is sent and its answer read.

use std::time::{Duration, SystemTime};

use reqwest::{
    RequestBuilder, Response,
    header::{CONTENT_TYPE, HeaderMap},
    multipart::{Form, Part},
};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::time::{Instant, timeout_at};

use super::{
    ApiClient, ApiError, ErrorDetail,
    call::{Call, Upload},
    retry::{self, Failure},
};

impl ApiClient {
    /// Makes a call, repeats it as far as that is harmless, and reads the answer.
    pub(super) async fn run<T: DeserializeOwned>(&self, call: Call) -> Result<T, ApiError> {
        call.check()?;
        let deadline = Instant::now() + self.0.timeout;
        let attempt = || async {
            if let Some(budget) = self.0.rate_budget.as_ref().filter(|_| call.counted) {
                let refused = |error| Failure { error, sent: false };
                budget.wait(deadline).await.map_err(refused)?;
            }
            timeout_at(deadline, self.attempt(self.request(&call)))
                .await
                .unwrap_or_else(|_| {
                    Err(Failure {
                        error: ApiError::Transport("it took too long".to_owned()),
                        sent: true,
                    })
                })
        };
        let policy = &self.0.retry;
        let body = policy
            .run(deadline, call.reads_only, retry::random, attempt)
            .await?;
        // 204 and the like: an answer without content stands for null.
        let body = if body.is_empty() {
            b"null".as_slice()
        } else {
            &body
        };
        serde_json::from_slice(body).map_err(|error| ApiError::Decode(error.to_string()))
    }

    fn request(&self, call: &Call) -> RequestBuilder {
        let mut url = self.0.base.clone();
        // Segment by segment, so that an id with a slash in it stays one segment.
        if let Ok(mut segments) = url.path_segments_mut() {
            if !call.is_unversioned() {
                segments.push("v1");
            }
            segments.extend(&call.path);
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        let secret = match &call.secret {
            Some(secret) => secret.expose(),
            None => self.0.secret_key.expose(),
        };
        let request = self
            .0
            .http
            .request(call.method.clone(), url)
            .bearer_auth(secret)
            .header("Clerk-API-Version", crate::API_VERSION)
            .header("Accept", "application/json");
        if let Some(upload) = &call.upload {
            return request.multipart(form(upload));
        }
        // On every other call and without a charset, as Clerk's own SDK does.
        let request = request.header(CONTENT_TYPE, "application/json");
        match &call.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }

    /// One attempt: the answer's body.
    async fn attempt(&self, request: RequestBuilder) -> Result<Vec<u8>, Failure> {
        let transport = |error: reqwest::Error| Failure {
            sent: !error.is_connect() && !error.is_builder(),
            error: ApiError::Transport(describe(&error)),
        };
        let final_error = |error| Failure { error, sent: true };
        let mut response = request.send().await.map_err(transport)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            if body.len() + chunk.len() > self.0.max_response_bytes {
                let text = "it is too large".to_owned();
                return Err(final_error(ApiError::Decode(text)));
            }
            body.extend_from_slice(&chunk);
        }
        if !response.status().is_success() {
            return Err(final_error(refusal(&response, &body)));
        }
        Ok(body)
    }
}

/// The file is named as browsers name one that has no name of its own.
fn form(upload: &Upload) -> Form {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, upload.media_type.clone());
    let file = Part::bytes(upload.file.clone()).file_name("blob");
    let form = Form::new().part("file", file.headers(headers));
    let texts = upload.texts.iter().cloned();
    texts.fold(form, |form, (name, text)| form.text(name, text))
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
    let headers = response.headers();
    let body: Option<ErrorBody> = serde_json::from_slice(body).ok();
    let (errors, trace_id) =
        body.map_or_else(Default::default, |body| (body.errors, body.clerk_trace_id));
    ApiError::Answer {
        status: response.status().as_u16(),
        errors,
        trace_id: trace_id.or_else(|| text(headers, "cf-ray").map(str::to_owned)),
        retry_after: retry_after(headers, SystemTime::now()),
    }
}

/// What `Retry-After` asks for: seconds, or until a date (RFC 9110, section 10.2.3). A date
/// is held against the answer's own, so that our clock need not agree with Clerk's.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let wanted = text(headers, "retry-after")?.trim();
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(wanted).ok()?;
    let now = text(headers, "date")
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let asked = |retry_after_text: &str, date: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", retry_after_text.parse().unwrap());
            if let Some(date) = date {
                headers.insert("date", date.parse().unwrap());
            }
            let now = httpdate::parse_http_date("Fri, 02 Jan 1970 00:00:00 GMT").unwrap();
            retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        let noon = "Thu, 01 Jan 1970 12:00:00 GMT";
        assert_eq!(asked(" 7 ", None), Some(7));
        assert_eq!(asked("Thu, 01 Jan 1970 12:00:30 GMT", Some(noon)), Some(30));
        assert_eq!(asked("Thu, 01 Jan 1970 11:00:00 GMT", Some(noon)), Some(0));
        assert_eq!(asked("Fri, 02 Jan 1970 00:01:00 GMT", None), Some(60));
        for nonsense in ["soon", "-1", "1.5", ""] {
            assert_eq!(asked(nonsense, None), None, "{nonsense}");
        }
    }
}
