callout-note = Note
