import { Observable } from 'rxjs';
import { WallClock } from '../../operators';
import type { Engine, RunParts } from '../engine/engine';
import { LeadIn } from '../engine/leadIn';
import { park } from './park';
import type { StageWorkers } from './stageWorkers';
import { threadedFlow } from './threadedFlow';

/** The coordinator in this thread, each other stage in its own, on one wall clock. */
export function threadedEngine(workers: StageWorkers, parts: RunParts): Engine {
  const { feed, bars, options, leadFrom } = parts;
  let isOpen = false;
  let leadIn: LeadIn | undefined;
  return {
    strategies: (options.threads?.strategies ?? []).map(({ name }) => name),
    bars$: new Observable((subscriber) => {
      workers.control.barsWanted = true;
      return bars.subscribe(subscriber);
    }),
    /** The clock starts when the threads have. */
    async open() {
      isOpen = true;
      const asked = performance.now();
      await workers.start(() => feed.counts().symbols);
      const ready = performance.now();
      if (leadFrom !== undefined) leadIn = new LeadIn(feed, leadFrom, workers.leadIn());
      const ledIn = await leadIn?.run();
      const origin = performance.now();
      const clock = new WallClock(origin, park);
      const flow = threadedFlow({ ...parts, workers: workers, clock, origin });
      return { ...flow, scheduler: clock, startupMs: ready - asked, leadIn: ledIn };
    },
    waits: () => workers.waits,
    close() {
      leadIn?.close();
      return isOpen ? workers.stop() : undefined;
    },
  };
}
