//! Taking back what the notice above the list tells of: that a project was put away, or taken back
//! from the archive.

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use super::{
    actions::{ArchiveProject, RestoreProject},
    view_state::ViewState,
};
use crate::{forms::query_value, language::texts, notice::Notice};

/// The query parameter that names the project.
pub const UNDO: &str = "undo";

/// The form, when the address names a notice that can be taken back and a project. It is the other
/// change, with its own rules and its own entry in the audit log.
pub fn undo(state: &ViewState) -> Option<AnyView> {
    let action = match Notice::of_request()? {
        Notice::ProjectArchived => RestoreProject::PATH,
        Notice::ProjectRestored => ArchiveProject::PATH,
        _ => return None,
    };
    let id = query_value(UNDO)?;
    let form = view! {
        <form class="toast-undo" method="post" action=action>
            {state.hidden_fields()}
            <input type="hidden" name="id" value=id/>
            <button class="button" type="submit">{texts().undo()}</button>
        </form>
    };
    Some(form.into_any())
}
