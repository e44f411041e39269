//! A server that gives prepared answers and writes down what it is asked.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::Body,
    extract::{FromRequest as _, Multipart, Request, State},
    response::{IntoResponse, Response},
};
use clerk::api::DEFAULT_API_URL;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};
use url::Url;

use crate::oracle::Asked;

#[derive(Clone)]
pub struct Server {
    pub url: Url,
    /// Which request is answered with what.
    prepared: Arc<Mutex<Vec<Asked>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts it at a free port.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut url: Url = DEFAULT_API_URL.parse().unwrap();
        url.set_scheme("http").unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port()))
            .unwrap();
        let server = Self {
            url,
            prepared: Arc::default(),
            asked: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        server
    }

    /// From now on answers as `asked` was answered, by method and path.
    pub fn answer_as(&self, asked: &[Asked]) {
        *self.prepared.lock().unwrap() = asked.to_vec();
        self.asked.lock().unwrap().clear();
    }

    /// What it was asked since.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let form = is_form(&parts.headers);
    let body = match form {
        true => fields(Request::from_parts(parts.clone(), Body::from(body))).await,
        false if body.is_empty() => Value::Null,
        false => serde_json::from_slice(&body).unwrap(),
    };
    if form {
        // Without the boundary, which is made up anew each time.
        let kind = HeaderValue::from_static(FORM);
        parts.headers.insert(CONTENT_TYPE, kind);
    }
    let method = parts.method.to_string();
    let path = parts.uri.path().to_owned();
    let answered = {
        let prepared = server.prepared.lock().unwrap();
        let found = prepared
            .iter()
            .find(|asked| asked.method == method && asked.path == path);
        found.map(|asked| asked.answered.clone())
    };
    let query = parts.uri.query().unwrap_or_default();
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap().to_owned();
        (name.to_string(), Value::String(value))
    });
    server.asked.lock().unwrap().push(Asked {
        method,
        path,
        query: url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        headers: headers.collect(),
        body,
        answered: answered.clone().unwrap_or_default(),
    });
    match answered {
        Some(answered) => Json(answered).into_response(),
        None => StatusCode::NOT_IMPLEMENTED.into_response(),
    }
}

const FORM: &str = "multipart/form-data";

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(FORM.as_bytes()))
}

/// A form's fields, as `api.mjs` shows them.
async fn fields(request: Request) -> Value {
    let mut form = Multipart::from_request(request, &()).await.unwrap();
    let mut fields = Map::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let file = field.file_name().map(str::to_owned);
        let kind = field.content_type().map(str::to_owned);
        let text = field.text().await.unwrap();
        let value = match file {
            Some(name) => json!({ "name": name, "type": kind, "text": text }),
            None => Value::String(text),
        };
        fields.insert(name, value);
    }
    Value::Object(fields)
}
