/** A bounded buffer was full and its overflow policy is `error`. */
export class OverflowError extends Error {
  override readonly name = 'OverflowError';
  readonly code = 'OVERFLOW';

  constructor(
    /** The edge whose buffer it was. */
    readonly edge: string,
    /** How many items lay in it. */
    readonly depth: number,
  ) {
    super(
      `${edge}: ${depth.toLocaleString('en-US')} items wait and there is room for no more. ` +
        'Raise the capacity, slow the producer down, or choose an overflow policy that drops.',
    );
  }
}

/** An option that makes no sense: what was found, and what would do. */
export class OptionError extends RangeError {
  override readonly name = 'OptionError';
  readonly code = 'OPTION';

  constructor(
    readonly option: string,
    readonly found: unknown,
    needed: string,
  ) {
    super(`${option} is ${String(found)}, but must be ${needed}`);
  }
}

/** A `Readiness` is used by two consumers, on two clocks, or switched by hand while a consumer keeps it. */
export class ReadinessError extends Error {
  override readonly name = 'ReadinessError';
  readonly code = 'READINESS';
}

/** A `VirtualClock` stands still until a service is done, and the service waits for that clock. */
export class DeadlockError extends Error {
  override readonly name = 'DeadlockError';
  readonly code = 'DEADLOCK';

  constructor(
    /** The operator whose service it is. */
    readonly operator: string,
  ) {
    super(
      `${operator}: process waits for a VirtualClock, which stands still until process is done. ` +
        'Say how long a service takes with serviceTime, instead of waiting for the time to pass.',
    );
  }
}
