//! What is asked: a method, a path, parameters and a body.

use http::HeaderValue;
use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

use super::{ApiError, Secret};

/// One call, before it is sent.
#[derive(Clone)]
pub(super) struct Call {
    pub method: Method,
    pub path: Vec<String>,
    pub query: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
    /// Sent as a form in place of the body.
    pub upload: Option<Upload>,
    /// Authenticates the call instead of the instance's secret key.
    pub secret: Option<Secret>,
    /// Whether it changes nothing, so that it may be repeated.
    pub reads_only: bool,
    /// Whether Clerk counts it (all but the keys).
    pub counted: bool,
    fault: Option<String>,
}

/// A file, and texts beside it.
#[derive(Clone)]
pub(super) struct Upload {
    /// In the form's field `file`.
    pub file: Vec<u8>,
    pub media_type: HeaderValue,
    pub texts: Vec<(&'static str, String)>,
}

impl Call {
    pub fn get(path: &[&str]) -> Self {
        Self {
            reads_only: true,
            ..Self::new(Method::GET, path)
        }
    }

    pub fn post(path: &[&str]) -> Self {
        Self::new(Method::POST, path)
    }

    pub fn put(path: &[&str]) -> Self {
        Self::new(Method::PUT, path)
    }

    pub fn patch(path: &[&str]) -> Self {
        Self::new(Method::PATCH, path)
    }

    pub fn delete(path: &[&str]) -> Self {
        Self::new(Method::DELETE, path)
    }

    fn new(method: Method, path: &[&str]) -> Self {
        // A URL leaves such segments out, and the call would go to something else.
        let lost = path.iter().find(|part| matches!(**part, "" | "." | ".."));
        Self {
            method,
            path: path.iter().map(|&part| part.to_owned()).collect(),
            query: Vec::new(),
            body: None,
            upload: None,
            secret: None,
            reads_only: false,
            counted: true,
            fault: lost.map(|part| format!("{part:?} is not an identifier")),
        }
    }

    /// Adds parameters: the members of `params` that hold something, lists as repeated
    /// names. An `offset` of 0 is left out, as Clerk's own SDK does.
    pub fn query(mut self, params: &impl Serialize) -> Self {
        match serde_json::to_value(params) {
            Ok(Value::Object(members)) => {
                for (name, value) in members {
                    if name != "offset" || value != 0 {
                        self.add(&name, value);
                    }
                }
            }
            other => self.fault = Some(format!("parameters must be an object, not {other:?}")),
        }
        self
    }

    fn add(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::Array(values) => values.into_iter().for_each(|value| self.add(name, value)),
            Value::String(text) => self.query.push((name.to_owned(), text)),
            other => self.query.push((name.to_owned(), other.to_string())),
        }
    }

    /// Sets one parameter, in place of what it was.
    pub fn with(self, name: &str, value: impl ToString) -> Self {
        let mut call = self.without(&[name]);
        call.query.push((name.to_owned(), value.to_string()));
        call
    }

    /// Leaves parameters out.
    pub fn without(mut self, names: &[&str]) -> Self {
        self.query
            .retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// Gives it a body. An object without members is no body, as in Clerk's own SDK.
    pub fn body(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) if bytes == b"{}" => {}
            Ok(bytes) => self.body = Some(bytes),
            Err(error) => self.fault = Some(error.to_string()),
        }
        self
    }

    /// Gives it a file as a form's, with those of the texts that there are.
    pub fn upload(
        mut self,
        file: Vec<u8>,
        media_type: &str,
        texts: &[(&'static str, Option<&str>)],
    ) -> Self {
        let given = |&(name, text): &(_, Option<&str>)| Some((name, text?.to_owned()));
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                self.upload = Some(Upload {
                    file,
                    media_type,
                    texts: texts.iter().filter_map(given).collect(),
                });
            }
            Err(_) => self.fault = Some(format!("{media_type:?} is no media type")),
        }
        self
    }

    /// Authenticates it by `secret`, if there is one.
    pub fn secret(mut self, secret: Option<&Secret>) -> Self {
        self.secret = secret.cloned();
        self
    }

    /// Marks a call that changes nothing although its method is not GET.
    pub fn reads_only(mut self) -> Self {
        self.reads_only = true;
        self
    }

    /// Marks a call that Clerk does not count.
    pub fn uncounted(mut self) -> Self {
        self.counted = false;
        self
    }

    /// Whether it can be sent.
    pub fn check(&self) -> Result<(), ApiError> {
        match &self.fault {
            None => Ok(()),
            Some(fault) => Err(ApiError::Invalid(fault.clone())),
        }
    }

    /// Whether its path stands beside `/v1`, not under it (Clerk: machine authentication).
    pub fn is_unversioned(&self) -> bool {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        matches!(
            path[..],
            ["api_keys" | "m2m_tokens", ..] | ["oauth_applications", "access_tokens", ..]
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_hold_nothing_are_left_out() {
        let params = serde_json::json!({
            "a": null, "b": [], "c": ["x", "y"], "d": false, "e": 7, "f": "z", "offset": 0,
        });
        let call = Call::get(&["users"]).query(&params).with("e", 8);
        let query: Vec<String> = call.query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(query, ["c=x", "c=y", "d=false", "f=z", "e=8"]);
    }

    #[test]
    fn an_object_without_members_is_no_body() {
        let call = Call::post(&["users"]);
        assert_eq!(call.clone().body(&serde_json::json!({})).body, None);
        let list = call.body(&serde_json::json!([])).body;
        assert_eq!(list.as_deref(), Some(b"[]".as_slice()));
    }

    #[test]
    fn a_media_type_that_no_header_can_have_is_refused() {
        let call = Call::put(&["logo"]).upload(Vec::new(), "image/png\r\nx: y", &[]);
        assert!(matches!(call.check(), Err(ApiError::Invalid(_))));
    }

    #[test]
    fn an_identifier_that_a_url_would_lose_is_refused() {
        for lost in ["", ".", ".."] {
            let refused = Call::delete(&["users", lost]).check();
            assert!(matches!(refused, Err(ApiError::Invalid(_))), "{lost:?}");
        }
        assert!(Call::delete(&["users", "user_1"]).check().is_ok());
    }
}
