import { buildReport, renderText } from '../../../src/report';
import { fold, started } from './given';

const held = (ms: number) => ({ type: 'held', at: 1, by: 'journal', ms }) as const;

describe('a run that the journal held', () => {
  it('has all the holds in its report', () => {
    const report = buildReport(fold([started(), held(1200), held(300)]));
    expect(report.run.heldMs).toBe(1500);
    expect(renderText(report)).toContain('Held for 1.50 s: the disk was too slow for the journal');
  });

  it('says nothing of holds where there were none', () => {
    const report = buildReport(fold([started()]));
    expect(report.run).not.toHaveProperty('heldMs');
    expect(renderText(report)).not.toContain('Held');
  });
});
