# What the program says of translations.


## status

# Above the guides of a language.
i18n-locale = { $locale }: { $percent } % of { $texts ->
    [one] { $texts } text
   *[other] { $texts } texts
  } in { $guides ->
    [one] { $guides } guide
   *[other] { $guides } guides
  }
i18n-complete = { $count } complete
i18n-partly = { $count } partly translated
i18n-stale = { $count } stale
i18n-missing = { $count } not translated
i18n-texts-stale = { $count } stale
i18n-texts-missing = { $count } missing
i18n-texts-gone = { $count } gone from the source
i18n-pictures-missing = { $count ->
    [one] { $count } picture of the source
   *[other] { $count } pictures of the source
  }
i18n-pictures-older = { $count ->
    [one] { $count } outdated picture
   *[other] { $count } outdated pictures
  }
i18n-not-begun = not begun
i18n-not-tracked = not tracked: what it was translated from is not known
i18n-not-extracted = the source was edited since: run `shirube i18n extract`
i18n-text-stale = stale
i18n-text-missing = missing
i18n-text-gone = gone from the source
i18n-grave = {", "}important
i18n-picture-missing = { $path } has no picture of this language
i18n-picture-older = { $path } is older than the picture of the source

# Below the guides of a language: what is wrong with the words of the site.
i18n-words = Words of the site ({ $locale })
i18n-word-message = the message `{ $id }` is missing
i18n-word-term = the term `{ $id }` is missing
i18n-word-attributes = the term `{ $id }` lacks { $names }
i18n-word-unused = nothing asks for the message `{ $id }`
i18n-word-dropped = the message `{ $id }` does not use { $names } as the source does
i18n-word-invented = the message `{ $id }` uses { $names }, which the source does not
i18n-word-interface = { $count ->
    [one] { $count } message of the theme has no words in this language: { $names }
   *[other] { $count } messages of the theme have no words in this language: { $names }{ $more ->
        [0] {""}
       *[other] , and { $more } more
      }
  }

## export and import

i18n-exported = { $locale }: { $files ->
    [one] { $files } file
   *[other] { $files } files
  } in { $folder }
i18n-nothing-to-export = no guide has a catalogue in `{ $locale }`: `shirube i18n extract` begins one
i18n-not-po = { $path } cannot be read as a PO file (line { $line })
i18n-no-guide-in = { $path } does not say which guide it is of (X-Shirube-Guide in its head); nothing was taken from it
i18n-no-language-in = { $path } does not say its language: name it with `--locale`
i18n-no-catalogue = { $path } is of { $guide }, which has no catalogue in `{ $locale }`: `shirube i18n extract` begins one
i18n-imported = { $path }: { $count ->
    [one] { $count } translation
   *[other] { $count } translations
  }, { $stale } of them stale
i18n-import-unknown = { $path } has texts that the catalogue does not have: { $ids }
i18n-import-older = { $path } has translations of former texts, and the catalogue newer ones, which stay: { $ids }
i18n-import-unreadable = { $path } has translations that are no Fluent text (is a brace open?); they were left out: { $ids }
