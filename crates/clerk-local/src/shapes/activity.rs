//! `SessionActivity`: the machine a session is used on.

use serde_json::{Value, json};
use woothee::parser::Parser;

use crate::state::{Device, Session};

/// The machine of a session's browser. Where in the world it is, nobody here knows.
pub fn activity(session: &Session, device: &Device) -> Value {
    let agent = device.user_agent.as_deref().unwrap_or_default();
    let seen = Parser::new().parse(agent);
    let known = |text: &str| match text {
        "" | "UNKNOWN" => None,
        text => Some(text.to_owned()),
    };
    json!({
        "object": "session_activity",
        "id": session.id.replacen("sess_", "sess_activity_", 1),
        "device_type": seen.as_ref().and_then(|seen| known(machine(seen.os))),
        "is_mobile": seen.as_ref().is_some_and(|seen| is_mobile(seen.category)),
        "browser_name": seen.as_ref().and_then(|seen| known(seen.name)),
        "browser_version": seen.as_ref().and_then(|seen| known(seen.version)),
        "ip_address": device.ip_address,
        "city": null,
        "country": null,
    })
}

/// Clerk's name for the machine: without the system's version.
fn machine(os: &str) -> &str {
    match os {
        "Mac OSX" => "Macintosh",
        os if os.starts_with("Windows ") && !os.contains("Phone") => "Windows",
        os => os,
    }
}

fn is_mobile(category: &str) -> bool {
    matches!(category, "smartphone" | "mobilephone")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(agent: Option<&str>) -> Value {
        let session = Session {
            id: "sess_1".to_owned(),
            client_id: String::new(),
            user_id: String::new(),
            status: crate::state::SessionStatus::Active,
            active_organization_id: None,
            first_factor_at: 0,
            last_active_at: 0,
            expire_at: 0,
            abandon_at: 0,
            created_at: 0,
            updated_at: 0,
        };
        let device = Device {
            user_agent: agent.map(str::to_owned),
            ip_address: Some("192.0.2.7".to_owned()),
        };
        activity(&session, &device)
    }

    #[test]
    fn browsers_and_machines_are_told_apart() {
        let mac = of(Some(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        ));
        assert_eq!(mac["browser_name"], "Chrome");
        assert_eq!(mac["browser_version"], "140.0.0.0");
        assert_eq!(mac["device_type"], "Macintosh");
        assert_eq!(mac["is_mobile"], false);
        assert_eq!(mac["ip_address"], "192.0.2.7");
        let phone = of(Some(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        ));
        assert_eq!(phone["browser_name"], "Safari");
        assert_eq!(phone["device_type"], "iPhone");
        assert_eq!(phone["is_mobile"], true);
        let windows = of(Some(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0",
        ));
        assert_eq!(windows["browser_name"], "Firefox");
        assert_eq!(windows["device_type"], "Windows");
    }

    #[test]
    fn an_unknown_program_has_no_names() {
        for agent in [None, Some(""), Some("\u{1F980}")] {
            let seen = of(agent);
            assert_eq!(seen["browser_name"], Value::Null);
            assert_eq!(seen["device_type"], Value::Null);
            assert_eq!(seen["is_mobile"], false);
        }
    }
}
