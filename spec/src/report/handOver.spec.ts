import type { PipelineEvent } from '../../../streams/events';
import { backpressure, delivered, SECOND, served, started } from '../metrics/given';
import { reportOf } from './runs';

/** A run that fell behind, whose threads spent so many milliseconds beside 100 services of 1 ms. */
const run = (handOverMs: number, threads?: number): string =>
  reportOf([
    started({ time: 'wall', ...(threads === undefined ? {} : { threads }) }),
    delivered(SECOND, 100),
    backpressure(SECOND, 90),
    served('analysis', 100, [1, 1, 1]),
    ...['processor', 'analysis'].map((stage): PipelineEvent => ({
      type: 'handedOver',
      at: 0,
      stage,
      ms: handOverMs / 2,
    })),
  ]).verdict.text;

describe('with threads, the hand-over', () => {
  it('is named where it costs more than the stages', () => {
    expect(run(300, 3)).toContain(
      'Handing items over between threads took 3.00 ms an item, more than the 1.00 ms that the ' +
        'stages took: with one thread the run may be faster.',
    );
  });

  it('is no cause where it costs less, or where there are no threads', () => {
    expect(run(90, 3)).not.toContain('Handing');
    expect(run(300)).not.toContain('Handing');
  });
});
