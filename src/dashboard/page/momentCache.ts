import { useLayoutEffect, useState } from 'preact/hooks';
import type { MomentView } from '../protocol';
import type { Source } from './source';

/** Moments that are kept: about as many as somebody goes back and forth between. */
const MOST = 200;

const cache = new Map<string, MomentView>();

/** A window, by the market time of its end and its last event so far. */
export interface WindowKey {
  readonly at: number;
  readonly seq: number;
}

function keep(key: string, moment: MomentView): void {
  cache.set(key, moment);
  const [oldest] = cache.keys();
  if (cache.size > MOST && oldest !== undefined) cache.delete(oldest);
}

/**
 * Everything due by the end of a window, or undefined while it is on its way; the one before stays on the screen
 * meanwhile. There is one request at a time, so that a slider that moves fast is not followed by a queue.
 */
export function useMoment(source: Source, window: WindowKey | undefined): MomentView | undefined {
  const [moment, setMoment] = useState<MomentView>();
  const key = window === undefined ? '' : `${window.at} ${window.seq}`;
  // Before the page is painted: the request is on its way sooner.
  useLayoutEffect(() => {
    if (window === undefined) {
      setMoment(undefined);
      return undefined;
    }
    const known = cache.get(key);
    if (known !== undefined) {
      setMoment(known);
      return undefined;
    }
    let isWanted = true;
    const load = async (): Promise<void> => {
      await busy;
      if (!isWanted) return;
      busy = source.at(window.at).then(
        (found) => {
          keep(key, found);
          if (isWanted) setMoment(found);
        },
        () => undefined,
      );
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [source, key]);
  return moment;
}

let busy: Promise<void> = Promise.resolve();
