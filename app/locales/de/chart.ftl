# Diagramme und Zahlen.

# Zwischen Gruppen von drei Ziffern.
number-group = .
chart-day = { $day }. { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
chart-table = Als Tabelle
chart-summary = { $title }, { $first } bis { $last }: zwischen { $least } und { $most }, zuletzt { $latest }.
chart-summary-expected = Für { $when } werden etwa { $expected } erwartet, { $low } bis { $high }.
chart-expected = etwa { $expected } ({ $low } bis { $high })
