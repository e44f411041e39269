# /app/{slug}/projects/{id}: die Aufgaben eines Projekts, als Board oder als Liste.

board-views-label = Ansicht
board-view = Board
board-show-more = { $count } weitere zeigen
board-show-more-of = in „{ $column }“
board-all-in-list = Alle { $count } aus „{ $column }“ in der Liste
board-tasks = Aufgaben
board-add = Aufgabe hinzufügen
board-add-to = zu „{ $status }“
board-grab = „{ $task }“ greifen
board-move = „{ $task }“ verschieben
board-up = Nach oben
board-down = Nach unten
board-to = Nach „{ $status }“

board-grabbed = { $task } gegriffen. Platz { $place } von { $all } in „{ $column }“. Die Pfeiltasten bewegen sie, die Leertaste legt sie ab, Escape bringt sie zurück.
board-moved = { $task }: Platz { $place } von { $all } in „{ $column }“.
board-dropped = { $task } abgelegt. Platz { $place } von { $all } in „{ $column }“.
board-returned = { $task } ist wieder auf Platz { $place } von { $all } in „{ $column }“.
board-conflict = Jemand anders hat diese Aufgabe inzwischen verschoben. Die Tafel zeigt, wo sie jetzt steht; verschieben Sie sie erneut, wenn sie woanders stehen soll.
board-refused = Die Aufgabe konnte nicht verschoben werden; darum ist sie wieder dort, wo sie war.
board-unreachable = Der Server ist nicht erreichbar; darum ist die Aufgabe wieder dort, wo sie war. Versuchen Sie es in einer Minute noch einmal.

list-view = Liste
list-filter = Filter
list-anyone = Alle
list-me = Ich
list-label = Label
list-any-label = Beliebig
list-open = Offen
list-all = Alle
list-whenever = Jederzeit
list-order = Reihenfolge
list-newest = Neueste zuerst
list-updated = Zuletzt geändert
list-due = Fällige zuerst
list-show = Anzeigen
list-clear = Zurücksetzen
list-last-page = Das war die letzte Seite
    .text = Weitere Aufgaben gibt es nicht.
list-no-match = Nichts gefunden
    .text = Keine Aufgabe passt zu allen diesen Filtern.
