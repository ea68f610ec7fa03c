import { Subscription } from 'rxjs';
import { ChunkReader } from '../../operators/kernel/chunkReader';
import type { Item } from '../bars/item';
import type { SimulationState } from './simulationState';
import type { Stages } from './stages';

/** What the simulation reads: chunks of items. While one is awaited the clock stands still. */
export class SimulatedInput {
  readonly chunks: ChunkReader<Item>;
  /** A chunk is awaited, or a turn of the event loop. */
  isWaiting = false;
  /** An error of the source, which comes after what it gave. */
  failure: { readonly error: unknown } | undefined;
  private readonly state: SimulationState;
  private readonly onThere: () => void;
  private readonly holds = new Subscription();

  /** @param onThere called when what was awaited is there */
  constructor({ feed, coordinator }: Stages, state: SimulationState, onThere: () => void) {
    this.state = state;
    this.onThere = onThere;
    this.chunks = new ChunkReader(feed.read(), coordinator.onPull, coordinator.stopwatches);
  }

  /** Everything was released that ever will be. */
  get isOver(): boolean {
    return !this.isWaiting && !this.chunks.hasNext && this.chunks.isOver;
  }

  /** Reads on; whether there is a next item now. */
  read(): boolean {
    const { chunks, state } = this;
    try {
      while (!chunks.hasNext) {
        if (chunks.isOver) return false;
        const later = chunks.ask();
        if (state.isOver) return false;
        if (later === undefined) continue;
        this.wait(later);
        return false;
      }
    } catch (error) {
      this.failure = { error };
      return false;
    }
    return true;
  }

  /** The clock stands still until that is there. */
  wait(later: PromiseLike<void>): void {
    this.isWaiting = true;
    const hold = this.state.clock.hold();
    this.holds.add(hold);
    const over = (): void => {
      this.isWaiting = false;
      this.onThere();
      hold.unsubscribe();
    };
    later.then(over, (error: unknown) => {
      this.failure = { error };
      over();
    });
  }

  /** Closes what is being read. */
  leave(): void {
    this.holds.unsubscribe();
    this.chunks.leave();
  }
}
