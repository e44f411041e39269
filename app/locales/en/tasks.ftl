# What several pages of tasks say.

status-backlog = Backlog
status-todo = To do
status-in-progress = In progress
status-done = Done
status-canceled = Canceled

tasks-title = Title
tasks-status = Status
tasks-assignee = Assignee
tasks-nobody = Nobody
tasks-former-member = Former member
tasks-due = Due
tasks-overdue = Overdue
tasks-today = Today
tasks-this-week = This week
tasks-later = Later
tasks-no-date = No date
tasks-nothing = Nothing to do
    .project = Open tasks of this project stand here.
    .mine = Open tasks that are assigned to you stand here, from all projects.

# On a card or in a row, before a name.
tasks-assigned-to = Assignee:
# $late (Bool)
# $day (Element)
tasks-due-on = { $late ->
    [true] Overdue:
   *[false] Due
} { $day }
tasks-checklist = Checklist:
# $done (Number)
# $total (Number)
tasks-done = { $done }/{ $total } done
# $count (Number)
tasks-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
