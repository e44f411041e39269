# /shortcuts, and the sheet of the same

shortcuts-title = Keyboard shortcuts
shortcuts-about = One key after the other where two are shown. While you type in a field they are text.
shortcuts-done = Close
shortcuts-anywhere = Anywhere
shortcuts-palette = Open the command palette (on a Mac also ⌘ K)
shortcuts-search = Search this organization
shortcuts-create = Create a task on a board, a project elsewhere
shortcuts-sheet = Show this list
shortcuts-close = Close a menu or dialog
shortcuts-board = On a board
shortcuts-grab = Grab the card, or put it down
shortcuts-move = Move the grabbed card
