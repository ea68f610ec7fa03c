import type { EdgeName, PipelineEvent } from '../events';
import type { Account } from './messages';

/**
 * What was handed over to a stage in another thread, and what it has said of it. A stage that breaks
 * takes its latest account with it: what it never spoke of was delivered to it, and is discarded.
 */
export class DeliveryLedger {
  readonly #edge: EdgeName;
  readonly #delivered = new Map<string, number>();
  #accounted = 0;

  constructor(edge: EdgeName) {
    this.#edge = edge;
  }

  /** The stage's account of a window. */
  add({ events }: Account): void {
    for (const event of events) {
      if (event.type === 'served') this.#accounted += event.count;
      if (!('edge' in event) || event.edge !== this.#edge) continue;
      if (event.type === 'discarded') this.#accounted += event.count;
      if (event.type !== 'delivered') continue;
      const { key = '', count } = event;
      this.#delivered.set(key, (this.#delivered.get(key) ?? 0) + count);
    }
  }

  /** @param sent how many items of each symbol were handed over */
  unaccounted(sent: ReadonlyMap<string, number>, at: number): PipelineEvent[] {
    const edge = this.#edge;
    const events: PipelineEvent[] = [];
    let lost = -this.#accounted;
    for (const [key, count] of sent) {
      lost += count;
      const missing = count - (this.#delivered.get(key) ?? 0);
      if (missing > 0) events.push({ type: 'delivered', edge, key, count: missing, at });
    }
    if (lost > 0) events.push({ type: 'discarded', edge, count: lost, at });
    return events;
  }
}
