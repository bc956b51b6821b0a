// Where a token stands: by guide, by field, at which positions.
//
// In: values of the dictionary. Out: postings. It does not know how they are weighed.
import { even } from "./even";
import { Numbers } from "./numbers";
import type { Store } from "./store";

/** The fields of a guide, as the index numbers them. */
export const FIELDS = 6;
export const [TITLE, HEADING, KEYWORD, CODE, ALT, BODY] = [0, 1, 2, 3, 4, 5] as const;

/** The places of a token, or of several in a row, in one guide. */
export interface Entry {
  /** Positions by field; a field without any is left out. */
  at: (number[] | undefined)[];
  /** Lengths of title, headings and body in positions, as far as the index told them. */
  long: number[];
}

/** Where a token stands. */
export interface Postings {
  /** In how many guides. */
  count: number;
  /** The guides that were loaded: all, or the ones where the token weighs most. */
  guides: Map<number, Entry>;
}

export const NOWHERE: Postings = { count: 0, guides: new Map() };

/** What a class of lengths stands for. */
const lengthOf = (rank: number): number => even(2 ** (rank / 2) - 1);

const entry = (numbers: Numbers): Entry => {
  const made: Entry = { at: [], long: [] };
  const first = numbers.next();
  const body = first >> 1;
  if (body) {
    made.long[BODY] = lengthOf(numbers.next());
    made.at[BODY] = numbers.rising(body);
  }
  if (first & 1) {
    const mask = numbers.next();
    for (let field = 0; field < BODY; field++) {
      if (!(mask & (1 << field))) continue;
      if (field === TITLE) made.long[TITLE] = numbers.next();
      if (field === HEADING) made.long[HEADING] = lengthOf(numbers.next());
      made.at[field] = numbers.rising(numbers.next());
    }
  }
  return made;
};

const into = (guides: Map<number, Entry>, numbers: Numbers): void => {
  for (let guide = 0; numbers.more; ) guides.set((guide += numbers.next()), entry(numbers));
};

/** Reads a first tier: in how many guides a token stands, and the places in the first of them. */
export const decode = (value: string): Postings => {
  const numbers = new Numbers(value);
  const made: Postings = { count: numbers.next(), guides: new Map() };
  into(made.guides, numbers);
  return made;
};

/** Postings by token, kept while the page is open. */
export class Tokens {
  private known = new Map<string, Promise<Postings>>();

  /** `most`: how many further tiers are loaded at once; all of them where few guides are wanted. */
  constructor(readonly store: Store, private readonly most = 0) {}

  /** The postings of a token: all of a rare one, the weightiest of a common one. */
  get(token: string): Promise<Postings> {
    let found = this.known.get(token);
    if (!found) {
      found = this.store.get(`t${token}`).then((value) => (value === undefined ? NOWHERE : this.further(token, decode(value), this.most)));
      found.catch(() => this.known.delete(token));
      this.known.set(token, found);
    }
    return found;
  }

  /** The postings of a token with up to `most` further tiers. What {@link get} gives stays as it is. */
  async more(token: string, most: number): Promise<Postings> {
    return this.further(token, await this.get(token), most);
  }

  private async further(token: string, first: Postings, most: number): Promise<Postings> {
    const made: Postings = { count: first.count, guides: new Map(first.guides) };
    for (let tier = 1; tier <= most && made.guides.size < made.count; tier++) {
      const value = await this.store.get(`t${token}\u0001${tier.toString(36)}`);
      if (value === undefined) break;
      into(made.guides, new Numbers(value));
    }
    return made;
  }
}
