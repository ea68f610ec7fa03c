import { shown } from './kernel/shown';

/** The base of every error that Barometer throws: `code` names the case, the message says what to do. */
export class BarometerError extends Error {
  /** One of the codes that docs/errors.md lists, such as `OPTION_INVALID`. */
  declare readonly code: string;
}

/** A bounded buffer was full and its overflow policy is `error`. */
export class OverflowError extends BarometerError {
  override readonly name = 'OverflowError';
  override readonly code = 'BUFFER_OVERFLOW';

  constructor(
    /** The edge that the buffer belongs to. */
    readonly edge: string,
    /** Number of items in the buffer. */
    readonly depth: number,
  ) {
    super(
      `${edge}: the buffer is full at a depth of ${depth.toLocaleString('en-US')}. ` +
        'Raise the capacity, slow the producer down, or choose an overflow policy that drops items.',
    );
  }
}

export type OptionErrorCode = 'OPTION_INVALID' | 'OPTION_UNKNOWN';

/** An option with a value that is not allowed, or with a name that does not exist. */
export class OptionError extends BarometerError {
  override readonly name = 'OptionError';

  /** @param needed completes the sentence "`option` is `found`, but must be …" */
  constructor(
    readonly option: string,
    readonly found: unknown,
    needed: string,
    override readonly code: OptionErrorCode = 'OPTION_INVALID',
  ) {
    super(
      code === 'OPTION_INVALID'
        ? `${option} is ${shown(found)}, but must be ${needed}`
        : `${option} is not an option of ${needed}`,
    );
  }
}

/** A `Readiness` is used by two consumers, on two clocks, or switched by hand while a consumer keeps it. */
export class ReadinessError extends BarometerError {
  override readonly name = 'ReadinessError';
  override readonly code = 'READINESS_MISUSED';
}

/** A `VirtualClock` stands still until a service is done, and the service waits for that clock. */
export class DeadlockError extends BarometerError {
  override readonly name = 'DeadlockError';
  override readonly code = 'CLOCK_DEADLOCK';

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

/** The service of an item took longer than `timeout`. */
export class ServiceTimeoutError extends BarometerError {
  override readonly name = 'ServiceTimeoutError';
  override readonly code = 'SERVICE_TIMEOUT';

  constructor(
    readonly edge: string,
    /** Milliseconds. */
    readonly timeout: number,
  ) {
    super(
      `${edge}: a service took longer than ${timeout} ms. Raise timeout, or skip such items with onError: 'skip'.`,
    );
  }
}
