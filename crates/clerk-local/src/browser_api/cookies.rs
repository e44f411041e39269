//! The cookies that a backend reads: names and `Set-Cookie` lines.

use crate::{
    LocalState,
    error::Result,
    state::{Client, Session},
};

/// Holds the dev browser token.
pub(crate) const DEV_BROWSER: &str = "__clerk_db_jwt";
const SESSION: &str = "__session";
const CLIENT_UAT: &str = "__client_uat";
const REFRESH: &str = "__refresh";
/// A year in seconds, as Clerk's own client sets them.
const YEAR: &str = "31536000";

/// `name_<suffix>`: several instances may share one host.
pub(crate) fn suffixed(state: &LocalState, name: &str) -> String {
    let suffix = state.instance().publishable_key.cookie_suffix();
    format!("{name}_{suffix}")
}

/// `__refresh_<suffix>`.
pub(crate) fn refresh_name(state: &LocalState) -> String {
    suffixed(state, REFRESH)
}

/// Everything a backend needs to know about this browser, signed in or not, as `Set-Cookie` lines.
/// The session's token is for the page at `azp`.
///
/// # Errors
/// When the database or a signature fails.
pub(crate) async fn directives(
    state: &LocalState,
    client: &Client,
    azp: Option<&str>,
) -> Result<Vec<String>> {
    let mut lines = both(state, DEV_BROWSER, Some(&client.token));
    match state.active_session(client).await? {
        Some(session) => {
            lines.extend(both(
                state,
                CLIENT_UAT,
                Some(&client.client_uat.to_string()),
            ));
            let refresh = state.mint_refresh_token(&session.id).await?;
            lines.push(self::refresh(state, &refresh));
            lines.extend(session_lines(state, &session, azp).await?);
        }
        None => {
            lines.extend(both(state, CLIENT_UAT, Some("0")));
            lines.push(expired_refresh(state));
            lines.extend(both(state, SESSION, None));
        }
    }
    Ok(lines)
}

/// A fresh session token as `__session` and `__session_<suffix>`.
///
/// # Errors
/// When the database or the signature fails.
pub(crate) async fn session_lines(
    state: &LocalState,
    session: &Session,
    azp: Option<&str>,
) -> Result<Vec<String>> {
    let jwt = state.mint_session_token(session, azp).await?;
    Ok(both(state, SESSION, Some(&jwt)))
}

/// The refresh token's cookie, out of reach of scripts.
pub(crate) fn refresh(state: &LocalState, token: &str) -> String {
    let line = line(state, &refresh_name(state), Some(token));
    format!("{line}; HttpOnly")
}

/// Takes the refresh token's cookie away.
pub(crate) fn expired_refresh(state: &LocalState) -> String {
    let line = line(state, &refresh_name(state), None);
    format!("{line}; HttpOnly")
}

/// The plain and the suffixed cookie; None takes both away.
pub(crate) fn both(state: &LocalState, name: &str, value: Option<&str>) -> Vec<String> {
    vec![
        line(state, name, value),
        line(state, &suffixed(state, name), value),
    ]
}

/// Readable by scripts: Clerk's client reads and rewrites these.
fn line(state: &LocalState, name: &str, value: Option<&str>) -> String {
    let secure = if state.options().secure() {
        "; Secure"
    } else {
        ""
    };
    match value {
        Some(value) => {
            format!("{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax{secure}")
        }
        None => format!(
            "{name}=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax{secure}"
        ),
    }
}
