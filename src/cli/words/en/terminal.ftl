# What the program says on a terminal.

## How many problems.

tally-none = nothing to report
tally-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
  }
tally-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
  }
tally-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
  }
# Between the counts.
tally-join = ,{" "}

## Around other messages.

# A command could not run.
failed = shirube: { $reason }
note = note: { $text }
# Behind a message that names something unknown.
near = ; did you mean `{ $name }`?
# Between the names of a list.
join = ,{" "}
wrote = wrote { $path }
exists = { $path } exists already
# The machine refused something.
host-failed = { $operation ->
    [look-into] cannot look into { $path }: { $reason }
    [look-at] cannot look at { $path }: { $reason }
    [listen-at] cannot listen at { $path }: { $reason }
    [put-back] cannot put back { $path }: { $reason }
    [put-in-place] cannot put in place { $path }: { $reason }
    [make] cannot make { $path }: { $reason }
    [read] cannot read { $path }: { $reason }
    [write] cannot write { $path }: { $reason }
    [remove] cannot remove { $path }: { $reason }
    [lock] cannot lock { $path }: { $reason }
   *[other] cannot use { $path }: { $reason }
  }

## build

build-waiting = shirube: waiting for another build of this site
build-done = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  } in { $out }: { $written } files written, { $unchanged } unchanged, { $removed } removed; { $tally }
build-unchanged = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  }, unchanged; { $tally }
build-kept = nothing was replaced, because of { $reasons }; { $tally }
build-kept-more = nothing was replaced, because of { $reasons } and { $more } more; { $tally }
build-reason = { $code } in { $file }
build-no-notes = { $reason }; the next build has no notes to go by
output-stepwise = { $path } cannot be replaced in one step (is it a mount point?); its files were replaced one by one
output-left = { $path } is left over and can be looked at
output-in-use = { $path } is not cleared: it is in use or holds files of others
output-not-cleared = { $path } cannot be cleared: { $reason }

## The site and what was typed.

site-no-current = the current folder cannot be read: { $reason }
site-none-here =
    there is no site in this folder or above it (no shirube.yaml and no content folder)
    `shirube init` begins one here; `--site DIR` names another folder
site-none =
    there is no site in { $place } (no shirube.yaml and no content folder)
    `shirube init` begins one here; `--site DIR` names another folder
site-bad-url = `{ $url }` is no address: write `https://host/path/`
site-bad-day = `{ $text }` is no day: write 2026-04-01
site-bad-epoch = SOURCE_DATE_EPOCH is `{ $text }`, which is no time: it must be seconds since 1970

## serve. The first line on standard output is the address alone; these go to the error stream.

# Below the address, once.
serve-started = watching { $folder }; Ctrl+C ends
serve-dashboard = all problems at a glance: { $address }
# The first state.
serve-pages = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  } in { $milliseconds } ms; { $tally }
# Every later one; `names` are paths joined by `join`.
serve-rebuilt = rebuilt: { $names } — { $milliseconds } ms, { $tally }
serve-rebuilt-more = rebuilt: { $names } and { $more } more — { $milliseconds } ms, { $tally }
serve-kept = the last good pages stay until this is mended
serve-nothing = no page can be shown yet; they come as soon as this is mended
serve-mended = mended: the pages are up to date again
serve-settings-broken = shirube.yaml cannot be used as it is; the last good settings stay
serve-gone = the site's folder is gone; waiting for it
serve-back = the site's folder is back
serve-polling = this file system sends no events; the folder is looked at every { $seconds } s
serve-shared = not all changes on { $name } make events; the folder is also looked at every { $seconds } s
serve-refused = the system gives no watch ({ $reason }); the folder is looked at every { $seconds } s
serve-lost = more changed than the system could tell; everything is read again
serve-port-taken = port { $port } is in use; using { $other }
serve-fault =
    shirube: a fault of the program itself (above) kept this state from being shown;
    the last good pages stay. Please report it with what was edited last.

## explain

explain-unknown = there is no diagnostic `{ $name }`

## init

init-taken = { $path } exists already; nothing was written
init-show = `shirube serve` in { $folder } shows the site
init-not-utf8 = { $path } is not UTF-8: save it as UTF-8 first

## new

new-outside = `{ $path }` is no path below the content folder
new-refused = `{ $path }` cannot be a guide: { $reason }
new-control = its name holds a control character
new-hidden = files and folders whose names begin with `.` are hidden
new-passed-over = a build passes files of this name over (`_` in front, or `ignore:`)
new-screenshots = screenshots go into { $folder }
new-no-theme = the site has no theme of its own to put it in: write `theme: ours` in shirube.yaml (or another name), then do this again
new-bad-theme = `{ $theme }` cannot name a theme's folder
new-template-exists = { $path } exists already; with `--print` the original is shown and nothing written
new-no-template = no theme below has a template or component `{ $name }`

## search

search-no-locale = the site has no locale `{ $name }` (it has { $all })
search-no-site = there is no built site in { $out }: `shirube build` makes it
search-no-index = the site in { $out } has no search index: `shirube build` makes one where the theme searches
search-no-locale-index = there is no search index for `{ $locale }` in { $out }: `shirube build` makes it
search-damaged = { $path } is damaged: `shirube build` makes the index anew
search-missing = { $path } does not exist: `shirube build` makes the index anew
search-other-version = the search index in { $folder } is of another version of Shirube: `shirube build` makes the index anew
search-no-section = the search index for `{ $locale }` has no section `{ $name }`
search-no-section-at-all = the search index for `{ $locale }` has no section `{ $name }`; it has no section at all
search-no-section-of = the search index for `{ $locale }` has no section `{ $name }` (it has { $all })
search-no-tag = the search index for `{ $locale }` has no tag `{ $name }`
search-no-tag-at-all = the search index for `{ $locale }` has no tag `{ $name }`; it has no tag at all
search-no-tag-of = the search index for `{ $locale }` has no tag `{ $name }` (it has { $all })
search-nothing = nothing found for `{ $query }`
search-some = { $shown } of { $total } results
search-without = without: { $words }
search-perhaps = perhaps: { $words }
report-no-question = there is no question in { $list }: one line is one
report-questions = questions
report-asked = asked
report-nothing = Nothing found
report-partly = Found in part
report-answered = Answered
report-all = All

## i18n

i18n-one-locale = this site has one language; add another one to `locales:` in shirube.yaml
i18n-no-locale = `{ $locale }` is no language of this site that is translated into
i18n-no-guide = there is no guide `{ $guide }`
i18n-by-file = { $guide } is translated by { $path }; `shirube i18n convert { $guide } --locale { $locale }` makes messages of it
i18n-not-translated = { $guide } has no translation in `{ $locale }`
i18n-no-id = { $path } has no message `{ $id }`
i18n-conflict = { $path } has marks of a merge conflict and was left as it is; settle it, then run this again
i18n-not-utf8 = { $path } is not UTF-8 and was left as it is
i18n-moved = { $path } has no guide; { $same } of its { $all } texts are those of { $guide }: move it to { $target }
i18n-behind = { $path } is not up to date
i18n-removed = removed { $path }
i18n-extracted = { $locale }: { $files ->
    [one] { $files } catalogue
   *[other] { $files } catalogues
  }, { $written } written; texts: { $new } new, { $changed } changed, { $kept } kept, { $revived } back, { $obsolete } gone
i18n-none = nothing to extract: name a guide, or use `--all` to begin catalogues for all guides
i18n-accepted = { $path }: { $count ->
    [one] { $count } translation
   *[other] { $count } translations
  } accepted
i18n-converted = { $path }: { $matched ->
    [one] { $matched } text
   *[other] { $matched } texts
  } of { $all } taken over
i18n-left = { $count ->
    [one] { $count } text of the translation has
   *[other] { $count } texts of the translation have
  } no place in the source; see the end of { $path }
i18n-left-code = { $count ->
    [one] { $count } code block of the translation is
   *[other] { $count } code blocks of the translation are
  } not the source's: a page from messages shows the source's; see the end of { $path }
i18n-notes = { $count ->
    [one] { $count } comment of translators is
   *[other] { $count } comments of translators are
  } kept in { $path }
i18n-under = { $locale }: { $percent } % is translated, which is less than { $least } %
