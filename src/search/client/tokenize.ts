// Cuts text into the tokens of the index: pairs of kana and kanji, words of everything else.
//
// In: text, and the specification `tokenizer.json`, which holds every table. Out: runs, with the
// places in the text that they came from (UTF-16 units), and tokens with positions. Its twin is
// `src/search/tokenizer.rs`; `tests/search/cases.json` holds both to the same answers.
import spec from "../tokenizer.json";

/** A stretch of one kind: kana and kanji, or one word. */
export interface Run {
  cjk: boolean;
  /** Folded characters. */
  chars: string[];
  /** Where each character begins in the text; one more for the end. */
  at: number[];
  /** By character: `h` hiragana as written, `k` katakana, `x` kanji and others. Pairs only. */
  script: string[];
  /** Where the parts of a word begin: 0, and at each change of case or to a number. */
  parts: number[];
  /** Whether a hyphen, a dot or a low line joins this word to the one before. */
  joined: boolean;
}

/** A token and its position among the characters and words of its text. */
export interface Token {
  text: string;
  at: number;
}

type Kind = "cjk" | "word" | "space" | "other";

const inside = (ranges: number[][], c: number): boolean => {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![1]! < c) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && ranges[low]![0]! <= c;
};

const pairs = (...maps: string[][]): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [from, to] of maps) {
    const target = [...to!];
    [...from!].forEach((c, at) => found.set(c, target[at]!));
  }
  return found;
};

const shifted = (shifts: number[][], c: string): string => {
  const code = c.codePointAt(0)!;
  for (const [from, to, by] of shifts) if (code >= from! && code <= to!) return String.fromCodePoint(code + by!);
  return c;
};

const made = new Map<string, [string, string, Kind, string][]>();
const expand: Record<string, string> = spec.fold.expand;
const widths = pairs(spec.width.map);
const folds = pairs(spec.fold.map);
const voiced = pairs(spec.voiced);
const halfVoiced = pairs(spec.halfVoiced);
const merged = pairs(spec.merge);
const vu = pairs(spec.vu.slice(2));
const [vuFrom, vuTo] = spec.vu;
const [eRow, eNext] = spec.eRow;
const { marks } = spec;

/** Takes on forms of kanji: an index brings those that its guides have, so that the script need not. */
export const learn = (from: string, to: string): void => {
  for (const [variant, usual] of pairs([from, to])) folds.set(variant, usual);
  made.clear();
};

/** A character in its ordinary width, and apart from its accents. */
const wide = (c: string): string => {
  // Normal forms of assigned characters are never changed by later versions of Unicode.
  const code = c.codePointAt(0)!;
  if (inside(spec.canonical, code)) return c.normalize("NFD");
  return inside(spec.compatible, code) ? c.normalize("NFKC") : (widths.get(c) ?? c);
};
/** A character of ordinary width without case, kana kind, accent and variant form. */
const fold = (c: string): string => expand[c] ?? folds.get(c) ?? shifted(spec.fold.shift, c);

const kindOf = (c: string): Kind => {
  const code = c.codePointAt(0)!;
  if (inside(spec.cjk, code)) return "cjk";
  if (inside(spec.word, code)) return "word";
  return inside(spec.space, code) ? "space" : "other";
};

const isUpper = (c: string): boolean => c >= "A" && c <= "Z";
const isLower = (c: string): boolean => c >= "a" && c <= "z";
export const isDigit = (c: string | undefined): boolean => c !== undefined && c >= "0" && c <= "9";
export const isHan = (c: string): boolean => inside(spec.han, c.codePointAt(0)!);

/** One folded character of a text. */
interface Unit {
  c: string;
  wide: string;
  kind: Kind;
  script: string;
  from: number;
  to: number;
}

/** What a character of a text becomes: usually one folded character. */
const become = (c: string): [string, string, Kind, string][] => {
  let found = made.get(c);
  if (!found) {
    found = [];
    for (const w of wide(c)) {
      const code = w.codePointAt(0)!;
      if (!inside(spec.drop, code)) {
        const script = inside(spec.hiragana, code) ? "h" : inside(spec.han, code) ? "x" : "k";
        for (const f of fold(w)) found.push([f, w, kindOf(f), script]);
      }
    }
    made.set(c, found);
  }
  return found;
};

const units = (text: string): Unit[] => {
  const found: Unit[] = [];
  let from = 0;
  for (const c of text) {
    const to = from + c.length;
    const last = found.at(-1);
    const voice = marks.voiced.includes(c) ? voiced : marks.halfVoiced.includes(c) ? halfVoiced : null;
    if (voice) {
      const sound = last && voice.get(last.c);
      if (sound) [last.c, last.to] = [sound, to];
    } else for (const [f, w, kind, script] of become(c)) found.push({ c: f, wide: w, kind, script, from, to });
    from = to;
  }
  return found;
};

/** Whether a part of a word begins at `at`: `Logic|Apps`, `JSON|Parser`, `KB|5071544`. */
const isCut = (word: string[], at: number): boolean => {
  const [before, here, after] = [word[at - 1]!, word[at]!, word[at + 1]];
  if (isUpper(here)) return isLower(before) || (isUpper(before) && after !== undefined && isLower(after));
  if (isDigit(here)) return !isDigit(before) && isDigit(after);
  return isDigit(before) && at > 1 && isDigit(word[at - 2]);
};

/** Collects runs; it knows the run that is open and what came since its last character. */
class Runs {
  found: Run[] = [];
  open: Run | null = null;
  /** The characters of the open word in ordinary width, with their case. */
  written: string[] = [];
  /** What stands between the open run and the next character. */
  between: Unit[] = [];
  wasVu = false;

  constructor(readonly apart: boolean) {}

  start(unit: Unit, joined: boolean): Run {
    this.close();
    this.open = { cjk: unit.kind === "cjk", chars: [], at: [], script: [], parts: [], joined };
    this.found.push(this.open);
    return this.open;
  }

  close(): void {
    const run = this.open;
    if (run && !run.cjk) {
      run.parts = [0];
      for (let at = 1; at < run.chars.length; at++) if (isCut(this.written, at)) run.parts.push(at);
    }
    this.open = null;
    this.written = [];
    this.between = [];
    this.wasVu = false;
  }

  append(unit: Unit, c: string): void {
    const run = this.open!;
    run.chars.push(c);
    run.at[run.chars.length - 1] = unit.from;
    run.at[run.chars.length] = unit.to;
    run.script.push(unit.script);
    this.between = [];
  }

  /** Whether kana and kanji go on over what stands between. */
  through(): boolean {
    return this.between.every((unit) => spec.through.includes(unit.c) || (unit.kind === "space" && !this.apart));
  }

  cjk(unit: Unit): void {
    let c = merged.get(unit.c) ?? unit.c;
    if (c === marks.long) return void this.between.push(unit);
    const goes = this.open?.cjk === true && this.through();
    const run = goes ? this.open! : this.start(unit, false);
    const last = run.chars.at(-1);
    const beside = last !== undefined && this.between.length === 0;
    if (beside && c === eNext && eRow!.includes(last)) {
      run.at[run.chars.length] = unit.to;
      return;
    }
    const after = beside && this.wasVu ? vu.get(c) : undefined;
    this.wasVu = c === vuFrom;
    if (after) {
      run.chars[run.chars.length - 1] = after;
      run.at[run.chars.length] = unit.to;
      return;
    }
    if (beside && c === marks.repeat && isHan(last)) c = last;
    this.append(unit, c === vuFrom ? vuTo! : c);
  }

  word(unit: Unit): void {
    const run = this.open;
    const [only] = this.between;
    const goes = run && !run.cjk && (!only || (this.between.length === 1 && spec.dropped.includes(only.c)));
    if (!goes) {
      const joined = run !== null && !run.cjk && this.between.length === 1 && spec.joiners.includes(only!.c);
      this.start(unit, joined);
    }
    if (this.open!.chars.length >= spec.limits.word) {
      this.open!.at[this.open!.chars.length] = unit.to;
      this.between = [];
      return;
    }
    this.written.push(unit.wide);
    this.append(unit, unit.c);
  }

  /** `C#`, `F#` and `C++` are words. */
  sign(unit: Unit, next: Unit | undefined): boolean {
    const run = this.open;
    if (!run || run.cjk || this.between.length || run.chars.length > 2) return false;
    const first = run.chars.length === 1 && !isDigit(run.chars[0]);
    const sharp = first && unit.c === "#";
    const plus = unit.c === "+" && (first ? next?.c === "+" : run.chars[1] === "+");
    if (!sharp && !plus) return false;
    this.written.push(unit.c);
    this.append(unit, unit.c);
    return true;
  }
}

/** The runs of a text. With `apart`, spaces part kana and kanji, as in a query. */
export const scan = (text: string, apart = false): Run[] => {
  const runs = new Runs(apart);
  const all = units(text);
  all.forEach((unit, at) => {
    if (unit.kind === "cjk") runs.cjk(unit);
    else if (unit.kind === "word") runs.word(unit);
    else if (!runs.sign(unit, all[at + 1])) runs.between.push(unit);
  });
  runs.close();
  return runs.found;
};

/** Runs by what is written together: a word with those that are joined to it, or one run. */
export const grouped = (runs: Run[]): Run[][] => {
  const groups: Run[][] = [];
  for (const run of runs) {
    if (run.joined) groups.at(-1)!.push(run);
    else groups.push([run]);
  }
  return groups;
};

/** The parts of words, in order: `Logic` and `Apps`, `mt`, `12`, `hd0`. */
export const partsOf = (group: Run[]): string[] =>
  group.flatMap((run) => run.parts.map((from, at) => run.chars.slice(from, run.parts[at + 1]).join("")));

/** A group of words written as one, when it has more than one and is not too long. */
export const wholeOf = (group: Run[]): string | null => {
  const whole = group.map((run) => run.chars.join("")).join("");
  return group.length > 1 && [...whole].length <= spec.limits.joined ? whole : null;
};

const words = (group: Run[], start: number, found: Token[]): number => {
  let at = start;
  const whole = wholeOf(group);
  if (whole !== null) found.push({ text: whole, at });
  for (const run of group) {
    if (run.parts.length > 1) found.push({ text: run.chars.join(""), at });
    for (const part of partsOf([run])) found.push({ text: part, at: at++ });
  }
  return at;
};

/** The tokens of a text. A pair stands at its first character; a kanji at the end of a run also alone. */
export const tokens = (text: string, apart = false): Token[] => {
  const found: Token[] = [];
  let at = 0;
  for (const group of grouped(scan(text, apart))) {
    const [run] = group;
    if (!run!.cjk) {
      at = words(group, at, found);
      continue;
    }
    const { chars } = run!;
    chars.forEach((c, i) => {
      const next = chars[i + 1];
      if (next !== undefined) found.push({ text: c + next, at: at + i });
      else if (i === 0 || isHan(c)) found.push({ text: c, at: at + i });
    });
    at += chars.length;
  }
  return found;
};

export { spec };
