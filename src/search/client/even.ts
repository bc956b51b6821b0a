// Numbers on which all engines agree.
//
// Logarithms and powers differ between engines in their last digit. Without it, everything that
// ranking does is exact arithmetic: this script and its twin in Rust come to equal scores.

/** A number without the last digits of its fraction. */
export const even = (number: number): number => Math.floor(number * 1e9 + 0.5) / 1e9;
