import { parentPort, workerData } from 'node:worker_threads';
import { StrategyError } from '../errors';
import { SegmentRegistry } from './segmentRegistry';
import type { Interval } from '../bars/interval';
import { MomentCalls } from '../strategies/momentCalls';
import { hears } from '../strategies/wakeLists';
import { AnalysisLeadIn, analysisThread, announcing, threadStrategiesOf } from './analysisThread';
import { itemBatch, itemsIn } from './itemBatch';
import type { ItemBatch } from './itemBatch';
import type {
  AnalysisWork,
  CrossedError,
  FromStage,
  ProcessorWork,
  StageWork,
  ToStage,
} from './messages';
import { leadThrough, processorOf, processorThread } from './processorThread';
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
} satisfies Parameters<typeof analysisThread>[5];

/** A stage's thread before the run, and in it. */
interface StageInThread {
  readonly leadIn: (batch: ItemBatch) => Promise<FromStage>;
  readonly begin: (origin: number) => void;
}

function analysisOf(of: AnalysisWork): StageInThread {
  const strategies = announcing(of, threadStrategiesOf(of));
  const moments = new MomentCalls(strategies, of.intervals[0] as Interval, hears);
  let leadIn: AnalysisLeadIn | undefined;
  return {
    leadIn: async (batch) => {
      leadIn ??= new AnalysisLeadIn(of, strategies, moments, rows);
      return { type: 'leadIn', outputs: itemBatch([]), tally: await leadIn.take(batch) };
    },
    begin: (origin) => {
      analysisThread(of, strategies, moments, rows, origin, ends);
    },
  };
}

function processorStage(of: ProcessorWork): StageInThread {
  const process = processorOf(of);
  return {
    leadIn: (batch) => {
      const outputs = itemBatch(leadThrough(process, itemsIn(batch, rows)));
      return Promise.resolve({ type: 'leadIn', outputs, tally: { signals: 0, errors: 0 } });
    },
    begin: (origin) => {
      processorThread(of, process, rows, origin, ends);
    },
  };
}

const rows = new SegmentRegistry(work.intervals, work.announcements, work.history);
const stage = work.stage === 'analysis' ? analysisOf(work) : processorStage(work);
port.on('message', (message: ToStage) => {
  if ('leadIn' in message) {
    stage.leadIn(message.leadIn).then(post, ends.onError);
    return;
  }
  before = threadWaits();
  stage.begin(message.origin);
});
post({ type: 'ready', now: performance.now(), timeOrigin: performance.timeOrigin });
