## Words of every page

skip-to-text = Skip to the text
site-navigation = Site
language = Language
scheme = Colour scheme
scheme-light = Colour scheme: light
scheme-dark = Colour scheme: dark
scheme-system = Colour scheme: as the system
contact = Need help?
feed = Feed of updates
archives = Guides by month
all-guides = All guides
tags = Tags
close = Close
copy = Copy
copied = Copied
link-to-heading = Link to this heading
link-to-step = Link to this step
zoom = Enlarge the picture
menu = Menu

## Search

search = Search
search-placeholder = Search by problem, error code or product
search-results = Search results
search-count =
    { $count ->
        [one] { $count } result
       *[other] { $count } results
    }
search-loading = Searching…
search-more = See all results
search-none = Nothing was found for “{ $query }”.
search-missing = These results do not contain “{ $words }”.
search-near = Did you mean:
search-help = Try fewer or other words. If you cannot find it, ask the help desk.
search-failed = The search could not be loaded. Please reload the page.
search-script = Searching needs JavaScript.
search-examples = For example:
search-section = Topic
search-tag = Tag
search-any = All

## Front page, sections, lists

sections = Topics
section-guides = Guides
latest = Recently updated
important = Often needed
announcements = Notices
tag-title = Tag: { $tag }
guide-count =
    { $count ->
        [one] { $count } guide
       *[other] { $count } guides
    }
undated = Without a date
glossary = Glossary
glossary-letters = Letters
glossary-other = Other
glossary-synonyms = Also:
glossary-more = More: { $title }

## Guides

breadcrumb = You are here
contents = On this page
section-navigation = Guides on this topic
fact-updated = Updated
fact-written = Written
fact-review = Next review
fact-owner = Owner
fact-audience = For
fact-reading = Reading time
reading-minutes =
    { $minutes ->
        [one] { $minutes } minute to read
       *[other] { $minutes } minutes to read
    }
notice-untranslated = This guide has not been translated yet. It is shown in { $language }.
notice-partly = { $percent }% of this guide is translated. The rest is marked, and shown in { $language }.
notice-stale = This translation is out of date: the original ({ $language }) has changed since.
notice-read-source = Read the original ({ $language })
notice-review-overdue = This guide was due for review on { DATETIME($date) } and may be out of date.
notice-draft = This guide is a draft.
feedback-question = Was this guide helpful?
feedback-yes = Yes
feedback-no = No
feedback-mail = Tell us by mail
edit-page = Edit this page
neighbours = Previous and next guide
previous = Previous
next = Next
related = Related guides

## Parts of the text

callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
callout-danger = Danger
callout-success = Success
callout-question = Question
callout-example = Example
callout-admin = For administrators
callout-keywords = Search words
details = Details
figure = Figure { $number }
code-block = Code
table-region = Table { $number }
task-done = Done
task-open = To do
footnotes = Footnotes
footnote-back = Back to the text
remote-picture = Picture elsewhere:
remote-media = Film or sound elsewhere:

## Pages that are missing or have moved

not-found-title = Page not found
not-found-text = The page you are looking for may have been moved or removed. Please check the address.
not-found-home = To the front page
moved-title = This page has moved
moved-text = This page has moved.
moved-link = Open the new page
