# /app/{slug}/projects

projects-title = Projekte
projects-filter-label = Welche Projekte
projects-active = Aktiv
projects-archived = Archiviert
projects-new = Neues Projekt
projects-create = Projekt anlegen
projects-last-page = Das war die letzte Seite
    .text = Ältere Projekte gibt es nicht.
projects-none-archived = Nichts archiviert
    .text = Projekte, die Sie archivieren, ruhen hier, bis Sie sie zurückholen.
projects-none = Noch keine Projekte
    .create = Geben Sie dem ersten oben einen Namen. Alle in dieser Organisation werden es sehen.
    .wait = Sobald jemand in dieser Organisation eines anlegt, sehen Sie es hier.
projects-created = Angelegt
projects-actions = Aktionen für { $name }
projects-archive = Archivieren
projects-restore = Zurückholen
projects-name = Name
projects-rename = Umbenennen
projects-delete-ask = Löschen …
projects-delete-question = „{ $name }“ löschen?
projects-delete-this = Dieses Projekt löschen?
projects-delete-consequence = Es wird endgültig weg sein. Wenn es nur nicht mehr zu sehen sein soll, archivieren Sie es.
projects-delete-named = „{ $name }“ wird endgültig weg sein. Wenn es nur nicht mehr zu sehen sein soll, archivieren Sie es.
projects-delete = Projekt löschen
projects-progress = Erledigte Aufgaben
