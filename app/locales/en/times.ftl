# Points in time.

time-now = just now
# $count (Number)
time-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
# $count (Number)
time-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
# $count (Number)
time-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
# $day (Number) - of the month
# $month (Number) - 1 to 12
# $year (Number)
time-date = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
# $date (String)
# $time (String) - hours and minutes
# $zone (String) - CET
time-exact = { $date }, { $time } { $zone }
