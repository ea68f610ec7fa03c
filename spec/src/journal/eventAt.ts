import type { PipelineEvent } from '../../../streams/events';

/** Event number `seq` of a run that two processes know without talking. */
export function eventAt(seq: number): PipelineEvent {
  if (seq > 1) {
    const edge = seq % 2 === 0 ? 'coordinator-processor' : 'processor-analysis';
    return { type: 'delivered', edge, key: `S${seq % 5}`, count: (seq % 7) + 1, at: seq };
  }
  const configuration = {
    id: 'run-1',
    mode: 'clock',
    speed: 1,
    time: 'simulated',
    files: [],
    bars: '1m',
    derive: [],
    strategies: [],
    timings: true,
  } as const;
  return { type: 'started', at: 0, wallTime: 0, configuration };
}
