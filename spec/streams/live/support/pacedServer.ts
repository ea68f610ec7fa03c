import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What the server sent, by its own clock. */
interface Sent {
  /** Epoch milliseconds. */
  readonly sentAt: readonly number[];
  readonly mostBuffered: number;
  /** A client that does not read is cut. */
  readonly isCut: boolean;
}

interface PacedOptions {
  /** Mean milliseconds between two frames. */
  readonly gapMs: number;
  readonly count: number;
  /** Characters that each frame has besides its tick. */
  readonly padding?: number;
  /** Bytes that may wait for a client before it is cut. */
  readonly patience?: number;
}

/** See `pacedServerThread.cjs`. */
export async function pacedServer(options: PacedOptions) {
  const worker = new Worker(join(__dirname, 'pacedServerThread.cjs'), { workerData: options });
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  const { port } = await next<{ readonly port: number }>();
  return {
    url: `ws://127.0.0.1:${port}/`,
    sent: next<Sent>(),
    close: async (): Promise<void> => {
      await worker.terminate();
    },
  };
}
