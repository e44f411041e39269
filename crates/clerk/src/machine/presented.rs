//! What kind of token somebody presents, before anything in it is believed.

use super::TokenType;
use crate::token::{DecodedToken, HeaderType};

/// A machine token, told by its prefix or by its unverified parts.
pub(crate) struct Presented<'t> {
    pub(crate) kind: TokenType,
    pub(crate) form: Form<'t>,
}

pub(crate) enum Form<'t> {
    /// Only Clerk knows what it stands for.
    Opaque,
    /// It says itself what it stands for.
    Jwt(DecodedToken<'t>),
    /// The prefix of an opaque token, but the shape of a JWT: Clerk makes none of these.
    Malformed,
}

impl<'t> Presented<'t> {
    /// The machine token that `token` claims to be, or none: then it is a session's, or
    /// nothing. (Clerk: `getMachineTokenType`.)
    pub(crate) fn read(token: &'t str) -> Option<Self> {
        let shaped_like_jwt = is_shaped_like_jwt(token);
        let prefixes = [
            ("mt_", TokenType::M2m),
            ("oat_", TokenType::OAuth),
            ("ak_", TokenType::ApiKey),
        ];
        // None of the prefixes is the beginning of a JSON object in base64.
        if let Some((_, kind)) = prefixes
            .iter()
            .find(|(prefix, _)| token.starts_with(prefix))
        {
            let form = match shaped_like_jwt {
                true => Form::Malformed,
                false => Form::Opaque,
            };
            return Some(Self { kind: *kind, form });
        }
        let decoded = DecodedToken::parse(token)
            .ok()
            .filter(|_| shaped_like_jwt)?;
        let subject = decoded.peek().ok()?.sub;
        let is_machines = subject.as_str().is_some_and(|sub| sub.starts_with("mch_"));
        let kind = match decoded.kind {
            _ if is_machines => TokenType::M2m,
            HeaderType::AccessToken => TokenType::OAuth,
            _ => return None,
        };
        let form = Form::Jwt(decoded);
        Some(Self { kind, form })
    }
}

/// Three parts of base64url letters. An empty part, as in a token without a signature, makes
/// it something else.
fn is_shaped_like_jwt(token: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(letter);
    let mut parts = token.split('.');
    parts.by_ref().take(3).filter(|part| is_part(part)).count() == 3 && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn kind(token: &str) -> Option<TokenType> {
        Presented::read(token).map(|presented| presented.kind)
    }

    fn jwt(header: &str, payload: &str) -> String {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.c2ln", part(header), part(payload))
    }

    #[test]
    fn prefixes() {
        assert_eq!(kind("mt_1"), Some(TokenType::M2m));
        assert_eq!(kind("oat_1"), Some(TokenType::OAuth));
        assert_eq!(kind("ak_1"), Some(TokenType::ApiKey));
        assert_eq!(kind("sk_test_1"), None);
        assert_eq!(kind(""), None);
        assert_eq!(kind("AK_1"), None);
        let malformed = Presented::read("ak_a.b.c").unwrap();
        assert!(matches!(malformed.form, Form::Malformed));
    }

    #[test]
    fn json_web_tokens() {
        let machine = r#"{"sub":"mch_1"}"#;
        let user = r#"{"sub":"user_1"}"#;
        assert_eq!(kind(&jwt("{}", machine)), Some(TokenType::M2m));
        assert_eq!(kind(&jwt(r#"{"typ":"JWT"}"#, user)), None);
        for typ in ["at+jwt", "application/at+jwt"] {
            let header = format!(r#"{{"typ":"{typ}"}}"#);
            assert_eq!(kind(&jwt(&header, user)), Some(TokenType::OAuth), "{typ}");
            // The machine wins over the type.
            assert_eq!(kind(&jwt(&header, machine)), Some(TokenType::M2m), "{typ}");
        }
        assert_eq!(
            kind(&jwt(r#"{"typ":"at+jwt"}"#, "{}")),
            Some(TokenType::OAuth)
        );
        assert_eq!(kind(&jwt("{}", "[]")), None);
        // Without a signature it is no token at all.
        let unsigned = jwt("{}", machine);
        assert_eq!(kind(unsigned.trim_end_matches("c2ln")), None);
        assert_eq!(kind(&format!("{unsigned}.x")), None);
    }
}
