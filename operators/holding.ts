import { BooleanSubject } from './internal/booleanSubject';

/**
 * Whether a gate holds anything: published by `holdUntilReady`, and asked by anyone who stands before the
 * gate. While it holds, `pace` releases nothing and `serve` stays blocked. It is the opposite of a
 * readiness, so it has its own type.
 *
 * @example
 * const holding = new Holding();
 * holding.subscribe((holds) => console.log(holds));
 * // false
 * holding.next(true);
 * // true
 */
export class Holding extends BooleanSubject {
  constructor(holds = false) {
    super(holds);
  }

  get holds(): boolean {
    return this.value;
  }
}
