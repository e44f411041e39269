# /app/{slug}/search

search-for = Suchen nach
    .placeholder = Projekte, Aufgaben, Kommentare, Mitglieder
    .submit = Suchen
search-nothing = Nichts gefunden
    .text = Jedes Wort muss vorkommen, wenigstens mit seinem Anfang. Versuchen Sie es mit weniger oder mit anderen Wörtern.
search-results = { $count } Treffer
search-best = Die besten { $count } Treffer
search-project = Projekt
search-task = Aufgabe #{ $number } · { $status }
search-comment = Kommentar zu #{ $number }
search-member = Mitglied
search-everywhere = Diese Organisation durchsuchen
