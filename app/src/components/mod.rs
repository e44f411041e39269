//! Buttons, fields, menus and the like. No server function but the theme's lives here.

pub mod board;
pub mod dialog;
pub mod download;
pub mod later;
pub mod mention;
pub mod menu;
pub mod palette;
pub mod sheet;
pub mod shortcuts;
pub mod submit_once;
pub mod theme;
pub mod toast;

#[cfg(feature = "hydrate")]
mod options;

#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod empty_state;
#[cfg(feature = "ssr")]
pub mod field;
#[cfg(feature = "ssr")]
pub mod header;
#[cfg(feature = "ssr")]
pub mod icons;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod pagination;
#[cfg(feature = "ssr")]
pub mod select;
#[cfg(feature = "ssr")]
pub mod text_area;
#[cfg(feature = "ssr")]
pub mod time;
