//! The server functions of a task's page. Each change of what the task says carries the version it
//! was based on; when that is no longer the task's, nothing is changed.

pub mod checklist;
pub mod comments;
pub mod facts;
pub mod text;

use crate::{
    error::AppError,
    forms::{Done, Posted},
    notice::Notice,
    pages::task::task_of,
};

/// The form of a task's page that is being answered.
struct Form<'a> {
    function: &'static str,
    org: &'a str,
    id: &'a str,
    kept: &'a [(&'static str, &'a str)],
    /// More of the page's query, for when the form is refused.
    more: &'a [(&'a str, &'a str)],
}

impl Form<'_> {
    /// Sends a browser back to the task, and tells a program `T`.
    fn answer<T: Default>(
        self,
        notice: Notice,
        outcome: Result<T, AppError>,
    ) -> Result<T, AppError> {
        let task = task_of(self.org, self.id);
        let done = Done {
            page: task.clone(),
            notice: Some(notice),
        };
        Posted {
            function: self.function,
            page: crate::redirects::with_query(&task, self.more),
            kept: self.kept,
        }
        .answer_with(outcome.map(|told| (done, told)))
    }
}
