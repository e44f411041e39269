//! Data to take along, as ZIP archives of JSON lines: an organization's, and one's own. They are
//! written while they are sent, so that neither their size nor a slow connection costs memory.

mod archive;
mod organization;
mod person;
mod progress;

pub use archive::Download;
pub use organization::{FORM as ORGANIZATION_FORM, form as organization_form, organization};
pub use person::{FORM as PERSON_FORM, person};
pub use progress::{Export, Exports, State};
