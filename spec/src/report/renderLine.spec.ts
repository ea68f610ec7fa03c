import { initialState } from '../../../src/metrics';
import { renderLine } from '../../../src/report';
import { backpressure, FIRST, fold, ingested, started } from '../metrics/given';

describe('renderLine', () => {
  it('says market time, share of the input and both counters', () => {
    const state = fold([
      started(),
      ingested({ marketTime: Date.UTC(2024, 7, 8, 12) * 1000, progress: 0.5 }),
      backpressure(FIRST, 1234),
    ]);
    expect(renderLine(state)).toBe(
      '2024-08-08T12:00:00.000Z | 50% | Coordinator→Processor 1,234 | Processor→Analysis 0',
    );
  });

  it('counts nothing in data-driven mode', () => {
    expect(renderLine(fold([started({ mode: 'data' })]))).toBe(
      'before the first bar | 0% | Coordinator→Processor - | Processor→Analysis -',
    );
  });

  it('says that the run is paused', () => {
    expect(renderLine(fold([started(), { type: 'paused', at: 1 }]))).toMatch(/ \| paused$/);
  });

  it('has a line before the start', () => {
    expect(renderLine(initialState)).toContain('before the first bar');
  });
});
