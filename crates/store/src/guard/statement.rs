//! Whether a statement stays within one organization.

use super::tokens::{Token, parse};
use crate::catalog::tenant_tables;
use sea_orm::Value;

/// The column that comes first in every key of a tenant table.
const OWNER: &str = "organization_id";

/// Why a statement is not sent.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("it can't be read")]
    Unreadable,
    #[error("it does not say whose rows of {0} it means")]
    Unscoped(&'static str),
    #[error("it could give a row of {0} to another organization")]
    Handover(&'static str),
}

/// Refuses a statement on a tenant table unless it can only concern `organization`'s rows: a
/// condition on the owner that no OR can lift, in the same query as the table, or, for new
/// rows, the organization as their owner. It knows the statements that the query builder
/// makes; others it refuses.
pub(super) fn check(sql: &str, values: &[Value], organization: &str) -> Result<(), Refusal> {
    let tokens = parse(sql).ok_or(Refusal::Unreadable)?;
    let bound = Bound {
        values,
        organization,
    };
    bound.check(&tokens)
}

struct Bound<'a> {
    values: &'a [Value],
    organization: &'a str,
}

impl Bound<'_> {
    fn check(&self, query: &[Token<'_>]) -> Result<(), Refusal> {
        for token in query {
            if let Token::Group(inner) = token {
                self.check(inner)?;
            }
        }
        for (at, token) in query.iter().enumerate() {
            let Some(table) = tenant_table(token) else {
                continue;
            };
            // The table of a column: `"projects"."name"`.
            if query.get(at + 1) == Some(&Token::Sign('.')) {
                continue;
            }
            if changes_owner(query) {
                return Err(Refusal::Handover(table));
            }
            let inserts = at > 0 && query[at - 1].is_word("INTO");
            let after = &query[at + 1..];
            let stays = match after {
                _ if inserts => self.rows_are_ours(after),
                // Under another name the condition has to be on that one.
                [as_word, Token::Name(alias), ..] if as_word.is_word("AS") => {
                    self.is_limited(query, alias)
                }
                _ => self.is_limited(query, table),
            };
            if !stays {
                return Err(Refusal::Unscoped(table));
            }
        }
        Ok(())
    }

    /// `("organization_id", …) VALUES ($1, …), …`, each with the organization as its owner.
    fn rows_are_ours(&self, after_table: &[Token<'_>]) -> bool {
        let [Token::Group(columns), values, rows @ ..] = after_table else {
            return false;
        };
        let place = columns
            .split(is_comma)
            .position(|column| *column == [Token::Name(OWNER)]);
        let (Some(place), true) = (place, values.is_word("VALUES")) else {
            return false;
        };
        let mut rows = rows
            .iter()
            .take_while(|token| matches!(token, Token::Group(_) | Token::Sign(',')))
            .filter_map(|token| match token {
                Token::Group(row) => Some(row),
                _ => None,
            })
            .peekable();
        rows.peek().is_some()
            && rows.all(|row| {
                let value = row.split(is_comma).nth(place);
                value.is_some_and(|value| matches!(value, [value] if self.is_ours(value)))
            })
    }

    /// `WHERE "table"."organization_id" = $1 AND …`
    fn is_limited(&self, query: &[Token<'_>], table: &str) -> bool {
        // A second query beside the first has conditions of its own, or none.
        let joined = ["UNION", "INTERSECT", "EXCEPT"];
        if query
            .iter()
            .any(|token| joined.iter().any(|word| token.is_word(word)))
        {
            return false;
        }
        let Some(begin) = query.iter().position(|token| token.is_word("WHERE")) else {
            return false;
        };
        let condition = &query[begin + 1..];
        let end = [
            "GROUP",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "RETURNING",
            "FOR",
            "HAVING",
        ];
        let end = condition
            .iter()
            .position(|token| end.iter().any(|word| token.is_word(word)));
        let condition = &condition[..end.unwrap_or(condition.len())];
        !condition.iter().any(|token| token.is_word("OR"))
            && condition
                .split(|token| token.is_word("AND"))
                .any(|part| match part {
                    [
                        Token::Name(of),
                        Token::Sign('.'),
                        Token::Name(OWNER),
                        Token::Sign('='),
                        value,
                    ] => *of == table && self.is_ours(value),
                    _ => false,
                })
    }

    fn is_ours(&self, value: &Token<'_>) -> bool {
        let Token::Value(place) = value else {
            return false;
        };
        matches!(self.values.get(*place), Some(Value::String(Some(id))) if id.as_str() == self.organization)
    }
}

fn tenant_table(token: &Token<'_>) -> Option<&'static str> {
    let (Token::Name(name) | Token::Word(name)) = token else {
        return None;
    };
    tenant_tables().find(|table| table.eq_ignore_ascii_case(name))
}

/// Whether an UPDATE, or an INSERT that updates, sets the owner.
fn changes_owner(query: &[Token<'_>]) -> bool {
    let Some(set) = query.iter().position(|token| token.is_word("SET")) else {
        return false;
    };
    query[set + 1..]
        .iter()
        .take_while(|token| !token.is_word("WHERE") && !token.is_word("RETURNING"))
        .any(|token| matches!(token, Token::Name(name) | Token::Word(name) if *name == OWNER))
}

fn is_comma(token: &Token<'_>) -> bool {
    *token == Token::Sign(',')
}

#[cfg(test)]
mod tests;
