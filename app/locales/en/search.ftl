# /app/{slug}/search

search-for = Search for
    .placeholder = Projects, tasks, comments, members
    .submit = Search
search-nothing = Nothing found
    .text = Every word has to occur, at least with its beginning. Try fewer or other words.
# $count (Number)
search-results = { $count ->
    [one] { $count } result
   *[other] { $count } results
}
# $count (Number) - as many as are shown at most
search-best = The best { $count } results
search-project = Project
# $number (Number)
# $status (String)
search-task = Task #{ $number } · { $status }
# $number (Number) - the task's
search-comment = Comment on #{ $number }
search-member = Member
search-everywhere = Search this organization
