export interface Entry {
  /** Its key in `exports`: `./operators`. */
  readonly path: string;
  /** What users import: `barometer/operators`. */
  readonly name: string;
  /** Source file, relative to the checkout. */
  readonly source: string;
}

export const entries: readonly Entry[];
