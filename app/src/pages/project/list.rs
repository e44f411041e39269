//! The list: one column of rows, filtered and sorted as the address says.

use leptos::prelude::*;
use store::{Day, Label, Member, Status, TaskPage};

use super::address::Address;
use crate::{
    components::{
        empty_state::EmptyState,
        pagination::Pagination,
        select::{Choice, Select},
    },
    pages::{
        members::called,
        task::{card::row, people::People, status_name},
    },
};

/// Filters and rows.
pub fn list(
    address: &Address,
    page: TaskPage,
    labels: &[Label],
    members: &[Member],
    people: &People,
    today: Day,
) -> AnyView {
    let newest = address.after.is_some().then(|| address.at(None));
    let older = page.next.map(|next| address.at(Some(next)));
    let rows = page
        .items
        .iter()
        .map(|card| row(&address.slug, card, people, today, None))
        .collect_view();
    let content = if page.items.is_empty() {
        nothing(address)
    } else {
        view! { <ul class="rows tasks">{rows}</ul> }.into_any()
    };
    view! {
        {filters(address, labels, members)}
        {content}
        <Pagination newest=newest older=older/>
    }
    .into_any()
}

/// A form that only reads: it becomes the address.
fn filters(address: &Address, labels: &[Label], members: &[Member]) -> AnyView {
    let mut assignees = vec![
        Choice::new("", "Anyone"),
        Choice::new("me", "Me"),
        Choice::new("nobody", "Nobody"),
    ];
    assignees.extend(
        members
            .iter()
            .map(|member| Choice::new(member.user_id.as_str(), &called(member))),
    );
    let mut with_labels = vec![Choice::new("", "Any")];
    with_labels.extend(
        labels
            .iter()
            .map(|label| Choice::new(&label.id.to_string(), &label.name)),
    );
    let mut statuses = vec![Choice::new("", "Open"), Choice::new("all", "All")];
    statuses.extend(Status::ALL.map(|status| Choice::new(status.as_str(), status_name(status))));
    let dues = vec![
        Choice::new("", "Whenever"),
        Choice::new("overdue", "Overdue"),
        Choice::new("week", "This week"),
        Choice::new("none", "No date"),
    ];
    let orders = vec![
        Choice::new("", "Newest first"),
        Choice::new("updated", "Last changed"),
        Choice::new("due", "Due first"),
    ];
    view! {
        <form class="filters" method="get" action=address.path() aria-label="Filter">
            <input type="hidden" name="view" value="list"/>
            <Select id="by-assignee" name="assignee" label="Assignee" choices=assignees
                chosen=address.assignee.clone()/>
            <Select id="by-label" name="label" label="Label" choices=with_labels
                chosen=address.label.clone()/>
            <Select id="by-status" name="status" label="Status" choices=statuses
                chosen=address.status.clone()/>
            <Select id="by-due" name="due" label="Due" choices=dues chosen=address.due.clone()/>
            <Select id="by-sort" name="sort" label="Order" choices=orders
                chosen=address.sort.clone()/>
            <button class="button" type="submit">"Show"</button>
            {address.is_filtered().then(|| view! {
                <a class="button button-quiet" href=address.list()>"Clear"</a>
            })}
        </form>
    }
    .into_any()
}

fn nothing(address: &Address) -> AnyView {
    if address.after.is_some() {
        view! { <EmptyState title="That was the last page" text="There are no more tasks."/> }
            .into_any()
    } else if address.is_filtered() {
        view! { <EmptyState title="Nothing matches" text="No task meets all of these filters."/> }
            .into_any()
    } else {
        view! { <EmptyState title="Nothing to do" text="Open tasks of this project stand here."/> }
            .into_any()
    }
}
