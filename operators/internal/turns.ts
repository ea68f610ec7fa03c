import { OverflowError } from '../errors';
import { Ring } from '../kernel/ring';

/** The outputs of one service among those of all, in order of arrival. */
export interface Turn<R> {
  /** Outputs that have come and not left. */
  outputs: R[];
  /** No more will come. */
  isOver: boolean;
}

/** Lets the outputs of services that are under way at once leave in the order in which the services began. */
export class Turns<R> {
  private readonly turns = new Ring<Turn<R>>();
  private waiting = 0;
  private at = 0;
  private leaving = false;

  /**
   * @param edge names the bound in its error
   * @param capacity how many outputs may wait for those of earlier items
   * @param leave called with outputs whose turn it is, and the time at which it came
   */
  constructor(
    private readonly edge: string,
    private readonly capacity: number,
    private readonly leave: (outputs: readonly R[], at: number) => void,
  ) {}

  /** A service begins. */
  take(): Turn<R> {
    const turn: Turn<R> = { outputs: [], isOver: false };
    this.turns.push(turn);
    return turn;
  }

  /** Outputs come; throws an `OverflowError` where too many wait. */
  add(turn: Turn<R>, outputs: readonly R[], at: number): void {
    this.at = at;
    for (const output of outputs) turn.outputs.push(output);
    this.waiting += outputs.length;
    this.advance();
    if (this.waiting > this.capacity) {
      throw new OverflowError(`${this.edge} (outputs that wait for earlier ones)`, this.capacity);
    }
  }

  /** The service is over. */
  end(turn: Turn<R>, at: number): void {
    this.at = at;
    turn.isOver = true;
    this.advance();
  }

  /** Lets everything leave whose turn it is; what comes meanwhile waits for its turn. */
  private advance(): void {
    if (this.leaving) return;
    this.leaving = true;
    try {
      for (let head = this.turns.peek(); head !== undefined; head = this.turns.peek()) {
        const { outputs } = head;
        if (outputs.length > 0) {
          head.outputs = [];
          this.waiting -= outputs.length;
          this.leave(outputs, this.at);
        } else if (head.isOver) this.turns.shift();
        else return;
      }
    } finally {
      this.leaving = false;
    }
  }
}
