import { useLayoutEffect, useState } from 'preact/hooks';
import type { MomentView } from '../protocol';
import type { Source } from './source';

/** Moments that are kept: about as many as somebody goes back and forth between. */
const MOST = 200;

const cache = new Map<number, MomentView>();

function keep(seq: number, moment: MomentView): void {
  cache.set(seq, moment);
  const [oldest] = cache.keys();
  if (cache.size > MOST && oldest !== undefined) cache.delete(oldest);
}

/**
 * The run after an event, or undefined while it is on its way; the one before stays on the screen
 * meanwhile. There is one request at a time, so that a slider that moves fast is not followed by a queue.
 */
export function useMoment(source: Source, seq: number | undefined): MomentView | undefined {
  const [moment, setMoment] = useState<MomentView>();
  // Before the page is painted: the request is on its way sooner.
  useLayoutEffect(() => {
    if (seq === undefined) {
      setMoment(undefined);
      return undefined;
    }
    const known = cache.get(seq);
    if (known !== undefined) {
      setMoment(known);
      return undefined;
    }
    let isWanted = true;
    const load = async (): Promise<void> => {
      await busy;
      if (!isWanted) return;
      busy = source.at(seq).then(
        (found) => {
          keep(seq, found);
          if (isWanted) setMoment(found);
        },
        () => undefined,
      );
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [source, seq]);
  return moment;
}

let busy: Promise<void> = Promise.resolve();
