// A question taken apart: words, and stretches of kana and kanji by script.
//
// In: what somebody typed. Out: the parts that a guide should have, and how much each one counts.
// It knows nothing of an index.
import { grouped, isHan, partsOf, scan, spec, wholeOf, type Run } from "./tokenize";

/** A part of a question. */
export interface Part {
  /** Words, or pairs of kana and kanji. */
  kind: "word" | "pairs";
  /** As typed, to tell what was not found. */
  text: string;
  /** Of a word: its smallest parts. Of pairs: folded characters. */
  pieces: string[];
  /** Of a word: it and its forms written as one, `mt12hd0`. */
  wholes: string[];
  /** How much it counts, 1 as a rule. */
  weight: number;
  /** Kana that only join the words of a question: `の`, `について`. */
  soft: boolean;
  /** Whether it is still being typed: nothing comes after it. */
  last: boolean;
  /** Where it begins among the characters and words of the question, and how far it reaches. */
  at: number;
  long: number;
  /** The place of its first and behind its last character in the question. */
  from: number;
  to: number;
  /** The word that is likely meant, when the index has none such; looking it up finds it. */
  instead?: string;
}

/** A question. */
export interface Question {
  parts: Part[];
  /** Stretches of several parts without a space between: `ログイン|できない`, `Teams|会議`. */
  stretches: { from: number; to: number }[];
}

const folded = (word: string): string => scan(word).map((run) => run.chars.join("")).join(" ");

/** Words that say how one asks, not what about. */
const ASKING = new Set(
  (
    "方法 手順 やり方 仕方 しかた とは について 場合 とき 時 際 したい できない 出来ない ない ある する した して します しました できません ください 教えて " +
    "どう なぜ こと もの ため よう いる なる です ます から まで など が の を に は で と も へ や " +
    "a an the of to in on for and or how do does did is are was be i my me you your with what why when where which can it its this that at from by as if not no"
  )
    .split(" ")
    .map(folded),
);

const HIRAGANA = 0.25;

/** Cuts a stretch of kana and kanji where the script changes: `登録|の|解除`. */
const segments = (run: Run): [number, number][] => {
  const found: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= run.chars.length; at++) {
    if (at < run.chars.length && run.script[at] === run.script[from]) continue;
    found.push([from, at]);
    from = at;
  }
  return found;
};

/** Hiragana that begin a stretch, and are this many, may be a word written by sound. */
const BY_SOUND = 4;

const weightOf = (text: string, hiragana: boolean, begins: boolean, ends: boolean): number => {
  if (ASKING.has(text)) return HIRAGANA;
  if (!hiragana) return 1;
  return begins && (ends || text.length >= BY_SOUND) ? 0.8 : HIRAGANA;
};

const pairsParts = (run: Run, start: number, query: string): Part[] => {
  const cuts = segments(run);
  return cuts.map(([from, to], i): Part => {
    const hiragana = run.script[from] === "h";
    // A kanji alone is told apart by the kana after it: `止|めたい`.
    const end = to - from === 1 && isHan(run.chars[from]!) && to < run.chars.length ? to + 1 : to;
    const pieces = run.chars.slice(from, end);
    const [begin, stop] = [run.at[from]!, run.at[to]!];
    const weight = weightOf(run.chars.slice(from, to).join(""), hiragana, i === 0, i === cuts.length - 1);
    return { kind: "pairs", text: query.slice(begin, stop), pieces, wholes: [], weight, soft: hiragana && weight <= HIRAGANA, last: false, at: start + from, long: to - from, from: begin, to: stop };
  });
};

const wordPart = (group: Run[], start: number, query: string): Part => {
  const pieces = partsOf(group);
  const wholes = group.filter((run) => run.parts.length > 1).map((run) => run.chars.join(""));
  const whole = wholeOf(group);
  const [from, to] = [group[0]!.at[0]!, group.at(-1)!.at.at(-1)!];
  const only = group.length === 1 ? group[0]!.chars.join("") : "";
  const forms = group.length > 1 ? (whole === null ? [] : [whole]) : wholes;
  return { kind: "word", text: query.slice(from, to), pieces, wholes: forms, weight: ASKING.has(only) ? HIRAGANA : 1, soft: false, last: false, at: start, long: pieces.length, from, to };
};

/** Takes a question apart; what is beyond the limits of the specification is left out. */
export const question = (typed: string): Question => {
  const query = typed.slice(0, spec.limits.query);
  const made: Question = { parts: [], stretches: [] };
  let at = 0;
  let end = -1;
  for (const group of grouped(scan(query, true))) {
    if (made.parts.length >= spec.limits.chunks) break;
    const [run] = group;
    const found = run!.cjk ? pairsParts(run!, at, query) : [wordPart(group, at, query)];
    if (found[0]!.from !== end) made.stretches.push({ from: made.parts.length, to: made.parts.length });
    made.parts.push(...found);
    made.stretches.at(-1)!.to = made.parts.length;
    at += found.reduce((sum, part) => sum + part.long, 0);
    end = found.at(-1)!.to;
  }
  const last = made.parts.at(-1);
  if (last && last.to === query.length) last.last = true;
  // A question of nothing but asking words means them.
  if (made.parts.every((part) => part.weight < 1 || part.soft)) for (const part of made.parts) [part.weight, part.soft] = [1, false];
  return made;
};
