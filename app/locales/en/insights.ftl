# /app/{slug}/insights

insights-title = Insights
insights-by-week = Week by week
insights-range = How many weeks
# $count (Number)
insights-weeks = { $count } weeks
insights-week-from = Week from
insights-utc = Weeks begin on Monday, in UTC.
# $weeks (Number) - how many are forecast
# $percent (Number)
insights-forecast = The dotted line is a forecast of { $weeks } weeks, beginning with this one; in { $percent } of 100 cases what comes lies within the band, if things go on as they did.
# $needed (Number) - full weeks
# $have (Number)
insights-too-early = There is a forecast from { $needed } full weeks of history on; so far there are { $have }.
# $count (String)
insights-this-week = This week so far: { $count }
insights-active = Active people
    .about = Who changed something. To look is not counted.
insights-created = Tasks created
    .about = Also those that were deleted since.
insights-finished = Tasks finished
    .about = Those that still stand on done.
insights-joined = Invitations accepted
    .about = Everybody who joined: by an invitation, or added by hand.

suggestions-title = Suggestions
suggestions-no-invitations = The service that keeps invitations does not answer, so we cannot say whether some have waited for long.
suggestions-none = Nothing to improve
    .text = Work is on time and has owners, and everybody takes part. Keep going!
suggestion-alone = There is only one admin. If they are away, nobody can invite people or change settings.
    .action = Make somebody else an admin
# $count (Number)
# $project (String) - the one with the most
suggestion-overdue = { $count ->
    [one] { $count } task is overdue, in “{ $project }”.
   *[other] { $count } tasks are overdue, most of them in “{ $project }”.
}
    .action = Look at overdue tasks
# $count (Number)
# $days (Number)
suggestion-stale = { $count ->
    [one] { $count } invitation has waited for more than { $days } days.
   *[other] { $count } invitations have waited for more than { $days } days.
}
    .action = Send again or revoke
# $count (Number)
# $project (String) - the one with the most
suggestion-unassigned = { $count ->
    [one] { $count } open task has nobody to do it, in “{ $project }”.
   *[other] { $count } open tasks have nobody to do them, most of them in “{ $project }”.
}
    .action = Find somebody for them
# $count (Number)
# $days (Number)
suggestion-idle = { $count ->
    [one] { $count } person has changed nothing for { $days } days. Perhaps the seat can be given to somebody else.
   *[other] { $count } people have changed nothing for { $days } days. Perhaps their seats can be given to others.
}
    .action = Look at members
# $count (Number)
# $days (Number)
# $project (String) - the quietest
suggestion-quiet = { $count ->
    [one] Nothing has happened in “{ $project }” for { $days } days.
   *[other] Nothing has happened in { $count } projects for { $days } days; “{ $project }” is the quietest.
}
    .action = Open it, or archive it
