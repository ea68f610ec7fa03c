import { capacityReport } from '../../../src/capacity/capacityReport';
import { capacityOf } from '../../../src/capacity/capacity';
import { notesOf } from '../../../src/capacity/notes';
import { buildReport } from '../../../src/report';
import { busyRange } from '../../../src/report/busyMachine';
import { timingsOf } from '../capacity/timingsOf';
import { backpressure, delivered, fold, SECOND, started } from '../metrics/given';

describe('on a busy machine, a speed is', () => {
  it.each<[string, number, number | null | undefined, readonly number[] | undefined]>([
    ['between measured and what is left of that', 100, 0.5, [100, 200]],
    ['what was measured, where the thread hardly waited', 100, 0.2, undefined],
    ['what was measured, where nobody knows', 100, null, undefined],
    ['any, if any will do', Infinity, 0.5, undefined],
    ['unbounded, if nothing but waiting was measured', 100, 1, [100, Infinity]],
  ])('%s', (_, speed, share, range) => {
    expect(busyRange(speed, share)).toEqual(range);
  });
});

const state = fold([
  started(),
  delivered(SECOND, 100),
  backpressure(SECOND, 90),
  { type: 'conditions', at: 0, runQueueShare: 0.75, gcShare: 0 },
]);
const speeds = { sustainableSpeed: 19, stableSpeed: 30, estimated: false };

it('the report gives the range beside the verdict, whose text is that of the run alone', () => {
  const { confidence, text, sustainableSpeed } = buildReport(state, speeds).verdict;
  expect(sustainableSpeed).toBe(19);
  expect(confidence.note).toBe(
    'The machine was busy: the serving threads waited for a core for 75 % of their time, so service ' +
      'times are between 25 % and 100 % of what was measured. The sustainable speed is 19× to 76×, ' +
      'and it is stable up to 30× to 120×.',
  );
  expect(text).not.toContain('76×');
});

it('and so does capacity', () => {
  const work = timingsOf({
    series: [['A', '1m']],
    items: Array.from({ length: 100 }, (_, n) => [60_000 * (n + 1), 0, 600]),
  });
  const capacity = capacityOf(work, { origin: 0, speeds: [] });
  const report = capacityReport({
    source: { files: ['day.csv'], strategies: [] },
    capacity,
    runQueueShare: 0.75,
  });
  const [low = 0, high = 0] = report.busyMachineRange ?? [];
  expect(low).toBe(report.sustainableSpeed);
  expect(high / low).toBeCloseTo(4, 9);
  expect(report.answer).toContain('(the machine was busy)');
  expect(notesOf(report).join()).toContain('waited for a core for 75 % of its time');
});
