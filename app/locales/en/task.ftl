# /app/{slug}/tasks/{id}

task-archived = Its project is archived
task-about = About this task
task-description = Description
    .none = No description yet.
task-edit = Edit title and description
task-save = Save
task-markdown = Markdown: **bold**, `code`, lists, links.
task-conflict = Somebody else changed this meanwhile. Nothing was overwritten, and what you entered is still in the field: saving again puts it in place of what is there now.
    .there = There now:
    .nothing = Nothing.
task-delete-ask = Delete task…
# $title (String)
task-delete-question = Delete “{ $title }”?
task-delete-consequence = It will be gone for good, with its checklist and comments.
task-delete = Delete task

task-move = Move
task-assign = Assign
task-due-date = Due date
task-set-date = Set date
# $name (String)
# $time (Element)
task-created = Created by { $name }, { $time }

labels-title = Labels
labels-none = No labels
# $name (String)
labels-take-off = Take off “{ $name }”
labels-another = Another label
labels-add = Add label
labels-new = New label
    .name = Name
    .colour = Colour
    .submit = Create and add
colour-grey = Grey
colour-red = Red
colour-orange = Orange
colour-yellow = Yellow
colour-green = Green
colour-blue = Blue
colour-purple = Purple
colour-pink = Pink

checklist-title = Checklist
# $done (Number)
# $total (Number)
checklist-progress = { $done } of { $total } done
checklist-done = Done:
checklist-open = Open:
# $text (String) - the item's
checklist-change = Change “{ $text }”
checklist-text = Text
checklist-remove = Remove
checklist-new = New item
checklist-add = Add item

comments-title = Comments
comments-none = Nothing was said yet.
comments-edited = edited
# $name (String)
comments-change = Change the comment of { $name }
comments-text = Comment
comments-save = Save comment
comments-delete = Delete comment
comments-yours = Your comment
    .hint = Markdown. Write @ and a member’s name to mention them, or choose below.
    .hint-write = Markdown. Write @ and a member’s name to mention them.
    .submit = Comment
comments-mention = Mention
    .nobody = Nobody in particular

activity-title = Activity
activity-system = The system
# $who (String)
# $change (String) - as the audit log calls it
activity-change = { $who } { $change ->
    [created] created the task
    [edited] changed title or description
    [assigned] changed who is to do it
    [due_set] took the due date away
    [labeled] changed the labels
    [moved] moved it
    [checklist_item_added] added to the checklist
    [checklist_item_done] ticked an item of the checklist
    [checklist_item_renamed] rewrote an item of the checklist
    [checklist_item_moved] sorted the checklist
    [checklist_item_removed] took an item off the checklist
    [commented] commented
    [comment_edited] edited a comment
    [comment_deleted] deleted a comment
   *[other] changed the task
}
# $who (String)
# $day (String) - as in 2026-11-22
activity-due = { $who } set the due date to { $day }
# $who (String)
# $status (String)
activity-moved = { $who } moved it to { $status }
