// What a guide shows of itself as a result: its sections that answer, and a piece of their text.
//
// In: the fragment of a guide, and where the question was met. Out: sections, excerpts with the
// words that were met. It knows no page.
import { even } from "./even";
import { Numbers } from "./numbers";
import { grouped, scan } from "./tokenize";
import { longOf, positionOf } from "./weigh";

/** A guide as the index tells it. */
export interface Fragment {
  /** Address below the published root, title, section, and language if it is not the page's. */
  u: string;
  t: string;
  s: string;
  l?: string;
  g: string[];
  /** By section: how much later than the one before it begins, and how many positions its heading takes. */
  n: string;
  /** By section: heading, anchor. The first section is what precedes all headings. */
  h?: string[];
  /** Of a long guide: the files that have those, {@link HEADINGS} sections each. */
  b?: string;
  /** The texts of the sections, or the files that have them: name, first section, how many. */
  x?: Texts[];
  p?: [string, number, number][];
}

/** How many sections share a file of headings. */
export const HEADINGS = 32;

/** Where a section begins, and how many positions its heading takes. */
export interface Start {
  at: number;
  heading: number;
}

/** The beginnings of a guide's sections. */
export const startsOf = (fragment: Fragment): Start[] => {
  const numbers = new Numbers(fragment.n);
  const found: Start[] = [];
  for (let at = 0; numbers.more; ) found.push({ at: (at += numbers.next()), heading: numbers.next() });
  return found;
};

/** The blocks of a section: position, text, position, text. */
export type Texts = (number | string)[];

/** A section that answers. */
export interface Answering {
  section: number;
  score: number;
  hits: number[];
}

/** What it is worth that a heading has a part, and that parts stand near each other. */
const HEADED = 1.5;
const REACH = 40;

const sectionAt = (starts: Start[], position: number): number => {
  let at = starts.length - 1;
  while (at > 0 && starts[at]!.at > position) at--;
  return at;
};

/** The sections of a guide that answer, best first. `at`: places by part of the question. */
export const answering = (starts: Start[], at: number[][], weights: number[]): Answering[] => {
  const begin = starts[0]?.at ?? 0;
  type Counted = Answering & { parts: Map<number, number> };
  const found = new Map<number, Counted>();
  at.forEach((places, part) => {
    for (const place of places) {
      const position = positionOf(place);
      if (position < begin) continue;
      const section = sectionAt(starts, position);
      const known: Counted = found.get(section) ?? { section, score: 0, hits: [], parts: new Map() };
      found.set(section, known);
      known.hits.push(place);
      const start = starts[section]!;
      const worth = position < start.at + start.heading ? 1 + HEADED : 1;
      known.parts.set(part, Math.max(known.parts.get(part) ?? 0, worth * weights[part]!));
    }
  });
  for (const one of found.values()) {
    one.hits.sort((a, b) => a - b);
    for (const worth of one.parts.values()) one.score += worth;
    one.score += closeness(one.hits) * one.parts.size + even(Math.log1p(one.hits.length)) / 10;
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.section - b.section);
};

/** How dense the hits stand: 1 when all that are near each other touch. */
const closeness = (hits: number[]): number => {
  let best = REACH;
  for (let i = 1; i < hits.length; i++) {
    const gap = positionOf(hits[i]!) - positionOf(hits[i - 1]!);
    if (gap > 0) best = Math.min(best, gap);
  }
  return 1 - best / REACH;
};

/** A piece of text, and whether it was met. */
export type Piece = [string, boolean];

/** How long an excerpt is, and how much of it comes before its first hit. */
const LENGTH = 110;
const WIDE = 220;
const BEFORE = 24;

/** The places of a block that were met, as stretches of its characters. */
const stretches = (text: string, start: number, hits: number[]): [number, number][] => {
  const marked: [number, number][] = [];
  let position = start;
  const met = (from: number, to: number) => hits.some((hit) => positionOf(hit) < to && positionOf(hit) + longOf(hit) > from);
  const mark = (from: number, to: number) => {
    const last = marked.at(-1);
    if (text[to] === "ー") to++;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else marked.push([from, to]);
  };
  for (const group of grouped(scan(text))) {
    const [run] = group;
    if (run!.cjk) {
      run!.chars.forEach((_, i) => {
        if (met(position + i, position + i + 1)) mark(run!.at[i]!, run!.at[i + 1]!);
      });
      position += run!.chars.length;
      continue;
    }
    for (const one of group) {
      one.parts.forEach((from, i) => {
        if (met(position, position + 1)) mark(one.at[from]!, one.at[one.parts[i + 1] ?? one.chars.length]!);
        position++;
      });
    }
  }
  return marked;
};

const clean = (text: string): string => text.replace(/\s+/g, " ");

/** Whether a character goes on at `at` that began before. */
const isInside = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
};

/** Cuts `text` around its hits into pieces. */
const cut = (text: string, marked: [number, number][]): Piece[] => {
  const wide = /[\u3040-\u9fff]/.test(text) ? LENGTH : WIDE;
  const first = marked[0]?.[0] ?? 0;
  const from = first > BEFORE * 2 && text.length > wide ? begin(text, first) : 0;
  const end = Math.min(text.length, from + wide);
  const to = isInside(text, end) ? end - 1 : end;
  const pieces: Piece[] = [];
  let at = from;
  for (const [start, stop] of marked) {
    if (start >= to) break;
    if (start > at) pieces.push([clean(text.slice(at, start)), false]);
    at = Math.min(stop, to);
    pieces.push([clean(text.slice(start, at)), true]);
  }
  if (at < to) pieces.push([clean(text.slice(at, to)), false]);
  if (from > 0) pieces.unshift(["…", false]);
  if (to < text.length) pieces.push(["…", false]);
  return pieces;
};

/** A good place to begin an excerpt: after a sentence or a word, and never inside a character. */
const begin = (text: string, first: number): number => {
  const near = text.slice(first - BEFORE * 2, first);
  const stop = Math.max(near.lastIndexOf("。"), near.lastIndexOf("\n"), near.lastIndexOf(". "));
  if (stop >= 0) return first - near.length + stop + 1;
  const at = first - BEFORE;
  const space = text.slice(at, first).search(/[\s、]/);
  if (space >= 0) return at + space + 1;
  return isInside(text, at) ? at - 1 : at;
};

/** The excerpt of a section around its densest hits, or its beginning. `start`: the section's position. */
export const excerpt = (texts: Texts, start: number, hits: number[]): Piece[] => {
  let best = { text: "", start: 0, count: -1, hits: [] as number[] };
  for (let at = 0; at < texts.length; at += 2) {
    const from = start + (texts[at] as number);
    const to = at + 2 < texts.length ? start + (texts[at + 2] as number) : Infinity;
    const here = hits.filter((hit) => positionOf(hit) >= from && positionOf(hit) < to);
    const count = new Set(here.map(positionOf)).size;
    if (count > best.count) best = { text: texts[at + 1] as string, start: from, count, hits: here };
  }
  return best.text ? cut(best.text, stretches(best.text, best.start, best.hits)) : [];
};
