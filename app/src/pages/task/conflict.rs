//! Two people changed the same thing.

use leptos::prelude::*;

use crate::{error::AppError, forms::Refusal};

/// Shown beside the form of `function` if somebody else was faster: what is there now. What was
/// typed is still in the field.
pub fn conflict(refusal: &Refusal, function: &str, there: &str) -> AnyView {
    if !is_conflict(refusal, function) {
        return ().into_any();
    }
    let there = match there.is_empty() {
        true => "Nothing.".to_owned(),
        false => there.to_owned(),
    };
    view! {
        <div class="conflict">
            <p>
                "Somebody else changed this meanwhile. Nothing was overwritten, and what you \
                 entered is still in the field: saving again puts it in place of what is there \
                 now."
            </p>
            <p>"There now:"</p>
            <p class="conflict-text">{there}</p>
        </div>
    }
    .into_any()
}

/// Whether `function` refused because somebody else was faster.
pub fn is_conflict(refusal: &Refusal, function: &str) -> bool {
    matches!(refusal.of(function), Some(AppError::Conflict { .. }))
}
