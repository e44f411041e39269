//! A server's address, and the ways to send it requests.

use std::net::SocketAddr;

use reqwest::{
    Client, Method, RequestBuilder, Response,
    multipart::{Form, Part},
    redirect::Policy,
};

use super::Person;

/// Requests to one server.
pub struct Visits {
    pub addr: SocketAddr,
    pub origin: String,
    http: Client,
}

impl Visits {
    pub fn to(addr: SocketAddr) -> Self {
        Self {
            addr,
            origin: origin(addr),
            http: client(),
        }
    }

    /// A request as a browser's navigation would make it, without cookies.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("http://{}{path}", self.addr))
            .header("host", format!("localhost:{}", self.addr.port()))
            .header("accept", "text/html")
    }

    /// A server function as a program calls it, with a bearer token if somebody is signed in.
    pub fn call(&self, token: Option<&str>, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let request = self
            .http
            .post(format!("http://{}{path}", self.addr))
            .header("host", format!("localhost:{}", self.addr.port()))
            .header("accept", "application/json")
            .form(form);
        match token {
            Some(token) => request.bearer_auth(token),
            None => request.header("origin", &self.origin),
        }
    }

    /// A file as a program sends it.
    pub fn upload(&self, token: Option<&str>, path: &str, bytes: &[u8]) -> RequestBuilder {
        let request = self
            .http
            .post(format!("http://{}{path}", self.addr))
            .header("host", format!("localhost:{}", self.addr.port()))
            .header("accept", "application/json")
            .multipart(file(bytes));
        match token {
            Some(token) => request.bearer_auth(token),
            None => request.header("origin", &self.origin),
        }
    }

    /// A file posted from our own page.
    pub async fn upload_as(&self, person: &Person, path: &str, bytes: &[u8]) -> Response {
        self.request(Method::POST, path)
            .header("cookie", person.cookies())
            .header("origin", &self.origin)
            .multipart(file(bytes))
            .send()
            .await
            .expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path)
            .send()
            .await
            .expect("an answer")
    }

    pub async fn get_as(&self, person: &Person, path: &str) -> Response {
        self.request(Method::GET, path)
            .header("cookie", person.cookies())
            .send()
            .await
            .expect("an answer")
    }

    /// A form posted from our own page.
    pub async fn post_as(&self, person: &Person, path: &str, form: &[(&str, &str)]) -> Response {
        self.request(Method::POST, path)
            .header("cookie", person.cookies())
            .header("origin", &self.origin)
            .form(form)
            .send()
            .await
            .expect("an answer")
    }
}

/// One grey pixel.
pub const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A form with one file, as a browser sends it.
pub fn file(bytes: &[u8]) -> Form {
    let file = Part::bytes(bytes.to_vec()).file_name("logo.png");
    Form::new().part("file", file)
}

/// The origin under which a server on `addr` is known to browsers.
pub fn origin(addr: SocketAddr) -> String {
    format!("http://localhost:{}", addr.port())
}

/// A client that follows no redirects.
pub fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        // Nothing is encrypted here, and reading the machine's certificates takes long.
        .tls_certs_only([])
        .build()
        .expect("a client")
}
