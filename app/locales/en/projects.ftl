# /app/{slug}/projects

projects-title = Projects
projects-filter-label = Which projects
projects-active = Active
projects-archived = Archived
projects-all = All
projects-new = New project
projects-create = Create project
projects-last-page = That was the last page
    .text = There are no older projects.
projects-none-archived = Nothing archived
    .text = Projects that you archive rest here until you restore them.
projects-none = No projects yet
    .create = Give the first one a name above. Everyone in this organization will see it.
    .wait = When somebody in this organization creates one, you will see it here.
projects-created = Created
# $name (String)
projects-actions = Actions for { $name }
projects-archive = Archive
projects-restore = Restore
projects-name = Name
projects-rename = Rename
projects-delete-ask = Delete…
# $name (String)
projects-delete-question = Delete “{ $name }”?
projects-delete-this = Delete this project?
projects-delete-consequence = It will be gone for good. To keep it out of sight, archive it instead.
# $name (Element) - which project
projects-delete-named = “{ $name }” will be gone for good. To keep it out of sight, archive it instead.
projects-delete = Delete project
projects-progress = Tasks done
projects-sort-label = Order:
projects-sort-newest = Newest first
projects-sort-updated = Changed last
projects-sort-name = By name
