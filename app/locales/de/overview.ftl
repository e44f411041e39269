# /app/{slug}

overview-title = Übersicht
overview-projects = Zuletzt geändert
overview-changed = Geändert
overview-all-projects = Alle Projekte
overview-all-members = Alle Mitglieder
overview-first-project = Geben Sie dem ersten einen Namen. Alle in dieser Organisation werden es sehen.
