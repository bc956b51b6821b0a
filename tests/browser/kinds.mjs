// Every kind of page and every element of the sample site, by name.

/** Path of the Japanese page; the English one is the same below `en/` unless it says so. */
export const KINDS = {
  front: "",
  section: "account/",
  subsection: "account/sign-in/",
  guide: "account/move/",
  overdue: "account/overdue/",
  draft: "account/draft/",
  callouts: "elements/callouts/",
  code: "elements/code/",
  tables: "elements/tables/",
  parts: "elements/parts/",
  pictures: "elements/pictures/",
  text: "elements/text/",
  all: "all/",
  archives: "archives/",
  archive: "archives/2026/",
  glossary: "glossary/",
  tags: "tags/",
  tag: ["tags/サインイン/", "en/tags/Sign-in/"],
  missing: ["missing/page/", "en/missing/page/"],
  search: "search/",
  // A guide that stands in for its translation exists in English only.
  standing: [null, "en/account/untranslated/"],
};

/** The kinds whose parts of the page differ: for tests that cost much a page. */
export const TEMPLATES = [
  "front", "section", "guide", "callouts", "code", "tables", "parts", "pictures", "text",
  "all", "archive", "glossary", "tags", "tag", "missing", "search", "standing",
];

export const LOCALES = ["ja", "en"];

/** The address of a kind of page in a locale, or null where there is none. */
export function pathOf(kind, locale) {
  const path = KINDS[kind];
  if (Array.isArray(path)) return path[LOCALES.indexOf(locale)];
  return locale === "ja" ? path : `en/${path}`;
}

/** `[name, path]` of every page of the kinds in every locale. */
export function pages(kinds = Object.keys(KINDS), locales = LOCALES) {
  const found = [];
  for (const kind of kinds) {
    for (const locale of locales) {
      const path = pathOf(kind, locale);
      if (path !== null) found.push([`${kind} ${locale}`, path]);
    }
  }
  return found;
}
