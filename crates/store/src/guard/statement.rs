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

/// What a statement asks of the values bound to it, so that it stays within one organization:
/// each of these has to be that organization's id.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Demands(Vec<Demand>);

/// One place among the bound values, from 0, and the table for whose sake.
#[derive(Debug, PartialEq, Eq)]
struct Demand {
    value: usize,
    table: &'static str,
}

impl Demands {
    /// # Errors
    /// [`Refusal::Unscoped`] when one of the values is not the organization.
    pub(super) fn met_by(&self, values: &[Value], organization: &str) -> Result<(), Refusal> {
        for demand in &self.0 {
            match values.get(demand.value) {
                Some(Value::String(Some(id))) if id.as_str() == organization => {}
                _ => return Err(Refusal::Unscoped(demand.table)),
            }
        }
        Ok(())
    }
}

/// Refuses a statement on a tenant table unless it can only concern one organization's rows: a
/// condition on the owner that no OR can lift, in the same query as the table, or, for new
/// rows, a bound value as their owner. It knows the statements that the query builder makes;
/// others it refuses.
pub(super) fn demands(sql: &str) -> Result<Demands, Refusal> {
    let tokens = parse(sql).ok_or(Refusal::Unreadable)?;
    let mut demands = Vec::new();
    read(&tokens, &mut demands)?;
    Ok(Demands(demands))
}

fn read(query: &[Token<'_>], demands: &mut Vec<Demand>) -> Result<(), Refusal> {
    for token in query {
        if let Token::Group(inner) = token {
            read(inner, demands)?;
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
        let owners = match after {
            _ if inserts => owners_of_rows(after),
            // Under another name the condition has to be on that one.
            [as_word, Token::Name(alias), ..] if as_word.is_word("AS") => limit(query, alias),
            _ => limit(query, table),
        };
        let owners = owners.ok_or(Refusal::Unscoped(table))?;
        demands.extend(owners.into_iter().map(|value| Demand { value, table }));
    }
    Ok(())
}

/// The owners in `("organization_id", …) VALUES ($1, …), …`, if each row has one.
fn owners_of_rows(after_table: &[Token<'_>]) -> Option<Vec<usize>> {
    let [Token::Group(columns), values, rows @ ..] = after_table else {
        return None;
    };
    let place = columns
        .split(is_comma)
        .position(|column| *column == [Token::Name(OWNER)])?;
    if !values.is_word("VALUES") {
        return None;
    }
    let owners: Vec<usize> = rows
        .iter()
        .take_while(|token| matches!(token, Token::Group(_) | Token::Sign(',')))
        .filter_map(|token| match token {
            Token::Group(row) => Some(row),
            _ => None,
        })
        .map(|row| match row.split(is_comma).nth(place) {
            Some([Token::Value(owner)]) => Some(*owner),
            _ => None,
        })
        .collect::<Option<_>>()?;
    (!owners.is_empty()).then_some(owners)
}

/// The owner in `WHERE "table"."organization_id" = $1 AND …`.
fn limit(query: &[Token<'_>], table: &str) -> Option<Vec<usize>> {
    // A second query beside the first has conditions of its own, or none.
    let joined = ["UNION", "INTERSECT", "EXCEPT"];
    if query
        .iter()
        .any(|token| joined.iter().any(|word| token.is_word(word)))
    {
        return None;
    }
    let begin = query.iter().position(|token| token.is_word("WHERE"))?;
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
    if condition.iter().any(|token| token.is_word("OR")) {
        return None;
    }
    let mut parts = condition.split(|token| token.is_word("AND"));
    parts.find_map(|part| match part {
        [
            Token::Name(of),
            Token::Sign('.'),
            Token::Name(OWNER),
            Token::Sign('='),
            Token::Value(owner),
        ] if *of == table => Some(vec![*owner]),
        _ => None,
    })
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
