import { BehindRanges } from '../../../streams/engine/evidence/behindRanges';

/** Deliveries, *behind*, and the waits of the first and the last arrival of a minute; nothing: none arrived. */
type Minute = readonly [deliveries: number, behind: number, first: number, last: number] | [];

/** Ranges by the numbers of their minutes: [from, to, behind]. The last minute is still open. */
function rangesOf(minutes: readonly Minute[]): number[][] {
  const ranges = new BehindRanges();
  const closed = [];
  let open;
  for (const [
    index,
    [deliveries, behind = 0, firstWaitMs = 0, lastWaitMs = 0],
  ] of minutes.entries()) {
    const minute =
      deliveries === undefined
        ? undefined
        : { from: index, to: index + 1, deliveries, behind, firstWaitMs, lastWaitMs };
    if (minute === undefined) ranges.break();
    else ranges.onNext(firstWaitMs);
    if (index === minutes.length - 1) open = ranges.openWith(minute);
    else if (minute !== undefined) ranges.add(minute);
    closed.push(...ranges.drain());
  }
  return [...closed, ...(open === undefined ? [] : [open])].map(({ from, to, behind }) => [
    from,
    to,
    behind,
  ]);
}

const CALM: Minute = [10, 0, 0, 0];

describe('ranges in which something was behind', () => {
  it.each<[string, readonly Minute[], readonly number[][]]>([
    ['there is none where nothing was', [CALM, CALM], []],
    [
      'it is the minute whose waits rise, not the one that works the backlog off',
      [CALM, [10, 9, 0, 90], [10, 9, 90, 0], CALM, CALM],
      [[1, 2, 9]],
    ],
    [
      'it goes on while waits rise',
      [[10, 9, 0, 5], [10, 10, 5, 9], [10, 5, 9, 0], CALM],
      [[0, 2, 19]],
    ],
    [
      'and over one minute in which they fall',
      [[10, 9, 0, 50], [10, 10, 50, 30], [10, 10, 40, 60], [10, 4, 60, 0], CALM],
      [[0, 3, 29]],
    ],
    [
      'but not over two',
      [[10, 9, 0, 50], [10, 10, 50, 40], [10, 10, 40, 30], [10, 4, 30, 60], [10, 1, 60, 0], CALM],
      [
        [0, 1, 9],
        [3, 4, 4],
      ],
    ],
    [
      'a minute without arrivals ends it',
      [[10, 9, 0, 50], [], [10, 9, 0, 50]],
      [
        [0, 1, 9],
        [2, 3, 9],
      ],
    ],
    [
      'a burst that leaves a backlog begins it, before anything is behind',
      [CALM, [25, 0, 0, 2_400], [25, 25, 1_500, 1_524], [25, 25, 525, 549], CALM, CALM],
      [[1, 3, 25]],
    ],
    [
      'a burst that leaves none does not',
      [
        [25, 0, 0, 24],
        [25, 0, 0, 24],
      ],
      [],
    ],
    ['the open minute counts', [CALM, [10, 9, 0, 90]], [[1, 2, 9]]],
    [
      'and ends no range while it may still rise',
      [
        [10, 9, 0, 90],
        [10, 3, 90, 80],
      ],
      [[0, 1, 9]],
    ],
  ])('%s', (_, minutes, expected) => {
    expect(rangesOf(minutes)).toEqual(expected);
  });
});
