import { replay, fromTicks } from '../../../src';
import { buildReport, renderText } from '../../../src/report';
import { fold, started } from '../metrics/given';

jest.setTimeout(120_000);

const wallTime = started().wallTime;

describe('the time that it takes to start threads', () => {
  it('is told, and is none of the run’s', () => {
    const { run } = buildReport(
      fold([
        started({ time: 'wall', threads: 3 }),
        {
          type: 'finished',
          at: 4_000,
          wallTime: wallTime + 4_600,
          outcome: 'done',
          startupMs: 600,
        },
      ]),
    );
    expect(run).toMatchObject({ wallSeconds: 4, startupMs: 600 });
  });

  it('stands beside the time of the run', () => {
    const report = buildReport(
      fold([
        started({ time: 'wall', threads: 3 }),
        {
          type: 'finished',
          at: 1_000,
          wallTime: wallTime + 1_250,
          outcome: 'done',
          startupMs: 250,
        },
      ]),
    );
    expect(renderText(report)).toMatch(/ in 1\.00 s, after 250\.00 ms to start the threads$/m);
  });

  it('is not mentioned where none were started', () => {
    const report = buildReport(
      fold([
        started({ time: 'wall' }),
        { type: 'finished', at: 1_000, wallTime: wallTime + 1_000, outcome: 'done' },
      ]),
    );
    expect(report.run).not.toHaveProperty('startupMs');
    expect(renderText(report)).toMatch(/ in 1\.00 s$/m);
  });

  it('is measured', async () => {
    const source = fromTicks([{ symbol: 'A', time: 0, price: 1, size: 1 }]);
    const began = performance.now();
    const { run } = await replay(source, { bars: 'tick', threads: true }).start().done;
    const elapsed = performance.now() - began;
    const { startupMs = 0, wallSeconds } = run;
    expect(startupMs).toBeGreaterThan(0);
    // The wall's own clock ticks in whole milliseconds.
    expect(startupMs + 1_000 * wallSeconds).toBeLessThan(elapsed + 2);
  });
});
