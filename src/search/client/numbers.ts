// Reads the numbers of the index: text of 92 symbols, the small ones one character long.
//
// In: text, as `src/search/numbers.rs` writes it. Out: numbers, in order.

/** Symbols that end a number; the others carry on. */
const LAST = 64;
const CARRY = 28;

/** Reads number after number. */
export class Numbers {
  constructor(readonly text: string, public at = 0) {}

  get more(): boolean {
    return this.at < this.text.length;
  }

  next(): number {
    let value = 0;
    let times = 1;
    for (;;) {
      const code = this.text.charCodeAt(this.at++);
      const digit = (code === 33 ? 92 : code) - 35;
      if (!(digit >= 0 && digit < LAST + CARRY)) throw new RangeError("no number");
      if (digit < LAST) return value + digit * times;
      value += (digit - LAST) * times;
      times *= CARRY;
    }
  }

  /** Ascending numbers, written as their differences. */
  rising(count: number): number[] {
    const found = new Array<number>(count);
    for (let i = 0, last = 0; i < count; i++) found[i] = last += this.next();
    return found;
  }

  /** All that are left, ascending. */
  rest(): number[] {
    const found: number[] = [];
    for (let last = 0; this.more; ) found.push((last += this.next()));
    return found;
  }
}
