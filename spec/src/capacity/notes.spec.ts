import { GAIN_HEAD, gainCells, notesOf } from '../../../src/capacity/notes';
import type { CapacityReport } from '../../../src/capacity/capacityReport';
import type { Sensitivity } from '../../../src/capacity/sensitivity';
import type { Pauses } from '../../../src/capacity/pauses';
import { capacityReportOf } from './reportParts';

const notes = (given: Partial<CapacityReport> = {}): string[] =>
  notesOf(capacityReportOf({ ...given }));
const pauses = (given: Partial<Pauses>): Pauses => ({
  count: 12,
  totalMs: 30,
  maxMs: 9,
  major: { count: 0, totalMs: 0 },
  observedMs: 1_000,
  ...given,
});

describe('the notes', () => {
  it('say what was measured, and that there was no warm-up', () => {
    expect(notes()).toEqual([
      'Measured in one replay on one thread: 1,440 bars and 1 cycle from 2024-08-08T00:00:00.000Z to 2024-08-09T00:00:00.000Z.',
      'No warm-up was found.',
    ]);
  });

  it.each<[string, Partial<CapacityReport>, RegExp]>([
    [
      'what was changed, and what it was before',
      { whatIf: { changes: ['ema*0', 'symbol:SPY*0.5'], measuredSpeed: 38.97 } },
      /^What if: ema\*0, symbol:SPY\*0\.5\. As it was measured, it keeps up to 38×\.$/m,
    ],
    [
      'how far passes lie apart',
      { passes: 3, sustainableSpeedRange: [10, 12.34] },
      /^3 passes: from 10× to 12×; the median is given, the curve is that of the pass in the middle\.\nMeasured in 3 replays on one thread/m,
    ],
    [
      'that so few bars do not say how far they scatter',
      { partsRange: undefined as never },
      /^One pass over so few bars does not say how far it scatters\. Measure with --passes 5 to see it\.$/m,
    ],
    [
      'that short service times scatter, of a run too',
      { averageSpeed: 2e6, source: { run: 'run-7', files: [], strategies: [] } },
      /^Service times this short scatter by several times from run to run\. Measure the tick files with --passes 5 to see by how much\.$/m,
    ],
    [
      'which calls failed',
      { errors: [{ strategy: 'http', calls: 344, failed: 5, first: 'fetch failed' }] },
      /^Strategy http failed on 5 of 344 calls, the first: fetch failed\. What a call costs/m,
    ],
    [
      'which run it was',
      { source: { run: 'run-7', files: [], strategies: [] } },
      /^From the service times that run run-7 recorded: 1,440 bars and 1 cycle from/m,
    ],
    [
      'what was left out, and how much slower it was',
      {
        warmUp: { items: 1_000, until: '2024-08-08T01:00:00.000Z', meanMs: 2.5, meanMsAfter: 0.5 },
      },
      /^Warm-up: the first 1,000 items \(until 2024-08-08T01:00:00\.000Z\) took 2\.50 ms each, those after them 0\.50 ms\./m,
    ],
    [
      'that one thing was left out',
      { warmUp: { items: 1, until: 'then', meanMs: 1, meanMsAfter: 1 } },
      /the first 1 item \(until then\)/,
    ],
    [
      'that there was no garbage',
      { pauses: pauses({ count: 0, totalMs: 0 }) },
      /^No garbage was collected meanwhile\.$/m,
    ],
    [
      'how long garbage was collected',
      { pauses: pauses({}) },
      /^Garbage collection: 12 pauses, 30\.00 ms together \(3 % of the replay\), the longest 9\.00 ms\. They are/m,
    ],
    [
      'and how long that of the old generation',
      { pauses: pauses({ major: { count: 2, totalMs: 15 } }) },
      /the longest 9\.00 ms; 2 of the old generation, 15\.00 ms\. They are in the service times/,
    ],
    [
      'how many were not tried',
      { untried: 1_234 },
      /^What would help: .*; 1,234 that took less were not\.$/m,
    ],
  ])('say %s', (_title, given, said) => {
    expect(notes(given).join('\n')).toMatch(said);
  });

  it('of a recording do not speak of garbage, which it does not know', () => {
    expect(notes({ source: { run: 'run-7', files: [], strategies: [] } }).join()).not.toMatch(
      /[Gg]arbage/,
    );
  });
});

describe('a line of what would help', () => {
  const gain: Sensitivity = {
    kind: 'strategy',
    name: 'ema',
    share: 0.823,
    fasterSpeed: 12,
    goneSpeed: 40,
  };
  const cells = (given: Partial<Sensitivity>, before = 10): string[] =>
    gainCells({ ...gain, ...given }, before);

  it('has what it is, its share, and both speeds beside the one before', () => {
    expect(cells({})).toEqual(['strategy ema', '82 %', '12× (+20 %)', '40× (4.0×)']);
    expect(cells({})).toHaveLength(GAIN_HEAD.length);
  });

  it.each<[string, Partial<Sensitivity>, number, string]>([
    ['no change', { fasterSpeed: 10.009 }, 10, 'no change'],
    ['a little', { fasterSpeed: 10.11 }, 10, '10× (+1.1 %)'],
    ['less than before', { fasterSpeed: 9 }, 10, '9× (-10 %)'],
    ['three times as fast', { fasterSpeed: 30 }, 10, '30× (3.0×)'],
    ['any speed', { fasterSpeed: Infinity }, 10, 'any speed'],
    ['some speed, where there was none', { fasterSpeed: 5 }, 0, '5×'],
    ['no change of none', { fasterSpeed: 0 }, 0, 'no change'],
    ['no change of any', { fasterSpeed: Infinity }, Infinity, 'no change'],
  ])('%s', (_title, given, before, said) => {
    expect(cells(given, before)[2]).toBe(said);
  });

  it('has none for what cannot go', () => {
    const { kind, name, share, fasterSpeed } = gain;
    expect(gainCells({ kind, name, share, fasterSpeed }, 10)[3]).toBe('-');
  });
});
