# /app/{slug}/projects/{id}: a project's tasks, as a board or as a list.

board-views-label = View
board-view = Board
# $count (Number) - how many more cards the link shows
board-show-more = Show { $count } more
# $column (String) - goes on after `board-show-more`
board-show-more-of = of { $column }
# $count (Number) - how many there are in all
# $column (String)
board-all-in-list = All { $count } of { $column } in the list
# Behind the number of cards in a column.
board-tasks = tasks
board-add = Add task
# $status (String) - goes on after `board-add`
board-add-to = to { $status }
# $task (String) - its title
board-grab = Grab “{ $task }”
# $task (String)
board-move = Move “{ $task }”
board-up = Up
board-down = Down
# $status (String)
board-to = To { $status }

# $task (String) - its title
# $place (String) - counted from above
# $all (String) - how many cards are in the column
# $column (String) - its name
board-grabbed = { $task } grabbed. Place { $place } of { $all } in { $column }. Arrow keys move it, space drops it, Escape puts it back.
# $task (String)
# $place (String)
# $all (String)
# $column (String)
board-moved = { $task }: place { $place } of { $all } in { $column }.
# $task (String)
# $place (String)
# $all (String)
# $column (String)
board-dropped = { $task } dropped. Place { $place } of { $all } in { $column }.
# $task (String)
# $place (String)
# $all (String)
# $column (String)
board-returned = { $task } is back at place { $place } of { $all } in { $column }.
board-conflict = Somebody else moved this task meanwhile. The board shows where it is now; move it again if it should be elsewhere.
board-refused = The task could not be moved, so it is back where it was.
board-unreachable = The server could not be reached, so the task is back where it was. Try again in a minute.

list-view = List
list-filter = Filter
list-anyone = Anyone
list-me = Me
list-label = Label
list-any-label = Any
list-open = Open
list-all = All
list-whenever = Whenever
list-order = Order
list-newest = Newest first
list-updated = Last changed
list-due = Due first
list-show = Show
list-clear = Clear
list-last-page = That was the last page
    .text = There are no more tasks.
list-no-match = Nothing matches
    .text = No task meets all of these filters.
