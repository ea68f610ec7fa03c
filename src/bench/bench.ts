/** Where a bench prints, and tells how far it has come. */
export interface BenchOutput {
  readonly line: (text: string) => void;
  readonly progress: (text: string) => void;
  readonly json: boolean;
}

/** What was asked for; each bench has its own defaults for what was not. */
export interface BenchOptions {
  readonly own?: readonly number[] | undefined;
  readonly gaps?: readonly number[] | undefined;
  readonly lists?: readonly number[] | undefined;
  readonly utilisations?: readonly number[] | undefined;
  readonly service?: 'exponential' | 'constant' | undefined;
  readonly items?: number | undefined;
  readonly minutes?: number | undefined;
  readonly speed?: number | undefined;
  /** Some that nobody has tuned anything on, unless given. */
  readonly seed: number;
}

export type Bench = (options: BenchOptions, output: BenchOutput) => Promise<void>;

/** Says how much is done, and about how long the rest takes. */
export function countdown(
  parts: number,
  plannedMs: number,
  output: BenchOutput,
): (ms: number) => void {
  let done = 0;
  let rest = plannedMs;
  return (ms) => {
    done += 1;
    rest -= ms;
    output.progress(`${done} of ${parts}, ${minutes(Math.max(0, rest))} left`);
  };
}

export const minutes = (ms: number): string =>
  ms < 90_000 ? `about ${Math.ceil(ms / 1_000)} s` : `about ${Math.ceil(ms / 60_000)} min`;
