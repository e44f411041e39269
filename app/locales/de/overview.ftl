# /app/{slug}

overview-title = Übersicht
overview-news = Was sich geändert hat
overview-no-news = Noch nichts. Hier steht, was Sie und andere in Projekten tun.
overview-activity = Aktivität
    .changes = Änderungen an Projekten und Aufgaben
overview-day = Tag
overview-all-projects = Alle Projekte
overview-all-members = Alle Mitglieder
overview-all-mine = Alle meine Aufgaben
overview-first-project = Geben Sie dem ersten einen Namen. Alle in dieser Organisation werden es sehen.

news-work = { $who } hat { $action ->
    [project_created] das Projekt
    [project_renamed] das Projekt
    [project_archived] das Projekt
    [project_unarchived] das Projekt
    [task_assigned] die Zuständigkeit für
   *[other] die Aufgabe
} { $what } { $action ->
    [project_created] angelegt
    [project_renamed] umbenannt
    [project_archived] archiviert
    [project_unarchived] zurückgeholt
    [task_created] angelegt
    [task_commented] kommentiert
   *[other] geändert
}
news-moved = { $who } hat { $what } nach „{ $status }“ verschoben
news-person = { $action ->
    [member_joined] { $who } ist dazugekommen
    [member_left] { $who } ist gegangen
   *[other] { $who } wurde entfernt
}
