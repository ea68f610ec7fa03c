import { AccountedBuffer } from '../../operators/kernel/accountedBuffer';
import type { AccountedBufferOptions } from '../../operators/kernel/accountedBuffer';
import type { Item } from '../bars/item';
import type { SimulationState } from './simulationState';

interface SimulatedGateOptions {
  readonly state: SimulationState;
  /** How what is held when the run ends is counted. */
  readonly buffer: AccountedBufferOptions<Item>;
  /** The stage behind the gate. */
  readonly consumer: {
    readonly isReady: boolean;
    /** Takes an item that passes; `isHeld`: an active gate let it go only now. */
    take(item: Item, isHeld: boolean): void;
  };
  /** Called when the gate begins to hold, and when it holds nothing any more. */
  readonly onHolding: (holds: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The gate before a stage, as the simulation drives it. It passes items on, or holds them while the run
 * is paused, or while it is active and its consumer is not ready.
 */
export class SimulatedGate {
  isPaused = false;
  private readonly state: SimulationState;
  private readonly consumer: SimulatedGateOptions['consumer'];
  private readonly onHolding: SimulatedGateOptions['onHolding'];
  private readonly buffer: AccountedBuffer<Item>;
  /** How many items are held: asked too often to be asked in the buffer. */
  private held = 0;
  /** The first of them, mostly the only one. The others are in the buffer. */
  private head: Item | undefined;
  /** An item is passing: none passes in the midst of it. */
  private isPassing = false;

  constructor({ state, buffer, consumer, onHolding, onError }: SimulatedGateOptions) {
    this.state = state;
    this.consumer = consumer;
    this.onHolding = onHolding;
    this.buffer = new AccountedBuffer<Item>(buffer);
    this.buffer.open(onError);
  }

  get holds(): boolean {
    return this.held > 0;
  }

  enter(item: Item): void {
    if (this.isPassing || this.held > 0 || !this.isOpen()) {
      this.hold(item);
      return;
    }
    this.isPassing = true;
    this.consumer.take(item, this.state.isGated);
    this.isPassing = false;
    if (this.held > 0) this.drain();
  }

  /** Lets go what may pass. */
  drain(): void {
    const { state } = this;
    if (this.isPassing || this.held === 0) return;
    this.isPassing = true;
    while (this.held > 0 && !state.isOver && this.isOpen()) {
      const item = this.head as Item;
      this.held -= 1;
      this.head = this.held > 0 ? this.buffer.waiting.shift() : undefined;
      this.consumer.take(item, true);
    }
    this.isPassing = false;
    if (this.held === 0 && !state.isOver) this.onHolding(false);
  }

  flush(): void {
    this.buffer.flush();
  }

  /** Discards and counts what is held. */
  close(): void {
    if (this.head !== undefined) this.buffer.discard(this.head, 'discarded');
    this.head = undefined;
    this.buffer.discardAll();
    this.buffer.close();
  }

  private hold(item: Item): void {
    this.held += 1;
    if (this.held > 1) this.buffer.push(item);
    else {
      this.head = item;
      this.onHolding(true);
    }
  }

  private isOpen(): boolean {
    return !this.isPaused && (!this.state.isGated || this.consumer.isReady);
  }
}
