//! A JSON web token taken apart, before anything in it is believed.

mod header;
mod lenient;

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use header::RawHeader;
pub(crate) use header::{Algorithm, Category, HeaderType};
pub(crate) use lenient::{Number, Text};

use crate::verify::TokenError;

/// The largest token that is looked at, in bytes. Browsers keep cookies of 4 KiB, and
/// servers rarely take headers beyond 16.
const MAX_BYTES: usize = 64 * 1024;
/// Headers up to this size, in bytes, are decoded without an allocation; Clerk's are a
/// fifth of it.
const USUAL_HEADER: usize = 512;

/// The parts of a token: decoded, not verified.
pub(crate) struct DecodedToken<'t> {
    /// The whole token.
    pub(crate) text: Cow<'t, str>,
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<Box<str>>,
    pub(crate) kind: HeaderType,
    pub(crate) category: Category,
    /// Whether it names a category at all.
    pub(crate) has_category: bool,
    /// JSON, as far as it was looked at.
    pub(crate) payload: String,
    /// Whether header and payload are text at all. It is looked at after the signature, which
    /// is what is wrong in the first place.
    pub(crate) is_text: bool,
    /// How much of the text was signed, in bytes: `header.payload`.
    signed_length: usize,
    pub(crate) signature: Vec<u8>,
}

impl<'t> DecodedToken<'t> {
    /// Refuses a token for its size alone, before any work is done.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] if it is larger than any token of Clerk's.
    pub(crate) fn check_size(token: &str) -> Result<(), TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Malformed("at most 64 KiB"));
        }
        Ok(())
    }

    /// Takes a token apart.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] if it is too large, or unless it is three base64url parts,
    /// the first a JSON object.
    pub(crate) fn parse(token: impl Into<Cow<'t, str>>) -> Result<Self, TokenError> {
        let token = token.into();
        Self::check_size(&token)?;
        let malformed = TokenError::Malformed;
        let (signed, signature) = token.rsplit_once('.').ok_or(malformed("three parts"))?;
        let (header, payload) = signed.split_once('.').ok_or(malformed("three parts"))?;
        if payload.contains('.') {
            return Err(malformed("three parts"));
        }
        let (mut usual, mut long) = ([0; USUAL_HEADER], Vec::new());
        let header = if header.len() <= USUAL_HEADER {
            let length = URL_SAFE_NO_PAD.decode_slice(header, &mut usual);
            length.map(|length| &usual[..length]).ok()
        } else {
            let decoded = URL_SAFE_NO_PAD.decode_vec(header, &mut long);
            decoded.map(|()| &*long).ok()
        };
        let header = header.ok_or(malformed("base64"))?;
        let header = String::from_utf8_lossy(header);
        let header_is_text = matches!(header, Cow::Borrowed(_));
        let header: RawHeader<'_> = object(&header).ok_or(malformed("a JSON header"))?;
        let payload = URL_SAFE_NO_PAD
            .decode(payload)
            .map_err(|_| malformed("base64"))?;
        let signature = URL_SAFE_NO_PAD
            .decode(signature)
            .map_err(|_| malformed("base64"))?;
        let (payload, is_text) = match String::from_utf8(payload) {
            Ok(text) => (text, header_is_text),
            Err(error) => (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                false,
            ),
        };
        Ok(Self {
            algorithm: Algorithm::named(header.alg.as_str()),
            kid: header.kid.as_str().map(Into::into),
            kind: HeaderType::of(&header.typ),
            category: Category::of(&header.cat),
            has_category: !header.cat.is_absent(),
            payload,
            is_text,
            signed_length: signed.len(),
            signature,
            text: token,
        })
    }

    /// `header.payload` as it was signed.
    pub(crate) fn signed(&self) -> &[u8] {
        &self.text.as_bytes()[..self.signed_length]
    }

    /// The few claims that cookie rules look at, unverified.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] if the payload is not a JSON object.
    pub(crate) fn peek(&self) -> Result<PeekedClaims<'_>, TokenError> {
        object(&self.payload).ok_or(TokenError::Malformed("a JSON payload"))
    }
}

/// Reads a JSON object; the library would take a list of its values as well.
pub(crate) fn object<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    let is_object = json.trim_ascii_start().starts_with('{');
    is_object.then(|| serde_json::from_str(json).ok())?
}

/// What may be read of a token before it is verified.
#[derive(Deserialize)]
pub(crate) struct PeekedClaims<'a> {
    #[serde(borrow, default)]
    pub(crate) iss: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) sub: Text<'a>,
    #[serde(borrow, default)]
    pub(crate) sid: Text<'a>,
    #[serde(default)]
    pub(crate) iat: Number,
    #[serde(default)]
    pub(crate) exp: Number,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_tokens_are_refused() {
        for token in [
            "",
            ".",
            "..",
            "a.b",
            "a.b.c",
            "e30.e30",
            "e30.e30.e30.e30",
            "bnVsbA.e30.x",
            "e30.e30.x",
            "e30.e30.xx!",
            // Bits that belong to no byte.
            "e30.e30.AB",
            "e30.e30.AAB",
            // ["RS256"]
            "WyJSUzI1NiJd.e30.x",
        ] {
            let refused = DecodedToken::parse(token);
            assert!(matches!(refused, Err(TokenError::Malformed(_))), "{token}");
        }
    }

    #[test]
    fn claims_of_the_wrong_type_do_not_spoil_the_rest() {
        let claims: PeekedClaims<'_> = serde_json::from_str(
            r#"{"iss":{"a":[1]},"sub":7,"sid":null,"iat":"x","exp":1.5,"other":[]}"#,
        )
        .unwrap();
        assert_eq!(claims.iss, Text::Wrong);
        assert_eq!(claims.sub, Text::Wrong);
        assert_eq!(claims.sid, Text::Wrong);
        assert_eq!(claims.iat, Number::Wrong);
        assert_eq!(claims.exp.seconds(), Some(1));
    }
}
