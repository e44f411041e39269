# The command palette, and /app/{slug}/go

go-title = Go to…
go-field = Where to, or what to look for
    .placeholder = Where to, or what to look for
go-submit = Look
go-to = Go to
go-found = Found here
# $query (String) - what was typed
go-search = Search for “{ $query }”
go-unreachable = There is no answer. Check your connection; what you type asks again.
# $count (Number)
go-count = { $count ->
    [0] Nothing by this name
    [one] { $count } entry
   *[other] { $count } entries
}
