//! For whom an OAuth token was made.

use serde_json::Value;

use super::MachineTokenError;

/// Once audiences are configured, an OAuth token must name one of them: the same
/// authorization server may serve many resources (RFC 9068, section 4).
pub(crate) fn check_oauth_audience(
    aud: Option<&Value>,
    expected: &[String],
) -> Result<(), MachineTokenError> {
    let expected: Vec<&str> = expected
        .iter()
        .map(String::as_str)
        .filter(|e| !e.is_empty())
        .collect();
    if expected.is_empty() {
        return Ok(());
    }
    let text = || aud.map_or_else(|| "undefined".to_owned(), Value::to_string);
    let named: Option<Vec<&str>> = match aud {
        Some(Value::String(one)) => Some(vec![one]),
        Some(Value::Array(several)) => several.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let named = named
        .filter(|named| !named.is_empty() && named.iter().all(|name| !name.is_empty()))
        .ok_or_else(|| MachineTokenError::AudienceClaim { aud: text() })?;
    if named.iter().any(|name| expected.contains(name)) {
        return Ok(());
    }
    Err(MachineTokenError::AudienceMismatch {
        expected: Value::from(expected).to_string(),
        aud: text(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::check_oauth_audience;

    #[test]
    fn audiences() {
        let check = |aud: Option<Value>, expected: &[&str]| {
            let expected: Vec<String> = expected.iter().map(|e| (*e).to_owned()).collect();
            check_oauth_audience(aud.as_ref(), &expected).map_err(|error| error.to_string())
        };
        assert_eq!(check(None, &[]), Ok(()));
        assert_eq!(check(None, &[""]), Ok(()));
        assert_eq!(check(Some(json!("a")), &["b", "a"]), Ok(()));
        assert_eq!(check(Some(json!(["x", "a"])), &["a"]), Ok(()));
        for wrong in [
            None,
            Some(json!([])),
            Some(json!("")),
            Some(json!(["a", ""])),
            Some(json!(["a", 1])),
            Some(json!(7)),
        ] {
            let refused = check(wrong.clone(), &["a"]).unwrap_err();
            assert!(
                refused.starts_with("Invalid OAuth audience claim (aud) "),
                "{wrong:?}"
            );
        }
        assert_eq!(
            check(Some(json!(["x"])), &["a", "b"]).unwrap_err(),
            r#"OAuth audience mismatch. Verification expected audience ["a","b"], but incoming token has aud ["x"]."#
        );
        assert!(
            check(None, &["a"])
                .unwrap_err()
                .contains("(aud) undefined. Expected")
        );
    }
}
