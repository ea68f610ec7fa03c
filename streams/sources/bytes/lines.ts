import type { Decoder } from './decoder';

const LINE_FEED = 0x0a;

/** Calls `take` with every line that is not blank, without its end, and its number, counted from 1. */
export function lineDecoder(take: (line: string, number: number) => void): Decoder {
  let held: Buffer[] = [];
  let number = 1;

  const end = (last: Buffer): void => {
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    const text = bytes.toString('utf8');
    const line = (number === 1 ? text.replace(/^\ufeff/, '') : text).trim();
    if (line !== '') take(line, number);
    number += 1;
  };

  return {
    push: (bytes) => {
      let from = 0;
      for (;;) {
        const to = bytes.indexOf(LINE_FEED, from);
        if (to < 0) break;
        end(bytes.subarray(from, to));
        from = to + 1;
      }
      if (from < bytes.length) held.push(bytes.subarray(from));
    },
    end: () => {
      if (held.length > 0) end(Buffer.alloc(0));
    },
  };
}

/** The whole lines of a beginning, as many as are wanted. */
export function wholeLines(bytes: Buffer, ended: boolean, wanted = Infinity): string[] {
  const lines: string[] = [];
  const decoder = lineDecoder((line) => lines.push(line));
  let from = 0;
  while (lines.length < wanted) {
    const to = bytes.indexOf(LINE_FEED, from) + 1;
    if (to === 0) break;
    decoder.push(bytes.subarray(from, to));
    from = to;
  }
  if (lines.length >= wanted || !ended) return lines;
  decoder.push(bytes.subarray(from));
  decoder.end();
  return lines;
}
