//! Patterns for paths, as Clerk's SDKs read them.

mod lexer;
mod parser;

use fancy_regex::{Regex, escape};

use parser::{Part, parse};

/// What ends a segment of a path.
const DELIMITERS: &str = "/#?";

/// A pattern for paths, such as `/orgs/:slug/(.*)` (Clerk: `organizationSyncOptions` and
/// route matchers, which use path-to-regexp 6).
///
/// * `:name` takes one segment or part of one, `:name(\\d+)` what the expression takes;
/// * `(…)` is a nameless parameter: its name is a number, counted from 0;
/// * `?`, `*` and `+` after a parameter make it optional or repeat it together with the
///   `/` or `.` before it;
/// * `{…}` groups a parameter with the text around it: `/x{/:y}?`;
/// * `\` takes the meaning from the next character.
///
/// Letters match in either case, and one slash at the end of the path is ignored.
#[derive(Debug, Clone)]
pub struct PathPattern {
    regex: Regex,
    /// The name of each capture, in order.
    names: Vec<Box<str>>,
}

/// What the parameters of a pattern took, as it stands in the path: still percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathParams(Vec<(Box<str>, Box<str>)>);

/// A pattern that cannot be read; positions are counted in bytes from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// A colon without a name after it.
    #[error("a parameter without a name at {0}")]
    MissingName(usize),
    /// A parenthesis that nothing closes.
    #[error("the group opened at {0} is not closed")]
    Unbalanced(usize),
    /// `()`.
    #[error("an empty group at {0}")]
    EmptyGroup(usize),
    /// An expression that begins with `?`.
    #[error("an expression cannot begin with a question mark, at {0}")]
    QuestionMark(usize),
    /// A capturing group within an expression.
    #[error("a capturing group within an expression at {0}; write (?:…)")]
    CapturingGroup(usize),
    /// Two parameters that nothing separates.
    #[error("no text between the parameter {0:?} and the next")]
    Adjacent(String),
    /// A repeated parameter that nothing separates from its next.
    #[error("the parameter {0:?} cannot be repeated without text before or after it")]
    Repeated(String),
    /// Something in the wrong place.
    #[error("something unexpected at {0}")]
    Unexpected(usize),
    /// What the parameters say is no regular expression.
    #[error("not a regular expression: {0}")]
    Expression(String),
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError`] names what is wrong and where.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        let mut expression = String::from("(?i)^");
        let mut names = Vec::new();
        for part in parse(pattern)? {
            write_part(part, &mut expression, &mut names)?;
        }
        expression.push_str("[/#?]?\\z");
        let regex =
            Regex::new(&expression).map_err(|error| PatternError::Expression(error.to_string()))?;
        if regex.captures_len() != names.len() + 1 {
            let text = "a named group within an expression".to_owned();
            return Err(PatternError::Expression(text));
        }
        Ok(Self { regex, names })
    }

    /// The parameters of `path` if it matches. A path that takes too long to match, which
    /// needs an expression that asks for it, does not match.
    pub fn matches(&self, path: &str) -> Option<PathParams> {
        let captures = match self.regex.captures(path) {
            Ok(captures) => captures?,
            Err(error) => {
                tracing::warn!(%error, "a path could not be matched");
                return None;
            }
        };
        let params = self.names.iter().zip(captures.iter().skip(1));
        let taken =
            params.filter_map(|(name, capture)| Some((name.clone(), capture?.as_str().into())));
        Some(PathParams(taken.collect()))
    }
}

impl std::str::FromStr for PathPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        Self::parse(text)
    }
}

impl PathParams {
    /// What the parameter `name` took; none if it took no part.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().rev().find(|(known, _)| **known == *name);
        named.map(|(_, value)| &**value)
    }
}

/// Appends what `part` means as a regular expression.
fn write_part(
    part: Part,
    expression: &mut String,
    names: &mut Vec<Box<str>>,
) -> Result<(), PatternError> {
    let param = match part {
        Part::Text(text) => {
            expression.push_str(&escape(&text));
            return Ok(());
        }
        Part::Param(param) => param,
    };
    let (prefix, suffix) = (escape(&param.prefix), escape(&param.suffix));
    let modifier = param.modifier.map_or("", |m| m.as_str());
    let Some(inner) = &param.expression else {
        expression.push_str(&format!("(?:{prefix}{suffix}){modifier}"));
        return Ok(());
    };
    let bare = prefix.is_empty() && suffix.is_empty();
    let piece = match param.modifier.filter(|modifier| modifier.repeats()) {
        Some(_) if bare => return Err(PatternError::Repeated(param.name)),
        // The text around stands between two repetitions as well.
        Some(modifier) => {
            let optional = if modifier.is_optional() { "?" } else { "" };
            format!("(?:{prefix}((?:{inner})(?:{suffix}{prefix}(?:{inner}))*){suffix}){optional}")
        }
        None if bare => format!("({inner}){modifier}"),
        None => format!("(?:{prefix}({inner}){suffix}){modifier}"),
    };
    expression.push_str(&piece);
    names.push(param.name.into());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every match was checked against path-to-regexp 6 as Clerk ships it.
    #[test]
    fn paths_match_as_clerks_do() {
        let matched = [
            ("/orgs/:slug", "/orgs/acme", "slug", Some("acme")),
            ("/orgs/:slug", "/ORGS/Acme/", "slug", Some("Acme")),
            ("/orgs/:slug/(.*)", "/orgs/acme/", "slug", Some("acme")),
            ("/orgs/:slug/(.*)", "/orgs/acme/a/b", "0", Some("a/b")),
            (
                "/orgs/:slug(.*)",
                "/orgs/acme/a/b",
                "slug",
                Some("acme/a/b"),
            ),
            ("/a/:id(\\d+)", "/a/12", "id", Some("12")),
            ("/x{/:y}?", "/x", "y", None),
            ("/x{/:y}?", "/x/1", "y", Some("1")),
            ("/a/:b?", "/a", "b", None),
            ("/a/:b*", "/a/1/2", "b", Some("1/2")),
            ("/a/:b+", "/a/1/2/", "b", Some("1/2")),
            ("/:a-:b", "/1-2-3", "a", Some("1-2")),
            ("/:a-:b", "/1-2", "b", Some("2")),
            ("/:file.:ext", "/a.b", "ext", Some("b")),
            ("/{a:b-to-}/:c", "/a1-to-/2", "c", Some("2")),
            ("/x:a-to-:b", "/x1-to-2-to-3", "b", Some("3")),
            ("/a\\:b", "/a:b", "", None),
            ("/a{b}*c", "/abbbc", "", None),
            ("(.*)", "/anything/at/all", "0", Some("/anything/at/all")),
            ("/((?!api).*)", "/web", "0", Some("web")),
            ("/a.b", "/a.b", "", None),
            ("", "/", "", None),
        ];
        for (pattern, path, name, value) in matched {
            let params = PathPattern::parse(pattern).unwrap().matches(path);
            let params = params.unwrap_or_else(|| panic!("{pattern} does not match {path}"));
            assert_eq!(params.get(name), value, "{pattern} on {path}");
        }
        for (pattern, path) in [
            ("/orgs/:slug", "/orgs"),
            ("/orgs/:slug", "/orgs/acme/settings"),
            ("/orgs/:slug", "/my/orgs/acme"),
            ("/orgs/:slug/(.*)", "/orgs/acme"),
            ("/a/:id(\\d+)", "/a/b"),
            ("/a/:b+", "/a"),
            ("/:a-:b", "/1-2-3/4"),
            ("/((?!api).*)", "/api/x"),
            ("/a.b", "/acb"),
            ("", "/a"),
        ] {
            let params = PathPattern::parse(pattern).unwrap().matches(path);
            assert_eq!(params, None, "{pattern} on {path}");
        }
    }

    #[test]
    fn faults_are_named() {
        use PatternError::*;
        for (pattern, error) in [
            ("/:", MissingName(1)),
            ("/(a", Unbalanced(1)),
            ("/()", EmptyGroup(1)),
            ("/(?:a)", QuestionMark(2)),
            ("/(a(b))", CapturingGroup(3)),
            ("/:a(.*):b", Adjacent("a".to_owned())),
            ("/{a:b-to-}:c", Adjacent("b".to_owned())),
            ("(.*)*", Repeated("0".to_owned())),
            ("/*", Unexpected(1)),
            ("/{a", Unexpected(3)),
            ("/{a:b-to-:c}", Unexpected(9)),
            ("/a\\", Unexpected(2)),
        ] {
            assert_eq!(PathPattern::parse(pattern).unwrap_err(), error, "{pattern}");
        }
        for pattern in ["/([z-a])", "/(a(?<n>b))"] {
            let error = PathPattern::parse(pattern).unwrap_err();
            assert!(matches!(error, Expression(_)), "{pattern}: {error}");
        }
    }

    #[test]
    fn an_expression_cannot_keep_us_busy() {
        let pattern = PathPattern::parse("/((?:(?=a)a|a)*b)").unwrap();
        let path = format!("/{}", "a".repeat(2_000));
        assert_eq!(pattern.matches(&path), None);
    }
}
