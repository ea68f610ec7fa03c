import type { MemorySample, SoakResult } from './soak';
import { trend } from './trend';

const FIGURES = ['rss', 'heap', 'external', 'processor', 'analysis'] as const;

/** Share of the run after which its memory should have come to rest. */
const WARM_UP = 0.3;
/** Growth from there to the end, as a share of the mean, that is still none: garbage comes at its own times. */
const FLAT = 0.05;

export const SOAK_HEAD = [
  'MB: of the process (rss); live heap, garbage collected, and external memory of the coordinator’s thread;',
  'live heaps of the other two threads.',
  '',
  row(['market', ...FIGURES]),
].join('\n');

export const renderSample = (sample: MemorySample): string =>
  row([
    `${sample.marketMin.toFixed(1)} min`,
    ...FIGURES.map((figure) => sample[figure].toFixed(1)),
  ]);

export function summariseSoak({ samples, conservation, report, others }: SoakResult): string {
  const warm = samples.slice(Math.floor(WARM_UP * samples.length));
  const grown = FIGURES.map((figure) => {
    const found = trend(warm.map((sample) => ({ x: sample.atS / 60, y: sample[figure] })));
    const { mean, slope, growth } = found;
    const isFlat = growth <= FLAT;
    const percent = `${growth < 0 ? '' : '+'}${(100 * growth).toFixed(1)} %`;
    return `${figure}: ${mean.toFixed(1)} MB, slope ${slope.toFixed(3)} MB/min, ${percent} in ${minutesOf(warm)} min: ${isFlat ? 'flat' : 'GROWS'}`;
  });
  const wrong = conservation.filter(({ expected, found }) => expected !== found);
  const [first, second] = Object.values(report.edges);
  return [
    `After a warm-up of ${Math.round(100 * WARM_UP)} % (flat: no more than ${100 * FLAT} % from there to the end):`,
    ...grown,
    '',
    ...conservation.map(
      ({ what, expected, found }) =>
        `${what}: ${found} of ${expected}${found === expected ? '' : ' WRONG'}`,
    ),
    `conservation: ${wrong.length === 0 ? 'exact' : 'BROKEN'}`,
    '',
    `Behind: ${percentOf(first?.behindShare)} on the first edge, ${percentOf(second?.behindShare)} on the second; other processes took ${percentOf(others)} of the machine.`,
  ].join('\n');
}

const percentOf = (share = 0): string => `${(100 * share).toFixed(1)} %`;

const minutesOf = (samples: readonly MemorySample[]): string => {
  const [from, to] = [samples[0]?.atS ?? 0, samples.at(-1)?.atS ?? 0];
  return ((to - from) / 60).toFixed(1);
};

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(10)).join('  ');
}
