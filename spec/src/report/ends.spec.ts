import { MAX_COUNT } from '../../../src/metrics';
import { delivered, finished, FIRST, ingested, started } from '../metrics/given';
import { reportOf, textOf } from './runs';

describe('a run that was stopped', () => {
  const stopped = [
    started(),
    ingested({ base: 1_024 }),
    delivered(FIRST, 1_000),
    finished('stopped'),
  ];

  it('says how many bars were read ahead and never offered', () => {
    expect(reportOf(stopped).run).toMatchObject({ outcome: 'stopped', neverOffered: '24' });
    expect(textOf(stopped)).toContain('  - 24 bars read ahead and never offered');
  });

  it('says nothing of it where there are none, nor where the run came to its end', () => {
    const all = [started(), ingested({ base: 10 }), delivered(FIRST, 10)];
    expect(textOf([...all, finished('stopped')])).not.toContain('never offered');
    expect(reportOf([...stopped.slice(0, 3), finished()]).run).not.toHaveProperty('neverOffered');
  });
});

describe('a saturated counter', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const full = [started(), ...Array.from({ length: 1_026 }, () => delivered(FIRST, most))];

  it('is named in report and JSON, with its edge', () => {
    const { saturated, edges } = reportOf(full);
    expect(edges[FIRST].delivered).toBe(MAX_COUNT.toString());
    expect(saturated).toContainEqual({ counter: 'edge.delivered', of: FIRST });
    expect(textOf(full)).toContain(`edge.delivered of ${FIRST}`);
  });

  it('is not, while it counts', () => {
    expect(reportOf(full.slice(0, 10))).not.toHaveProperty('saturated');
  });
});
