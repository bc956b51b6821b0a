# What the writers' dashboard says.

dash-title = Shirube dashboard
dash-skip = To the content
dash-to-site = To the preview of the site
dash-broken = The site cannot be built as it is now. The preview shows the last good pages.
dash-at-a-glance = At a glance
dash-none = none
dash-count = { $count }
dash-number = { $count }
dash-rest = { $count ->
    [one] One more is not shown.
   *[other] { $count } more are not shown.
  }
dash-all = Show all { $count }
dash-page = Page

## The figures at the top; the number stands above.

dash-tile-errors = { $count ->
    [one] error
   *[other] errors
  }
dash-tile-warnings = { $count ->
    [one] warning
   *[other] warnings
  }
dash-tile-notes = { $count ->
    [one] note
   *[other] notes
  }
dash-tile-untranslated = { $count ->
    [one] guide lacks a translation
   *[other] guides lack translations
  }
dash-tile-overdue = { $count ->
    [one] review overdue
   *[other] reviews overdue
  }
dash-tile-silent = { $count ->
    [one] picture without text
   *[other] pictures without text
  }
dash-tile-hidden = { $count ->
    [one] guide not published
   *[other] guides not published
  }

## Problems.

dash-problems = Problems
dash-views = Arrange the problems
dash-by-file = By file
dash-by-rule = By rule
dash-site = The site as a whole
dash-open = Open the page
dash-explain = What this rule means
dash-mended = There are no such problems any more.
dash-back = To the problems of this rule

## Translations.

dash-translations = Translations
dash-one-language = The site is in one language.
dash-guides = { $count ->
    [one] { $count } guide
   *[other] { $count } guides
  }
dash-language = Language
dash-translated = Translated
dash-missing = Missing
dash-progress = Translated into { $language }
dash-all-translated = Every guide is translated into every language.
dash-untranslated = Guides that lack a translation
dash-guide = Guide
dash-yes = ✓ yes
dash-no = – no

dash-behind = What is behind, text by text
dash-to-dashboard = To the dashboard
dash-share = { $percent } % of { $texts ->
    [one] { $texts } text
   *[other] { $texts } texts
  } translated
dash-all-current = Every guide is translated as it is now.
dash-texts-stale = { $count } stale
dash-texts-missing = { $count } missing
dash-texts-gone = { $count } gone from the source
dash-pictures-missing = { $count ->
    [one] { $count } picture of the source
   *[other] { $count } pictures of the source
  }
dash-pictures-older = { $count ->
    [one] { $count } outdated picture
   *[other] { $count } outdated pictures
  }
dash-unextracted = edited since the last `shirube i18n extract`
dash-changed = What changed in the source
dash-grave = important

## Reviews.

dash-reviews = Due for review
dash-nothing-due = No guide is due within 90 days.
dash-no-owner = Nobody
dash-overdue = { $count } overdue
dash-month = { $count } within 30 days
dash-quarter = { $count } within 90 days
dash-late = { $count ->
    [one] one day overdue
   *[other] { $count } days overdue
  }
dash-left = { $count ->
    [0] today
    [one] in one day
   *[other] in { $count } days
  }

## Pictures.

dash-pictures = Pictures
dash-silent = Without a text alternative
dash-large = Larger than a page can show
dash-unused = Shown by no guide

## What readers do not see.

dash-unpublished = Not published
dash-drafts = Drafts
dash-coming = Not yet
dash-expired = Expired

## The build.

dash-build = Since the start
dash-pages = Pages
dash-time = Time
dash-memory = Memory
dash-index = Search index
dash-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
  }
dash-stages = Stages
dash-stage = Stage
dash-runs = Runs
dash-reuses = Reused
