import { extname, join } from 'node:path';
import { createRequire } from 'node:module';
import { isNativeError } from 'node:util/types';
import { Worker } from 'node:worker_threads';
import type { TransferListItem } from 'node:worker_threads';
import { StrategyError } from '../errors';
import { ServingCells } from './sharedControl';
import type { Serving } from './sharedControl';
import type { ItemBatch } from './itemBatch';
import type { Account, CrossedError, FromStage, StageWork, ToStage } from './messages';

export type LedIn = Extract<FromStage, { readonly type: 'leadIn' }>;

interface RemoteStageEvents {
  readonly onWindow: (account: Account) => void;
  readonly onMessage: (
    message: Extract<FromStage, { type: 'signals' | 'services' | 'ended' }>,
  ) => void;
  /** The thread broke, or ended before it was through. */
  readonly onFailure: (found: string, cause: unknown) => void;
}

/** How far clocks of threads may differ, in milliseconds. */
const ONE_CLOCK = 0.05;

/** A stage in its own thread, as the coordinator's thread sees it. */
export class RemoteStage {
  readonly stage: StageWork['stage'];
  /** It can begin; rejects where its thread cannot be started. */
  readonly ready: Promise<void>;
  /** Its thread has nothing more to say: it said its last, broke, or was ended. */
  readonly over: Promise<void>;
  readonly #worker: Worker;
  readonly #serving: ServingCells;
  #offset = 0;
  #isOver = false;
  #settle: () => void = () => undefined;
  /** Answers what was requested last before the run. */
  #ledIn: { resolve: (answer: LedIn) => void; reject: (error: Error) => void } | undefined;

  constructor(work: StageWork, transfer: readonly TransferListItem[], events: RemoteStageEvents) {
    this.stage = work.stage;
    this.#serving = new ServingCells(work.serving);
    this.over = new Promise((resolve) => {
      this.#settle = () => {
        this.#isOver = true;
        resolve();
      };
    });
    const started = performance.now();
    const worker = (this.#worker = new Worker(FILE, {
      workerData: work,
      transferList: [...transfer],
      execArgv: IS_SOURCE ? ['-r', createRequire(FILE).resolve(TYPESCRIPT)] : [],
    }));
    this.ready = new Promise((resolve, reject) => {
      let isReady = false;
      const fail = (found: string, cause: unknown): void => {
        if (this.#isOver) return;
        this.#settle();
        if (isReady) {
          this.#ledIn?.reject(cause instanceof StrategyError ? cause : new Error(found));
          events.onFailure(found, cause);
        } else reject(isNativeError(cause) ? cause : new Error(`the ${this.stage} ${found}`));
      };
      worker.on('message', (message: FromStage) => {
        if (this.#isOver) return;
        switch (message.type) {
          case 'ready':
            this.#offset = message.timeOrigin - performance.timeOrigin;
            if (!isOneClock(message.now + this.#offset, started)) {
              fail('has a different clock: this machine cannot measure across threads', undefined);
              return;
            }
            isReady = true;
            resolve();
            return;
          case 'leadIn':
            this.#ledIn?.resolve(message);
            return;
          case 'window':
            events.onWindow(message.account);
            return;
          case 'failed':
            fail(`failed: ${message.error.message}`, errorOf(message.error));
            return;
          case 'ended':
            events.onMessage(message);
            this.#settle();
            return;
          case 'services':
          case 'signals':
            events.onMessage(message);
        }
      });
      worker.on('error', (error) => {
        fail(`broke: ${error.message}`, error);
      });
      worker.on('exit', (code) => {
        fail(`ended its thread with exit code ${code}`, undefined);
      });
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What it is at. */
  get serving(): Serving | undefined {
    return this.#serving.read();
  }

  /** What `performance.now()` says in the stage's thread. */
  now(): number {
    return performance.now() - this.#offset;
  }

  /** Has the stage take items of the history before the run; one batch at a time. */
  leadIn(leadIn: ItemBatch): Promise<LedIn> {
    return new Promise((resolve, reject) => {
      this.#ledIn = { resolve, reject };
      this.#worker.postMessage({ leadIn } satisfies ToStage);
    });
  }

  /** @param origin what `performance.now()` says here at the run's time 0 */
  begin(origin: number): void {
    this.#worker.postMessage({ origin: origin - this.#offset } satisfies ToStage);
  }

  /** Ends the thread, no matter what it does. */
  async terminate(): Promise<void> {
    this.#settle();
    await this.#worker.terminate();
  }
}

const FILE = join(__dirname, `worker${extname(__filename)}`);
const IS_SOURCE = extname(__filename) === '.ts';
const TYPESCRIPT = 'ts-node/register/transpile-only';

/** What the other thread read just now lies between two readings of ours. */
const isOneClock = (theirs: number, before: number): boolean =>
  theirs > before - ONE_CLOCK && theirs < performance.now() + ONE_CLOCK;

function errorOf({ name, message, stack, strategy }: CrossedError): Error {
  if (strategy !== undefined) {
    return new StrategyError(strategy.name, strategy.bar, strategy.cause);
  }
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
