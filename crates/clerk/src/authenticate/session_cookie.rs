//! The session token that a cookie holds.

use std::{borrow::Cow, sync::OnceLock};

use crate::{token::DecodedToken, verify::TokenError};

/// A session token from a cookie, taken apart once however many rules look into it.
pub(super) struct SessionCookie<'r> {
    text: Cow<'r, str>,
    decoded: OnceLock<Result<DecodedToken<'r>, TokenError>>,
}

impl<'r> SessionCookie<'r> {
    pub(super) fn new(text: Cow<'r, str>) -> Self {
        Self {
            text,
            decoded: OnceLock::new(),
        }
    }

    /// The whole token.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Its parts, unverified.
    ///
    /// # Errors
    /// As [`DecodedToken::parse`].
    pub(super) fn decoded(&self) -> Result<&DecodedToken<'r>, TokenError> {
        let decoded = self
            .decoded
            .get_or_init(|| DecodedToken::parse(self.text.clone()));
        decoded.as_ref().map_err(Clone::clone)
    }
}
