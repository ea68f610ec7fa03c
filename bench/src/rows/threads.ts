import { createHash } from 'node:crypto';
import { lastValueFrom, toArray } from 'rxjs';
import { pipeline } from '../../../src';
import type { PipelineOptions } from '../../../src';
import { measured, poisson, workOf } from '../../../src/bench/measured';
import { byMessages, throughRing } from '../../../src/bench/ringThroughput';
import { spinning, spinningStrategy } from '../../../src/bench/work';
import { BARS } from '../../../src/bench/zeroCopy';
import type { Outcome, Row } from '../frame/table';

/** Milliseconds are a row's own: what it takes to start threads is not in them. */
const timed = (items: number, ms: number): Outcome => ({ items, figures: { ms } });

export const messages: Row = {
  name: 'messages',
  title: 'a message for each item, postMessage',
  compared: false,
  prepare: ({ size }) => {
    const items = Math.ceil(size / 2);
    return async () => timed(items, items / (await byMessages(items)) / 1_000);
  },
};

export const ring: Row = {
  name: 'ring',
  title: 'references through the ring',
  compared: false,
  prepare: ({ size }) => {
    const items = 20 * size;
    return async () => timed(items, items / (await throughRing(items)) / 1_000);
  },
};

export interface Pipelined {
  /** Microseconds of work on each item, in the processor and again in the analysis. */
  readonly own: number;
  readonly mode: 'clock' | 'data';
  readonly threads: boolean;
}

const SHARES: Readonly<Record<number, number>> = { 0: 0.5, 10: 0.2, 100: 0.02 };
export const OWN = Object.keys(SHARES).map(Number);

export const pipelinedName = ({ own, mode, threads }: Pipelined): string =>
  `${threads ? 'threads' : 'one'}-${mode}-${own}`;

/** So fast that everything is due at once: clock-driven, the stages work as fast as they can. */
const SPEED = 1e9;

/** A whole pipeline on the wall clock, in one thread or in three. */
export const pipelined = (of: Pipelined): Row => {
  const { own, mode, threads } = of;
  return {
    name: pipelinedName(of),
    title: `${own} µs of work a stage, ${mode}-driven: ${threads ? 'three threads' : 'one thread'}`,
    prepare: ({ size, checking }) => {
      const items = Math.ceil(size * (checking ? 1 : (SHARES[own] ?? 1)));
      const source = poisson(items, 1, 1);
      const options = threads ? inThreads(own) : inOne(own);
      return async () => {
        const running = pipeline([source], { bars: 'tick', mode, speed: SPEED, ...options });
        const bars = checking ? lastValueFrom(running.bars$.pipe(toArray())) : undefined;
        let delivered = 0;
        running.events$.subscribe((event) => {
          if (event.type === 'served' && event.stage === 'analysis') delivered += event.count;
        });
        const began = performance.now();
        running.start();
        const { error, startupMs = 0 } = await running.ended;
        const ms = performance.now() - began - startupMs;
        if (error !== undefined) throw error as Error;
        if (delivered !== items) throw new Error(`${delivered} of ${items} items arrived`);
        const digest = bars === undefined ? undefined : digestOf(await bars);
        return { ...timed(items, ms), same: digest };
      };
    },
  };
};

function inThreads(own: number): PipelineOptions {
  return {
    threads: {
      strategies: own === 0 ? [] : [{ name: 'work', ...workOf('spinningStrategy', own) }],
      ...(own === 0 ? {} : { burden: { processor: workOf('spinning', own) } }),
    },
  };
}

function inOne(own: number): PipelineOptions {
  if (own === 0) return { time: 'wall' };
  const item = spinning(own);
  return {
    time: 'wall',
    strategies: [spinningStrategy(own)],
    serviceTimes: {
      processor: (_, took) => {
        const began = performance.now();
        item();
        return took + performance.now() - began;
      },
    },
  };
}

const digestOf = (bars: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(bars)).digest('hex');

/** One cell of `barometer bench zero-copy`: mean gap and the processor's work, the analysis works twice as long. */
export const CELL = { gapMs: 1, own: 100 } as const;

/** @param lists that each hand-over carries; 0: zero copy */
export const copying = (name: string, title: string, lists: number): Row => ({
  name,
  title,
  compared: false,
  prepare: ({ size }) => {
    const items = Math.ceil(size / 50);
    return async () => {
      const { edges } = await measured(poisson(items, CELL.gapMs, 1), {
        threads: {
          strategies: [{ name: 'work', ...workOf('spinningStrategy', 2 * CELL.own) }],
          burden: { processor: workOf('spinning', CELL.own) },
          ...(lists === 0 ? {} : { copying: { lists, bars: BARS } }),
        },
      });
      const [first, second] = Object.values(edges);
      return {
        items,
        figures: { first: 100 * (first?.share ?? NaN), second: 100 * (second?.share ?? NaN) },
      };
    };
  },
});
