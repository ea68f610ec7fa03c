import { progressLine } from '../../../src/cli/progressLine';
import { initialState, reduce } from '../../../src/metrics';
import type { PipelineEvent } from '../../../streams';
import { noTally } from '../../../streams/live/feedTally';
import { ingested, started } from '../metrics/given';

const stateOf = (events: readonly PipelineEvent[]) => events.reduce(reduce, initialState);
const feed: PipelineEvent = {
  type: 'feed',
  at: 2,
  source: 'one',
  counts: { ...noTally(), received: 1_234, late: 5, dropped: 7 },
  lag: { count: 0, totalMs: 0, maxMs: 0, buckets: [] },
  symbols: [],
};

describe('progressLine', () => {
  it('has what a feed gave and lost instead of a share, which a feed has not', () => {
    const line = progressLine(stateOf([started(), feed]), 12, 120);
    expect(line).toContain('received 1,234 | late 5 | dropped 7 | 12 bars/s');
    expect(line).not.toContain('%');
  });

  it('has the share of a recording', () => {
    const half = ingested({ progress: 0.5 });
    expect(progressLine(stateOf([started(), feed, half]), 12, 120)).toContain('50%');
  });
});
