import { parentPort, workerData } from 'node:worker_threads';
import { StrategyError } from '../errors';
import { SegmentRegistry } from './segmentRegistry';
import { analysisThread, threadStrategiesOf } from './analysisThread';
import type { CrossedError, FromStage, StageWork, ToStage } from './messages';
import { processorThread } from './processorThread';
import { threadWaits, waitsSince } from './threadWaits';
import type { ThreadWaits } from './threadWaits';

/** Where a stage's thread starts: it makes itself ready, says so, and begins when the coordinator's thread starts it. */
const work = workerData as StageWork;
const port = parentPort;
if (port === null) throw new Error('streams/threads/worker is started as a worker thread');

const post = (message: FromStage): void => {
  port.postMessage(message);
};

function crossingError(error: unknown): CrossedError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined };
  }
  const { name, message, stack, cause } = error;
  if (!(error instanceof StrategyError)) return { name, message, stack };
  const why = cause instanceof Error ? cause.message : String(cause);
  return { name, message, stack, strategy: { name: error.strategy, bar: error.bar, cause: why } };
}

/** When the stage began to serve. */
let before: ThreadWaits | undefined;

const ends = {
  onWindowEnd: (account) => {
    post({ type: 'window', account });
  },
  onEnd: (account, { bars = [], sent = new Map<string, number>() } = {}) => {
    post({ type: 'ended', account, bars, sent, waits: waitsSince(before) });
  },
  onError: (error) => {
    post({ type: 'failed', error: crossingError(error) });
  },
  onSignals: (signals) => {
    post({ type: 'signals', signals });
  },
  onServices: (services, buffers) => {
    port.postMessage({ type: 'services', services } satisfies FromStage, buffers);
  },
} satisfies Parameters<typeof analysisThread>[4];

const rows = new SegmentRegistry(work.intervals, work.announcements, work.history);
const strategies = work.stage === 'analysis' ? threadStrategiesOf(work) : [];
port.on('message', ({ origin }: ToStage) => {
  before = threadWaits();
  if (work.stage === 'analysis') analysisThread(work, strategies, rows, origin, ends);
  else processorThread(work, rows, origin, ends);
});
post({ type: 'ready', now: performance.now(), timeOrigin: performance.timeOrigin });
