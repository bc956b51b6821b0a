// The common root of English words: `installing`, `installed` and `installation` are one to a searcher.
//
// In and out: folded words. It is asked for both sides of a comparison, so that a root need not be a word.

/** What a word ends in, longest first; what takes its place; how much must be left before it. */
const ENDINGS: [string, string, number][] = [
  ["izations", "ize", 3], ["ization", "ize", 3], ["isations", "ize", 3], ["isation", "ize", 3],
  ["ations", "ate", 3], ["ation", "ate", 3], ["ities", "ity", 3], ["ising", "ize", 3], ["ised", "ize", 3], ["ise", "ize", 4],
  ["sses", "ss", 1], ["ches", "ch", 1], ["shes", "sh", 1], ["xes", "x", 1], ["ies", "y", 2],
  ["ings", "", 3], ["ing", "", 3], ["ied", "y", 2], ["ed", "", 3],
  ["ss", "ss", 1], ["us", "us", 1], ["is", "is", 1], ["s", "", 2],
];
const VOWEL = /[aeiouy]/;

/** The root of an English word; other words come back as they are. */
export const stem = (word: string): string => {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let root = word;
  for (const [ending, instead, left] of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const before = word.slice(0, -ending.length);
    if (before.length >= left && VOWEL.test(before)) root = before + instead;
    break;
  }
  if (/([bdgmnprt])\1$/.test(root) && root.length > 3) root = root.slice(0, -1);
  for (const tail of ["ate", "e"]) {
    if (root.endsWith(tail) && root.length - tail.length >= 3) return root.slice(0, -tail.length);
  }
  return root;
};
