//! Made-up input, the same for the same seed.

use fastrand::Rng;
use serde_json::{Map, Value};
use url::form_urlencoded;

/// Values that have broken programs before.
const AWKWARD: [&str; 34] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "true",
    "null",
    "[]",
    "{}",
    "{\"a\":{\"b\":[1,null]}}",
    "[{}]",
    "\"",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "1e400",
    "NaN",
    "1.7976931348623157e308",
    "2026-13-45T99:99:99Z",
    "+created_at",
    "-",
    "%",
    "_",
    "'; --",
    "\0",
    "\u{feff}",
    "\u{202e}x",
    "ß",
    "İ",
    "👩‍👩‍👧‍👦",
    "../../etc/passwd",
    "http://[::1",
    "javascript:0",
    "eyJhbGciOiJub25lIn0.e30.",
];

/// Values that lead further in.
const SOUND: [&str; 25] = [
    "password",
    "email_code",
    "email_link",
    "ticket",
    "totp",
    "backup_code",
    "passkey",
    "oauth_google",
    "oauth_github",
    "reset_password_email_code",
    "first_factor",
    "second_factor",
    "pending",
    "org:admin",
    "org:member",
    "ada@example.com",
    "new+clerk_test@example.com",
    "424242",
    "123456",
    "correct horse battery",
    "/app",
    "http://localhost:3000/app",
    "png",
    "RS256",
    "a-slug",
];

/// A maker of requests' parts.
pub struct Input<'a> {
    pub rng: Rng,
    /// Names of fields that routes read.
    pub names: &'a [String],
    /// Identifiers of things that exist.
    pub ids: &'a [String],
}

impl Input<'_> {
    /// A value for a place in a path, encoded.
    pub fn segment(&mut self) -> String {
        let text = match self.rng.u8(0..10) {
            0..7 => self.id(),
            7 => "x".repeat(self.rng.usize(1..3000)),
            _ => self.text(),
        };
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        match encoded.replace('+', "%20") {
            empty if empty.is_empty() => "%20".to_owned(),
            encoded => encoded,
        }
    }

    /// A query string, or nothing.
    pub fn query(&mut self) -> String {
        match self.rng.u8(0..3) {
            0 => String::new(),
            1 => format!("?{}", self.pairs()),
            _ => {
                let name = self.rng.choice(self.names).cloned().unwrap_or_default();
                format!("?{name}=%ff%00&{name}[]=&{}", self.pairs())
            }
        }
    }

    /// A body with its content type, or none.
    pub fn body(&mut self) -> Option<(String, Vec<u8>)> {
        let form = "application/x-www-form-urlencoded";
        let json = "application/json";
        let multipart = "multipart/form-data; boundary=xx";
        let (kind, body) = match self.rng.u8(0..10) {
            0 => return None,
            1..5 => (form, self.pairs().into_bytes()),
            5..8 => (json, self.object().to_string().into_bytes()),
            8 => (multipart, self.multipart()),
            _ => {
                let kind = *self
                    .rng
                    .choice([form, json, multipart, "text/plain", ";"].iter())?;
                let length = self.rng.usize(0..200);
                (
                    kind,
                    std::iter::repeat_with(|| self.rng.u8(..))
                        .take(length)
                        .collect(),
                )
            }
        };
        Some((kind.to_owned(), body))
    }

    fn pairs(&mut self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for _ in 0..self.rng.usize(0..8) {
            let name = self.name();
            let value = self.text();
            pairs.append_pair(&name, &value);
        }
        pairs.finish()
    }

    fn object(&mut self) -> Value {
        if self.rng.u8(0..12) == 0 {
            return self.value(3);
        }
        let members = (0..self.rng.usize(0..8)).map(|_| (self.name(), self.value(0)));
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn value(&mut self, depth: u8) -> Value {
        match self.rng.u8(0..12) {
            0 => Value::Null,
            1 => Value::Bool(self.rng.bool()),
            2 => Value::from(self.rng.i64(..)),
            3 => Value::from(self.rng.u64(..)),
            4 => Value::from(self.rng.f64() * 1e300),
            5 if depth < 3 => (0..self.rng.usize(0..4))
                .map(|_| self.value(depth + 1))
                .collect(),
            6 if depth < 3 => {
                let members =
                    (0..self.rng.usize(0..4)).map(|_| (self.name(), self.value(depth + 1)));
                Value::Object(members.collect())
            }
            _ => Value::from(self.text()),
        }
    }

    fn multipart(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        for _ in 0..self.rng.usize(0..3) {
            let name = self
                .rng
                .choice(["file", "logo", "uploader_user_id"])
                .unwrap_or("file");
            let head = format!(
                "--xx\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f.png\"\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(b"\x89PNG\r\n\x1a\n");
            let length = self.rng.usize(0..100);
            body.extend(std::iter::repeat_with(|| self.rng.u8(..)).take(length));
            body.extend(b"\r\n");
        }
        if self.rng.bool() {
            body.extend(b"--xx--\r\n");
        }
        body
    }

    fn name(&mut self) -> String {
        match self.rng.u8(0..20) {
            0 => self.text(),
            _ => self.rng.choice(self.names).cloned().unwrap_or_default(),
        }
    }

    fn id(&mut self) -> String {
        self.rng.choice(self.ids).cloned().unwrap_or_default()
    }

    fn text(&mut self) -> String {
        match self.rng.u8(0..10) {
            0..3 => (*self.rng.choice(AWKWARD.iter()).unwrap_or(&"")).to_owned(),
            3..7 => (*self.rng.choice(SOUND.iter()).unwrap_or(&"")).to_owned(),
            7 | 8 => self.id(),
            _ => {
                let length = self.rng.usize(0..400);
                std::iter::repeat_with(|| self.rng.char(..))
                    .take(length)
                    .collect()
            }
        }
    }
}
