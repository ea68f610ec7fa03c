/** One thing in a marble diagram. */
export interface Mark {
  readonly frame: number;
  readonly letter: string;
}

/** From this many empty frames on, a gap is written in milliseconds. */
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
  return isDrawable(marks) ? drawn(grouped(marks)) : listed(grouped(marks));
}

/** Draws both, in the form that is possible for both. */
export function drawAlike(a: readonly Mark[], b: readonly Mark[]): readonly [string, string] {
  const draw = isDrawable(a) && isDrawable(b) ? drawn : listed;
  return [draw(grouped(a)), draw(grouped(b))];
}

/** False where something comes within the width of a group. */
export function isDrawable(marks: readonly Mark[]): boolean {
  let reached = 0;
  return grouped(marks).every(({ frame, letters }) => {
    const isFree = frame >= reached;
    reached = frame + width(letters);
    return isFree;
  });
}

interface Group {
  readonly frame: number;
  readonly letters: string;
}

const written = (letters: string): string => ([...letters].length === 1 ? letters : `(${letters})`);

/** Frames that it takes; a letter may be an emoji. */
const width = (letters: string): number => [...written(letters)].length;

function drawn(groups: readonly Group[]): string {
  let diagram = '';
  let reached = 0;
  for (const { frame, letters } of groups) {
    diagram += gap(frame - reached) + written(letters);
    reached = frame + width(letters);
  }
  return diagram;
}

function grouped(marks: readonly Mark[]): Group[] {
  const groups: Group[] = [];
  for (const { frame, letter } of marks) {
    const last = groups.at(-1);
    if (last?.frame !== frame) groups.push({ frame, letters: letter });
    else groups[groups.length - 1] = { frame, letters: last.letters + letter };
  }
  return groups;
}

const gap = (frames: number): string =>
  Number.isInteger(frames) && frames < LONG ? '-'.repeat(frames) : ` ${frames}ms `;

const listed = (groups: readonly Group[]): string =>
  groups.map(({ frame, letters }) => `${written(letters)}@${frame}`).join(' ');
