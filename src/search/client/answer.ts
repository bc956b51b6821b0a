// A question answered: guides in order, their sections, excerpts, and what else could be asked.
//
// In: an index and a question. Out: what the search field shows. It touches no page.
import { Numbers } from "./numbers";
import { Tokens } from "./postings";
import type { Question } from "./question";
import { rank, type Ranked, type Ranking } from "./rank";
import { answering, excerpt, HEADINGS, startsOf, type Answering, type Fragment, type Piece, type Start, type Texts } from "./sections";
import { NAME, Store, type Head, type Load } from "./store";
import { learn, spec } from "./tokenize";
import { Scale } from "./weigh";

/** The version of the files that this script reads. */
const FORMAT = 1;
/** How many tiers a token may have. */
const TIERS = 35;
/** How many guides share an entry of the dictionary. */
const BLOCK = 64;
/** How many guides are shown, and how many sections of the first ones besides their best. */
const GUIDES = 10;
const FURTHER = [2, 1, 1];
/** How much less than the best section of a guide a further one may be worth. */
const WORTH = 0.6;

/** A section that answers, for the search field. */
export interface Result {
  title: string;
  href: string;
  section: string;
  heading: string;
  lang: string;
  tags: string[];
  excerpt: Piece[];
  /** Gives the excerpt, when its text has not been loaded. */
  later?: () => Promise<Piece[]>;
}

export interface Answer {
  total: number;
  results: Result[];
  missing: string[];
  near: string[];
}

/** What the answers are narrowed to, and how many are wanted. */
export interface Wanted {
  section?: string | null;
  tag?: string | null;
  limit?: number;
}

/** An opened index. */
export class Index {
  readonly store: Store;
  private readonly asked: { tokens: Tokens; scale: Scale };
  /** Of a small site: what its titles alone answer, without another file. */
  private readonly titles: { tokens: Tokens; scale: Scale } | null;

  private constructor(head: Head, load: Load) {
    this.store = new Store(head, load);
    const scale = new Scale(head);
    this.asked = { tokens: new Tokens(this.store), scale };
    const only = new Store({ ...head, root: { k: [""], f: "titles", d: 0 } }, async () => head.titles);
    this.titles = head.titles && { tokens: new Tokens(only), scale };
  }

  /** Opens an index; one of another version is refused. */
  static async open(load: Load, from = "index"): Promise<Index> {
    const head = (await load(from)) as Head;
    if (head.format !== FORMAT || head.tokenizer !== spec.version) throw new Error("another version");
    learn(...head.variants);
    return new Index(head, load);
  }

  /** Answers a question. */
  async answer(typed: string, wanted: Wanted = {}): Promise<Answer> {
    const only = await this.filter(wanted);
    const ranking = await rank(only ? { ...this.asked, tokens: new Tokens(this.store, TIERS) } : this.asked, typed);
    return this.shown(ranking, only, wanted.limit ?? Infinity);
  }

  /** Answers from the titles of a small site alone; nothing on large ones. */
  async early(typed: string, wanted: Wanted = {}): Promise<Answer | null> {
    if (!this.titles || wanted.section || wanted.tag) return null;
    return this.shown(await rank(this.titles, typed), null, wanted.limit ?? Infinity);
  }

  /** The guides of a section and with a tag, when they are asked for. */
  private async filter({ section, tag }: Wanted): Promise<Set<number> | null> {
    const keys = [section && `fs${section}`, tag && `ft${tag}`].filter((key) => typeof key === "string" && key);
    if (!keys.length) return null;
    const sets = await Promise.all(
      keys.map(async (key) => new Set(new Numbers((await this.store.get(key as string)) ?? "").rest())),
    );
    return sets.reduce((a, b) => new Set([...a].filter((guide) => b.has(guide))));
  }

  private async shown(ranking: Ranking, only: Set<number> | null, limit: number): Promise<Answer> {
    const guides = only ? ranking.guides.filter(({ guide }) => only.has(guide)) : ranking.guides;
    const first = guides.slice(0, Math.min(limit, Math.max(GUIDES, limit - FURTHER.length)));
    const rows = await Promise.all(first.map((one, at) => this.sections(one, ranking.question, FURTHER[at] ?? 0)));
    const results = rows.flat().slice(0, Math.max(limit, 0));
    return { total: guides.length + rows.reduce((sum, row) => sum + row.length - 1, 0), results, ...told(ranking, guides) };
  }

  private async fragment(guide: number): Promise<Fragment> {
    const key = `d${Math.floor(guide / BLOCK).toString(36).padStart(4, "0")}`;
    const names = (await this.store.get(key)) ?? "";
    const at = (guide % BLOCK) * NAME;
    return (await this.store.load(names.slice(at, at + NAME))) as Fragment;
  }

  /** The best section of a guide, and up to `further` others. */
  private async sections(one: Ranked, { parts }: Question, further: number): Promise<Result[]> {
    const fragment = await this.fragment(one.guide);
    const weights = parts.map((part) => (part.soft ? 0 : part.weight));
    const starts = startsOf(fragment);
    const [best, ...others] = answering(starts, one.at, weights);
    const top = !best || (one.entitled && best.score < others.length + weights.length) ? { section: 0, score: best?.score ?? 0, hits: best?.section === 0 ? best.hits : [] } : best;
    const rest = [best, ...others].filter((other): other is Answering => !!other && other.section !== top.section && other.score >= WORTH * top.score);
    return Promise.all([top, ...rest.slice(0, further)].map((section) => this.result(fragment, starts, section)));
  }

  /** The heading and the anchor of a section. */
  private async heading({ h, b }: Fragment, section: number): Promise<[string, string]> {
    const file = Math.floor(section / HEADINGS);
    const all = h ?? ((await this.store.load((b ?? "").slice(file * NAME, (file + 1) * NAME))) as string[]);
    const at = 2 * (h ? section : section % HEADINGS);
    return [all[at] ?? "", all[at + 1] ?? ""];
  }

  private async result(fragment: Fragment, starts: Start[], { section, hits }: Answering): Promise<Result> {
    const [heading, anchor] = await this.heading(fragment, section);
    const start = starts[section]?.at ?? 0;
    const made: Result = {
      title: fragment.t,
      href: fragment.u + (anchor ? `#${encodeURIComponent(anchor)}` : ""),
      section: fragment.s,
      heading,
      lang: fragment.l ?? "",
      tags: fragment.g,
      excerpt: [],
    };
    if (fragment.x) made.excerpt = excerpt(fragment.x[section] ?? [], start, hits);
    else {
      const piece = fragment.p?.find(([, first, count]) => section >= first && section < first + count);
      if (piece) made.later = async () => excerpt(((await this.store.load(piece[0])) as Texts[])[section - piece[1]] ?? [], start, hits);
    }
    return made;
  }
}

/** What no answer has, and what could be asked instead. */
const told = ({ question, instead }: Ranking, guides: Ranked[]): { missing: string[]; near: string[] } => {
  const [first] = guides;
  const whole = guides.slice(0, GUIDES).some(({ lacks }) => !lacks.length);
  const lacks = first && !whole ? question.parts.filter(({ weight }, i) => weight >= 1 && first.lacks.includes(i)) : [];
  return { missing: [...new Set(lacks.map((part) => part.text))], near: instead ? [instead] : [] };
};
