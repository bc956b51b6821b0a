# What the preview's panel of problems says.
panel-label = Problems of the preview
panel-title = Problems
panel-close = Close
panel-first = To mend first
panel-here = This page
panel-elsewhere = Elsewhere in the site
panel-show = Show problems
panel-site = { $count } in the site
panel-not-here = on other pages
panel-error = Error
panel-warning = Warning
panel-note = Note
panel-help = What to do
panel-editor = Open { $place } in the editor
panel-nothing = No page can be shown yet. They come as soon as the following is mended.
panel-broken = The site cannot be built as it is now. You are looking at the last good pages.
panel-more = There { $count ->
    [one] is one more; it is
   *[other] are { $count } more; all are
 } in the terminal.
panel-gone = The preview has stopped. It goes on here as soon as it is back.
