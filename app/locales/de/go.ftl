# Die Befehlspalette und /app/{slug}/go

go-title = Gehe zu …
go-field = Wohin, oder wonach suchen
    .placeholder = Wohin, oder wonach suchen
go-submit = Suchen
go-to = Gehe zu
go-found = Hier gefunden
go-search = Nach „{ $query }“ suchen
go-unreachable = Es kommt keine Antwort. Prüfen Sie Ihre Verbindung; was Sie tippen, fragt erneut.
go-count = { $count ->
    [0] Nichts unter diesem Namen
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
