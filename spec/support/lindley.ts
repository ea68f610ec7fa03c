/** One item on its way to a single server: when it was offered, how long it takes, when it was due. */
export interface Arrival {
  readonly offered: number;
  readonly service: number;
  readonly due: number;
}

export interface Fate extends Arrival {
  readonly start: number;
  readonly finish: number;
  readonly backpressure: boolean;
  readonly overrun: boolean;
  readonly burst: boolean;
}

/**
 * The oracle for counting, from the definitions and by brute force: Lindley's recursion
 * (D. V. Lindley, The theory of queues with a single server, 1952), and every arrival compared with
 * all that were handed over since the server was last found ready.
 */
export function lindley(arrivals: readonly Arrival[]): Fate[] {
  const fates: Fate[] = [];
  let handedOver: Arrival[] = [];
  for (const arrival of arrivals) {
    const previous = fates.at(-1);
    const backpressure = previous !== undefined && previous.finish > arrival.offered;
    if (!backpressure) handedOver = [];
    const burst = backpressure && handedOver.every(({ due }) => due === arrival.due);
    handedOver.push(arrival);
    const start = Math.max(arrival.offered, previous?.finish ?? -Infinity);
    fates.push({
      ...arrival,
      start,
      finish: start + arrival.service,
      backpressure,
      overrun: previous !== undefined && previous.start > arrival.offered,
      burst,
    });
  }
  return fates;
}

/** What an edge should have counted, given what became of its items. */
export const countsOf = (
  fates: readonly Fate[],
): Record<'delivered' | 'backpressure' | 'burst' | 'behind' | 'overrun', number> => {
  const count = (test: (fate: Fate) => boolean): number => fates.filter(test).length;
  return {
    delivered: fates.length,
    backpressure: count(({ backpressure }) => backpressure),
    burst: count(({ burst }) => burst),
    behind: count(({ backpressure, burst }) => backpressure && !burst),
    overrun: count(({ overrun }) => overrun),
  };
};
