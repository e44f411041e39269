# /app/{slug}/insights

insights-title = Einblicke
insights-by-week = Woche für Woche
insights-range = Wie viele Wochen
insights-weeks = { $count } Wochen
insights-week-from = Woche ab
insights-utc = Wochen beginnen am Montag, in UTC.
insights-forecast = Die gepunktete Linie ist eine Prognose für { $weeks } Wochen, diese als erste; in { $percent } von 100 Fällen liegt, was kommt, innerhalb des Bandes, wenn es weitergeht wie bisher.
insights-too-early = Eine Prognose gibt es ab { $needed } vollen Wochen; bisher sind es { $have }.
insights-this-week = Diese Woche bisher: { $count }
insights-active = Aktive Personen
    .about = Wer etwas geändert hat. Ansehen zählt nicht.
insights-created = Angelegte Aufgaben
    .about = Auch die, die seitdem gelöscht wurden.
insights-finished = Erledigte Aufgaben
    .about = Die, die noch auf „Erledigt“ stehen.
insights-joined = Angenommene Einladungen
    .about = Alle, die dazugekommen sind: durch eine Einladung oder von Hand hinzugefügt.

suggestions-title = Vorschläge
suggestions-no-invitations = Der Dienst, der die Einladungen verwaltet, antwortet nicht. Ob welche schon lange warten, lässt sich deshalb nicht sagen.
suggestions-none = Nichts zu verbessern
    .text = Alles ist in der Zeit und hat Zuständige, und alle machen mit. Weiter so!
suggestion-alone = Es gibt nur einen Admin. Ist er nicht da, kann niemand einladen oder Einstellungen ändern.
    .action = Jemanden zum Admin machen
suggestion-overdue = { $count ->
    [one] { $count } Aufgabe ist überfällig, in „{ $project }“.
   *[other] { $count } Aufgaben sind überfällig, die meisten davon in „{ $project }“.
}
    .action = Überfällige Aufgaben ansehen
suggestion-stale = { $count ->
    [one] { $count } Einladung wartet seit mehr als { $days } Tagen.
   *[other] { $count } Einladungen warten seit mehr als { $days } Tagen.
}
    .action = Neu senden oder zurückziehen
suggestion-unassigned = { $count ->
    [one] Für { $count } offene Aufgabe ist niemand zuständig, in „{ $project }“.
   *[other] Für { $count } offene Aufgaben ist niemand zuständig, die meisten davon in „{ $project }“.
}
    .action = Zuständige finden
suggestion-idle = { $count ->
    [one] { $count } Person hat seit { $days } Tagen nichts geändert. Vielleicht kann jemand anderes den Platz brauchen.
   *[other] { $count } Personen haben seit { $days } Tagen nichts geändert. Vielleicht können andere ihre Plätze brauchen.
}
    .action = Mitglieder ansehen
suggestion-quiet = { $count ->
    [one] In „{ $project }“ ist seit { $days } Tagen nichts geschehen.
   *[other] In { $count } Projekten ist seit { $days } Tagen nichts geschehen; am stillsten ist „{ $project }“.
}
    .action = Öffnen oder archivieren
