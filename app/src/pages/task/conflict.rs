//! Two people changed the same thing.

use leptos::prelude::*;

use crate::{error::AppError, forms::Refusal, language::texts};

/// Shown beside the form of `function` if somebody else was faster: what is there now. What was
/// typed is still in the field.
pub fn conflict(refusal: &Refusal, function: &str, there: &str) -> AnyView {
    if !is_conflict(refusal, function) {
        return ().into_any();
    }
    let texts = texts();
    let there = match there.is_empty() {
        true => texts.task_conflict_nothing(),
        false => there.to_owned(),
    };
    view! {
        <div class="conflict">
            <p>{texts.task_conflict()}</p>
            <p>{texts.task_conflict_there()}</p>
            <p class="conflict-text">{there}</p>
        </div>
    }
    .into_any()
}

/// Whether `function` refused because somebody else was faster.
pub fn is_conflict(refusal: &Refusal, function: &str) -> bool {
    matches!(refusal.of(function), Some(AppError::Conflict { .. }))
}
