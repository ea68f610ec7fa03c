import { parentPort, workerData } from 'node:worker_threads';
import { checkOptions, openFiles } from '../../streams';
import { CallMonitor } from '../../streams/strategies/callMonitor';
import { causeText } from '../../streams/causeText';
import { checkpointOf } from '../journal';
import { replay } from '../replay';
import { brokenStrategies } from '../report/brokenStrategies';
import { loadStrategies } from '../strategies';
import type { FromTask, ThreadTask } from './runInThread';

/** Runs one task in its thread, and posts what came of it. */
async function run({ files, reading, options, strategies }: ThreadTask): Promise<void> {
  const post = (message: FromTask): void => parentPort?.postMessage(message);
  try {
    const callMonitor = new CallMonitor();
    const { threads, ...others } = options;
    const made =
      threads === undefined
        ? loadStrategies(
            strategies,
            checkOptions(options).map(({ name }) => name),
          )
        : strategies.map((module) => ({ module }));
    const sources = await openFiles(files, reading);
    const running = replay(sources, {
      ...others,
      ...(threads === undefined ? { callMonitor } : { threads }),
      strategies: made,
    });
    post({ type: 'calls', cells: callMonitor.cells });
    const report = await running.start().done;
    const [broken] = brokenStrategies(report);
    if (broken !== undefined) {
      post({ type: 'failed', why: broken });
      return;
    }
    const fold = { state: running.state(), seq: 0, wall: Date.now() };
    post({ type: 'done', checkpoint: checkpointOf(fold) });
  } catch (error) {
    post({ type: 'failed', why: causeText(error) });
  }
}

void run(workerData as ThreadTask);
