import { createHash } from 'node:crypto';
import { lastValueFrom, toArray } from 'rxjs';
import { pipeline } from '../../../src/entries/stages';
import type { PipelineOptions } from '../../../src/entries/stages';
import type { Row } from '../frame/table';
import { instrumentOf, poisson, strategyOf } from '../threads/measureRun';
import { loadStrategy, spin } from '../threads/syntheticLoad';

interface PipelineLoad {
  /** Microseconds of work on each item, in the processor and again in the analysis. */
  readonly own: number;
  readonly mode: 'clock' | 'data';
  readonly threads: boolean;
}

const SHARES: Readonly<Record<number, number>> = { 0: 0.5, 10: 0.2, 100: 0.02 };
export const OWN = Object.keys(SHARES).map(Number);

export const nameOf = ({ own, mode, threads }: PipelineLoad): string =>
  `${threads ? 'threads' : 'one'}-${mode}-${own}`;

/** So fast that everything is due at once: clock-driven, the stages work as fast as they can. */
const SPEED = 1e9;

/** A whole pipeline on the wall clock, in one thread or in three; milliseconds are its own, without the start of threads. */
export const pipelineRow = (of: PipelineLoad): Row => {
  const { own, mode, threads } = of;
  return {
    name: nameOf(of),
    title: `${own} µs of work a stage, ${mode}-driven: ${threads ? 'three threads' : 'one thread'}`,
    prepare: ({ size, checking }) => {
      const items = Math.ceil(size * (checking ? 1 : (SHARES[own] ?? 1)));
      const source = poisson(items, 1, 1);
      const options = threads ? inThreads(own) : inOne(own);
      return async () => {
        const running = pipeline([source], { bars: 'tick', mode, speed: SPEED, ...options });
        const bars = checking
          ? lastValueFrom(running.bars$.pipe(toArray()), { defaultValue: [] })
          : undefined;
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
        const same = bars === undefined ? undefined : digestOf(await bars);
        return { items, figures: { ms }, same };
      };
    },
  };
};

function inThreads(own: number): PipelineOptions {
  if (own === 0) return { threads: {} };
  const load = { microseconds: own };
  return {
    threads: {
      strategies: [strategyOf(load)],
      instrument: instrumentOf({ load: { processor: load } }),
    },
  };
}

function inOne(own: number): PipelineOptions {
  if (own === 0) return { time: 'wall' };
  const spend = spin(own);
  return {
    time: 'wall',
    strategies: [loadStrategy({ microseconds: own })],
    serviceTimes: {
      processor: (_, took) => {
        const began = performance.now();
        spend();
        return took + performance.now() - began;
      },
    },
  };
}

const digestOf = (bars: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(bars)).digest('hex');
