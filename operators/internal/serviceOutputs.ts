import type { Subscriber } from 'rxjs';
import { DEFAULT_CAPACITY } from '../kernel/boundedBuffer';
import type { ServeOptions } from './serveOptions';
import type { Service } from './service';
import { Turns } from './turns';

/** Lets the outputs of services leave: as they come, or in order of arrival. */
export class ServiceOutputs<T, R> {
  private readonly onOutput: ServeOptions<T, R>['onOutput'];
  private readonly filter: ServeOptions<T, R>['filter'];
  private readonly turns: Turns<R> | undefined;
  /** When the outputs that leave now do so. */
  private leavesAt = NaN;

  /** @param edge names the bound in its error */
  constructor(
    edge: string,
    options: ServeOptions<T, R>,
    private readonly subscriber: Subscriber<R>,
  ) {
    this.onOutput = options.onOutput;
    this.filter = options.filter;
    const { concurrency = 1, ordered = true, capacity = DEFAULT_CAPACITY } = options;
    if (concurrency === 1 || !ordered) return;
    this.turns = new Turns(edge, capacity, (outputs, at) => {
      this.leavesAt = at;
      this.emit(outputs);
    });
  }

  /** A service begins. */
  begin(service: Service<T, R>): void {
    if (this.turns !== undefined) service.turn = this.turns.take();
  }

  /** An output comes while its service goes on. */
  add(service: Service<T, R>, output: R, at: number): void {
    if (this.turns !== undefined && service.turn !== undefined) {
      this.turns.add(service.turn, [output], at);
      return;
    }
    this.leavesAt = at;
    this.emit([output]);
  }

  /** The service is over. */
  end(service: Service<T, R>, outputs: readonly R[]): void {
    const { turns } = this;
    if (turns === undefined || service.turn === undefined) {
      this.leavesAt = service.finish;
      this.emit(outputs);
      return;
    }
    if (outputs.length > 0) turns.add(service.turn, outputs, service.finish);
    turns.end(service.turn, service.finish);
  }

  private emit(outputs: readonly R[]): void {
    const { onOutput, filter, subscriber } = this;
    const at = onOutput === undefined ? NaN : this.leavesAt;
    for (let i = 0; i < outputs.length && !subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      onOutput?.(output, at);
      if (filter === undefined || filter(output)) subscriber.next(output);
    }
  }
}
