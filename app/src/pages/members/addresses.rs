//! What is typed, or pasted, to invite somebody.

use crate::error::{AppError, Field, Problem};

/// The longest address (RFC 5321, section 4.5.3.1.3, without the brackets).
const MAX_EMAIL: u32 = 254;
/// The most addresses in one form: each costs time at Clerk, and the answer goes into a URL.
pub const MOST: usize = 50;

/// The addresses in a text, each once: apart by commas, semicolons or white space.
pub fn split(typed: &str) -> Vec<&str> {
    let mut addresses: Vec<&str> = Vec::new();
    for part in typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
        let seen = |other: &&str| other.eq_ignore_ascii_case(part);
        if !part.is_empty() && !addresses.iter().any(seen) {
            addresses.push(part);
        }
    }
    addresses
}

/// What is wrong with an address, if that shows without Clerk, who has the last word.
pub fn problem_of(address: &str) -> Option<Problem> {
    if address.chars().count() > MAX_EMAIL as usize {
        return Some(Problem::TooLong { max: MAX_EMAIL });
    }
    let halves = address.split_once('@');
    let whole = halves.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    (!whole || address.contains(char::is_control)).then_some(Problem::Malformed)
}

/// The error that belongs to the form's field.
pub fn refused(problem: Problem, typed: &str) -> AppError {
    AppError::Invalid {
        field: Field::Email,
        problem,
        value: typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_however_they_were_pasted() {
        let pasted = " ada@acme.test,max@acme.test;\r\nADA@acme.test\t\u{a0}nobody ,, ";
        let found = split(pasted);
        assert_eq!(found, ["ada@acme.test", "max@acme.test", "nobody"]);
        assert!(split(" ,;\n").is_empty());
    }

    #[test]
    fn what_is_no_address_is_told_why() {
        assert_eq!(problem_of("ada@acme.test"), None);
        let long = format!("{}@acme.test", "x".repeat(300));
        for (typed, problem) in [
            ("ada", Problem::Malformed),
            ("@acme.test", Problem::Malformed),
            ("ada@", Problem::Malformed),
            ("ada@acme.test\0", Problem::Malformed),
            (long.as_str(), Problem::TooLong { max: 254 }),
        ] {
            assert_eq!(problem_of(typed), Some(problem), "{typed}");
        }
    }
}
