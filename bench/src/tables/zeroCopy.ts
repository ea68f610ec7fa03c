import type { Figure, Table } from '../frame/table';
import { nameOf, ROWS } from '../rows/zeroCopy';
import { concludeZeroCopy } from '../threads/concludeZeroCopy';
import { BARS, RUNS } from '../threads/zeroCopyCell';
import type { ZeroCopyCell, ZeroCopyFigures, ZeroCopyRun } from '../threads/zeroCopyCell';
import { figureNamed } from './figures';

const first = figureNamed('first', 'not ready on the first edge, %');
const second = figureNamed('second', 'not ready on the second edge, %');
const seenFirst = figureNamed('seenFirst', 'seen on the first edge, %');
const seenSecond = figureNamed('seenSecond', 'seen on the second edge, %');
const processor = figureNamed('processor', 'service of the processor, µs');
const analysis = figureNamed('analysis', 'service of the analysis, µs');
const others = figureNamed('others', 'other processes, %');

export const zeroCopy: Table = {
  name: 'zero-copy',
  title: 'Copied lists beside zero copy',
  input: (size) =>
    `At most ${size.toLocaleString('en')} ticks (Poisson), each its own bar, in their own time through the three threads; each hand-over carries no list, one or five lists of the ${BARS} bars before, copied in a message. Enough ticks for 200 events on the first edge, in at most 45 s`,
  rows: ROWS,
  sizes: { full: 90_000, quick: 1_000, smoke: 40 },
  warmUp: 0,
  rounds: 1,
  isSeeded: true,
  figures: [first, second, seenFirst, seenSecond, processor, analysis, others],
  conclude: (figureOf) => {
    const figures = (run: ZeroCopyRun): ZeroCopyFigures => {
      const of = ({ title }: Figure): number => figureOf(nameOf(run), title) ?? NaN;
      return {
        shares: [of(first), of(second)],
        seen: [of(seenFirst), of(seenSecond)],
        serviceUs: [of(processor), of(analysis)],
        others: of(others),
      };
    };
    const cells = RUNS.filter(({ lists }) => lists > 0)
      .sort((a, b) => a.lists - b.lists)
      .map((run): ZeroCopyCell => {
        return { ...run, copying: figures(run), zero: figures({ ...run, lists: 0 }) };
      });
    const areMeasured = ({ copying, zero }: ZeroCopyCell): boolean =>
      !Number.isNaN(copying.shares[0] + zero.shares[0]);
    return concludeZeroCopy(cells.filter(areMeasured));
  },
};
