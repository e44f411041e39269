# Was andere tun, während es geschieht.

live-here-now = Gerade hier
live-also-here = Auch hier
live-online = online
live-away = abwesend
live-more = { $count ->
    [one] und noch { $count }
   *[other] und noch { $count }
}
live-typing = { $name } schreibt einen Kommentar …
live-typing-several = { $count } Personen schreiben Kommentare …
live-updated = Jemand hat auf dieser Seite etwas geändert. Sie ist jetzt auf dem neuesten Stand.
live-ended = Sie haben keinen Zugang mehr
live-ended-message = Sie wurden aus dieser Organisation entfernt, oder sie wurde gelöscht.
live-ended-on = Seite verlassen
live-signed-out = Sie sind abgemeldet
live-signed-out-message = Ihre Sitzung ist zu Ende. Kopieren Sie, was Sie noch nicht abgeschickt haben, und melden Sie sich wieder an.
live-signed-out-on = Wieder anmelden
