import type { EdgeEvent, EdgeEventType } from '../../operators';

/** An observer of edge events that adds them up, and keeps them. */
export interface Books {
  readonly counts: Record<EdgeEventType | 'burst' | 'behind', number>;
  readonly all: EdgeEvent[];
  next(event: EdgeEvent): void;
}

export function booksOf(): Books {
  const counts = {
    delivered: 0,
    backpressure: 0,
    burst: 0,
    behind: 0,
    overrun: 0,
    dropped: 0,
    discarded: 0,
  };
  const all: EdgeEvent[] = [];
  return {
    counts,
    all,
    next(event) {
      all.push(event);
      counts[event.type] += event.count;
      counts.burst += event.burst ?? 0;
      counts.behind += event.behind ?? 0;
    },
  };
}
