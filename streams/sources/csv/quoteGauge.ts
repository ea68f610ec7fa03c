const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A value in quotes, and where its opening quote stands; counted in bytes from the text's beginning. */
interface QuotedValue {
  readonly at: number;
  readonly length: number;
}

/**
 * Measures the values in quotes of a text that comes in pieces. A quote opens a value where one begins;
 * a doubled one stands for itself; one that is not closed goes on to the end.
 */
export function quoteGauge(delimiter: string): {
  measure(bytes: Buffer): void;
  longest(): QuotedValue;
} {
  const separator = delimiter.charCodeAt(0);
  let passed = 0;
  let opened: number | undefined;
  /** The last byte of the piece before; none is as good as a line feed. */
  let before = LINE_FEED;
  /** Where a quote stood that closes the value, unless another follows. */
  let closing: number | undefined;
  let longest: QuotedValue = { at: 0, length: 0 };

  const note = (end: number): void => {
    if (opened !== undefined && end - opened > longest.length) {
      longest = { at: opened, length: end - opened };
    }
  };

  return {
    measure: (bytes) => {
      for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
        const place = passed + at;
        if (closing === place - 1) closing = undefined;
        else if (closing === undefined && opened !== undefined) closing = place;
        else {
          if (closing !== undefined) note(closing);
          closing = undefined;
          const last = at === 0 ? before : (bytes[at - 1] as number);
          const begins = last === separator || last === LINE_FEED || last === CARRIAGE_RETURN;
          opened = begins || place === 0 ? place : undefined;
        }
      }
      passed += bytes.length;
      before = bytes.at(-1) ?? before;
    },
    longest: () => {
      note(closing ?? passed);
      return longest;
    },
  };
}
