/** What one run of a row's work came to. */
export interface Outcome {
  /** Items that the time is divided by. */
  readonly items: number;
  /** What all rows of a table have to agree on. */
  readonly same?: unknown;
  /** Figures of the row's own, beside time and memory. */
  readonly figures?: Readonly<Record<string, number>>;
}

export type Work = () => Outcome | Promise<Outcome>;

export interface Setting {
  /** How many items. */
  readonly size: number;
  /** Of random arrivals and random work, in tables that have them. */
  readonly seed: number;
  /** True in the round before anything is timed: `same` goes into every detail. */
  readonly checking: boolean;
  /** True in the run before the timed one. */
  readonly warming?: boolean;
}

export interface Row {
  /** Short, for `--row`. */
  readonly name: string;
  /** What stands in the table. */
  readonly title: string;
  /** Makes the input, which is not timed, and returns the work, which is and can be repeated. */
  readonly prepare: (setting: Setting) => Work | Promise<Work>;
  /** Takes part in the comparison of outcomes; true unless given. */
  readonly compared?: boolean;
  /** Runs in the smoke run; true unless given. Of rows that differ in numbers alone, a few stand for all. */
  readonly inSmoke?: boolean;
}

/** What a process that ran one row once reports. */
export interface Measured {
  readonly wallMs: number;
  /** Of the very first run in the process, for as many items; NaN where nothing was warmed up. */
  readonly firstMs: number;
  readonly cpuMs: number;
  /** Largest resident memory of the process so far. */
  readonly peakBytes: number;
  readonly items: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly same: unknown;
  /** Where the time went, as text, where that was asked for. */
  readonly profile?: string;
}

/** A column of the printed table. */
export interface Figure {
  readonly title: string;
  readonly of: (measured: Measured) => number;
  readonly digits?: number;
}

/** How a row has to stand by the figure that rows are compared by: to another row, or by itself. */
export type Target = { readonly row: string } & (
  | {
      readonly beside: string;
      /** The speed of `row` divided by the speed of `beside`. */
      readonly atLeast: number;
    }
  | {
      readonly beside: string;
      /** The figure of `row` less the figure of `beside`. */
      readonly within: number;
    }
  | { readonly atMost: number }
);

export interface Sizes {
  readonly full: number;
  readonly quick: number;
  /** For the smoke run and the check. */
  readonly smoke: number;
}

export interface Table {
  readonly name: string;
  readonly title: string;
  /** What was given to every row, for a size. */
  readonly input: (size: number) => string;
  readonly rows: readonly Row[];
  readonly sizes: Sizes;
  /** Items of the runs that warm a row up, in its own process, before the timed one. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Has random arrivals or work: the seed is shown. */
  readonly isSeeded?: boolean;
  /** The first one is what rows are compared by, or the first of CPU time: less is better. */
  readonly figures: readonly Figure[];
  /** Rows by whose speed all speeds are divided, by name. */
  readonly beside?: readonly string[];
  /** Rows whose figure is subtracted from all figures, by name. */
  readonly differences?: readonly string[];
  readonly targets?: readonly Target[];
  /** What the rows say together, in lines. */
  readonly conclude?: (
    figureOf: (row: string, figure: string) => number | undefined,
    size: number,
  ) => string[];
}
