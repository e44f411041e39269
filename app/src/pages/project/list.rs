//! The list: one column of rows, filtered and sorted as the address says.

use leptos::prelude::*;
use store::{Day, Label, Status, TaskPage};

use super::address::Address;
use crate::{
    components::{
        empty_state::EmptyState,
        pagination::Pagination,
        select::{Choice, Select},
    },
    language::texts,
    pages::{
        members::ToChoose,
        task::{card::row, people::People, status_name},
    },
};

/// Filters and rows.
pub fn list(
    address: &Address,
    page: TaskPage,
    labels: &[Label],
    members: &ToChoose,
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
        {filters(address, labels, members, people)}
        {content}
        <Pagination newest=newest older=older/>
    }
    .into_any()
}

/// A form that only reads: it becomes the address.
fn filters(address: &Address, labels: &[Label], members: &ToChoose, people: &People) -> AnyView {
    let texts = texts();
    let mut assignees = vec![
        Choice::new("", texts.list_anyone()),
        Choice::new("me", texts.list_me()),
        Choice::new("nobody", texts.tasks_nobody()),
    ];
    let asked = address.user();
    let chosen = asked
        .as_ref()
        .map(|user| (user.as_str(), people.name(user)));
    assignees.extend(members.choices(chosen));
    let mut with_labels = vec![Choice::new("", texts.list_any_label())];
    with_labels.extend(
        labels
            .iter()
            .map(|label| Choice::new(&label.id.to_string(), &label.name)),
    );
    let mut statuses = vec![
        Choice::new("", texts.list_open()),
        Choice::new("all", texts.list_all()),
    ];
    statuses.extend(Status::ALL.map(|status| Choice::new(status.as_str(), status_name(status))));
    let dues = vec![
        Choice::new("", texts.list_whenever()),
        Choice::new("overdue", texts.tasks_overdue()),
        Choice::new("week", texts.tasks_this_week()),
        Choice::new("none", texts.tasks_no_date()),
    ];
    let orders = vec![
        Choice::new("", texts.list_newest()),
        Choice::new("updated", texts.list_updated()),
        Choice::new("due", texts.list_due()),
    ];
    view! {
        <form class="filters" method="get" action=address.path() aria-label=texts.list_filter()>
            <input type="hidden" name="view" value="list"/>
            {members.search_field("find-assignee")}
            <Select id="by-assignee" name="assignee" label=texts.tasks_assignee()
                choices=assignees chosen=address.assignee.clone()/>
            <Select id="by-label" name="label" label=texts.list_label()
                choices=with_labels chosen=address.label.clone()/>
            <Select id="by-status" name="status" label=texts.tasks_status()
                choices=statuses chosen=address.status.clone()/>
            <Select id="by-due" name="due" label=texts.tasks_due() choices=dues
                chosen=address.due.clone()/>
            <Select id="by-sort" name="sort" label=texts.list_order() choices=orders
                chosen=address.sort.clone()/>
            <button class="button" type="submit">{texts.list_show()}</button>
            {address.is_filtered().then(|| view! {
                <a class="button button-quiet" href=address.list()>{texts.list_clear()}</a>
            })}
        </form>
    }
    .into_any()
}

fn nothing(address: &Address) -> AnyView {
    let texts = texts();
    let (title, text) = if address.after.is_some() {
        (texts.list_last_page(), texts.list_last_page_text())
    } else if address.is_filtered() {
        (texts.list_no_match(), texts.list_no_match_text())
    } else {
        (texts.tasks_nothing(), texts.tasks_nothing_project())
    };
    view! { <EmptyState title=title text=text/> }.into_any()
}
