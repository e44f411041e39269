//! Moving the cards of a board by pointer and by keyboard.
//!
//! The page is complete without: each card has a form that moves it. What the island needs to know
//! stands in the page, words included:
//!
//! - `[data-board]`: the board, with the address that moves a card (`data-move`), the
//!   organization's slug (`data-org`), and the texts `data-say-…`
//! - `[data-column]`: a column, with its status and its name (`data-name`), in it `[data-count]`
//!   and the list `[data-cards]`
//! - `[data-card]`: a card, with the task's id, its title (`data-name`) and the version it shows
//!   (`data-version`), in it the button `[data-grab]`
//! - `[data-board-says]`: the live region; `[data-board-error]`: where a failure is shown

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod grab;
#[cfg(feature = "hydrate")]
mod save;

/// Lets cards be dragged, or grabbed with the space bar and moved with the arrow keys.
#[island]
pub fn BoardMoves() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    grab::start();
}
