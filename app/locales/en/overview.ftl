# /app/{slug}

overview-title = Overview
overview-news = What changed
overview-no-news = Nothing yet. What you and others do in projects is told here.
overview-activity = Activity
    .changes = Changes to projects and tasks
overview-day = Day
overview-all-projects = All projects
overview-all-members = All members
overview-all-mine = All my tasks
overview-first-project = Give the first one a name. Everyone in this organization will see it.

# $who (String)
# $action (String) - as the audit log calls it, with a line for the dot
# $what (Element) - the name of a project or a task
news-work = { $who } { $action ->
    [project_created] created the project
    [project_renamed] renamed the project
    [project_archived] archived the project
    [project_unarchived] brought back the project
    [task_created] created
    [task_assigned] changed who is to do
    [task_commented] commented on
   *[other] changed
} { $what }
# $who (String)
# $status (String)
# $what (Element) - the title of a task
news-moved = { $who } moved { $what } to { $status }
# $action (String) - as the audit log calls it, with a line for the dot
# $who (String)
news-person = { $action ->
    [member_joined] { $who } joined
    [member_left] { $who } left
   *[other] { $who } was removed
}
