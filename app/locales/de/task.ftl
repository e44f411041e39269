# /app/{slug}/tasks/{id}

task-archived = Das Projekt ist archiviert
task-about = Zu dieser Aufgabe
task-description = Beschreibung
    .none = Noch keine Beschreibung.
task-edit = Titel und Beschreibung bearbeiten
task-save = Speichern
task-markdown = Markdown: **fett**, `Code`, Listen, Links.
task-conflict = Jemand anders hat das inzwischen geändert. Nichts wurde überschrieben, und Ihre Eingabe steht noch im Feld: Wenn Sie noch einmal speichern, ersetzt sie, was jetzt da steht.
    .there = Jetzt steht da:
    .nothing = Nichts.
task-delete-ask = Aufgabe löschen …
task-delete-question = „{ $title }“ löschen?
task-delete-consequence = Sie wird endgültig weg sein, mit Checkliste und Kommentaren.
task-delete = Aufgabe löschen

task-move = Verschieben
task-assign = Zuweisen
task-due-date = Fälligkeitsdatum
task-set-date = Datum setzen
task-created = Angelegt von { $name }, { $time }

labels-title = Labels
labels-none = Keine Labels
labels-take-off = „{ $name }“ entfernen
labels-another = Weiteres Label
labels-add = Label hinzufügen
labels-new = Neues Label
    .name = Name
    .colour = Farbe
    .submit = Anlegen und hinzufügen
colour-grey = Grau
colour-red = Rot
colour-orange = Orange
colour-yellow = Gelb
colour-green = Grün
colour-blue = Blau
colour-purple = Violett
colour-pink = Rosa

checklist-title = Checkliste
checklist-progress = { $done } von { $total } erledigt
checklist-done = Erledigt:
checklist-open = Offen:
checklist-change = „{ $text }“ ändern
checklist-text = Text
checklist-remove = Entfernen
checklist-new = Neuer Punkt
checklist-add = Punkt hinzufügen

comments-title = Kommentare
comments-none = Noch keine Kommentare.
comments-edited = bearbeitet
comments-change = Kommentar von { $name } ändern
comments-text = Kommentar
comments-save = Kommentar speichern
comments-delete = Kommentar löschen
comments-yours = Ihr Kommentar
    .hint = Markdown. Schreiben Sie @ und den Namen eines Mitglieds, um es zu erwähnen, oder wählen Sie es unten aus.
    .hint-write = Markdown. Schreiben Sie @ und den Namen eines Mitglieds, um es zu erwähnen.
    .submit = Kommentieren
comments-mention = Erwähnen
    .nobody = Niemand Bestimmtes

activity-title = Verlauf
activity-system = Das System
activity-change = { $who } hat { $change ->
    [created] die Aufgabe angelegt
    [edited] Titel oder Beschreibung geändert
    [assigned] geändert, wer zuständig ist
    [due_set] das Fälligkeitsdatum entfernt
    [labeled] die Labels geändert
    [moved] die Aufgabe verschoben
    [checklist_item_added] die Checkliste ergänzt
    [checklist_item_done] einen Punkt der Checkliste abgehakt
    [checklist_item_renamed] einen Punkt der Checkliste umformuliert
    [checklist_item_moved] die Checkliste umsortiert
    [checklist_item_removed] einen Punkt der Checkliste entfernt
    [commented] einen Kommentar geschrieben
    [comment_edited] einen Kommentar bearbeitet
    [comment_deleted] einen Kommentar gelöscht
   *[other] die Aufgabe geändert
}
activity-due = { $who } hat das Fälligkeitsdatum auf { $day } gesetzt
activity-moved = { $who } hat die Aufgabe nach „{ $status }“ verschoben
