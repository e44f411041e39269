//! Who belongs to an organization, and the changing of that.

mod page;
mod read;
mod rules;
mod turn;
mod view;

pub use page::{MemberFilter, MemberPage};
pub use read::{Members, NAMED_LIMIT};
pub use rules::MemberChange;
pub(crate) use turn::Turns;
pub use turn::{Told, Turn};
pub use view::{Member, MembershipView};
