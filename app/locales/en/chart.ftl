# Charts, and numbers.

# Between groups of three digits.
number-group = ,
# $day (Number) - of the month
# $month (Number) - 1 to 12
chart-day = { $day } { $month ->
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
}
chart-table = As a table
# $title (String)
# $first (String) - a date
# $last (String) - a date
# $least (String)
# $most (String)
# $latest (String)
chart-summary = { $title }, { $first } to { $last }: between { $least } and { $most }, { $latest } at the end.
# $when (String) - a date
# $expected (String)
# $low (String)
# $high (String)
chart-summary-expected = For { $when } about { $expected } are expected, { $low } to { $high }.
# $expected (String)
# $low (String)
# $high (String)
chart-expected = about { $expected } ({ $low } to { $high })
