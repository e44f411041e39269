# /app/{slug}

overview-title = Overview
overview-projects = Latest changes
overview-changed = Changed
overview-all-projects = All projects
overview-all-members = All members
overview-first-project = Give the first one a name. Everyone in this organization will see it.
