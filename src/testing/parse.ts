import { TestScheduler } from 'rxjs/testing';
import type { Mark } from './drawMarbles';
import { MarbleError } from './marbleError';

/** What a marble diagram shows, each thing with its letter; `|` and `#` stand for the ends. */
export function parse(marbles: string): Mark[] {
  return TestScheduler.parseMarbles(marbles, undefined, undefined, false, true).map(
    ({ frame, notification }) => ({
      frame,
      letter:
        notification.kind === 'N'
          ? (notification.value as string)
          : notification.kind === 'C'
            ? '|'
            : '#',
    }),
  );
}

/** As `parse`, for diagrams that know few letters; throws a `MarbleError` at any other. */
export function parseLetters(
  what: string,
  marbles: string,
  letters: Readonly<Record<string, string>>,
): Mark[] {
  const marks = parse(marbles);
  for (const { frame, letter } of marks) {
    if (letter in letters && frame >= 0) continue;
    const known = Object.entries(letters).map(([name, means]) => `${name} (${means})`);
    throw new MarbleError(
      'MARBLE_INVALID',
      frame < 0
        ? `${what} "${marbles}": begins before frame 0. Leave "^" out.`
        : `${what} "${marbles}": found "${letter}" at frame ${frame}. Use ${known.join(', ')}.`,
    );
  }
  return marks;
}
