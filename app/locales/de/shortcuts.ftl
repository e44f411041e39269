# /shortcuts, und das Blatt mit demselben

shortcuts-title = Tastaturkürzel
shortcuts-about = Wo zwei Tasten stehen, eine nach der anderen. In einem Feld sind sie Text.
shortcuts-done = Schließen
shortcuts-anywhere = Überall
shortcuts-palette = Befehlspalette öffnen (am Mac auch ⌘ K)
shortcuts-search = Diese Organisation durchsuchen
shortcuts-create = Auf einer Tafel eine Aufgabe anlegen, sonst ein Projekt
shortcuts-sheet = Diese Liste zeigen
shortcuts-close = Menü oder Dialog schließen
shortcuts-board = Auf einer Tafel
shortcuts-grab = Karte greifen oder ablegen
shortcuts-move = Gegriffene Karte bewegen
