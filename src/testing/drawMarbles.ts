/** One thing in a marble diagram. */
export interface Mark {
  readonly frame: number;
  readonly letter: string;
}

/** From so many empty frames on, a gap is written in milliseconds. */
const LONG = 24;

/**
 * Things in order of their frames as a marble diagram that `TestScheduler.run` reads back.
 *
 * A group is wider than its one frame, so what follows it too closely can't be drawn: then all is
 * written as `letters@frame`, which only people can read.
 *
 * @example
 * drawMarbles([{ frame: 1, letter: 'a' }, { frame: 4, letter: 'b' }, { frame: 4, letter: '|' }]);
 * // '-a--(b|)'
 */
export function drawMarbles(marks: readonly Mark[]): string {
  const groups = grouped(marks);
  let drawn = '';
  let reached = 0;
  for (const { frame, letters } of groups) {
    if (frame < reached) return listed(groups);
    drawn += gap(frame - reached) + (letters.length === 1 ? letters : `(${letters})`);
    reached = frame + (letters.length === 1 ? 1 : letters.length + 2);
  }
  return drawn;
}

interface Group {
  readonly frame: number;
  readonly letters: string;
}

function grouped(marks: readonly Mark[]): Group[] {
  const groups: Group[] = [];
  for (const { frame, letter } of marks) {
    const last = groups.at(-1);
    if (last?.frame === frame)
      groups[groups.length - 1] = { frame, letters: last.letters + letter };
    else groups.push({ frame, letters: letter });
  }
  return groups;
}

const gap = (frames: number): string =>
  Number.isInteger(frames) && frames < LONG ? '-'.repeat(frames) : ` ${frames}ms `;

const listed = (groups: readonly Group[]): string =>
  groups
    .map(({ frame, letters }) => `${letters.length === 1 ? letters : `(${letters})`}@${frame}`)
    .join(' ');
