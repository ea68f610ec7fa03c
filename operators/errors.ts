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
