import { z } from 'zod';

/** Plain JSON: what a number, a text or a list of an option is. */
export type SetupValue =
  | string
  | number
  | boolean
  | null
  | readonly SetupValue[]
  | { readonly [name: string]: SetupValue };

/** A file that a run reads. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  /** Epoch milliseconds of its last change. */
  readonly modified: number;
  /** Name of the format that it was recognized as. */
  readonly format?: string;
}

/** A strategy of a run, with all that it was made of. */
export interface StrategySetup {
  readonly name: string;
  /** A built-in strategy's name, or the path of a module; absent for one that was made in code. */
  readonly module?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** Of the module and of every module that it imports by a relative path; absent for a built-in one. */
  readonly sha256?: string;
}

/** The state of the source tree in which a run was started. */
export interface GitState {
  readonly commit: string;
  /** Whether tracked files differed from the commit. */
  readonly isDirty: boolean;
}

/** All that a run was asked to do, and what it was made of: enough to repeat it. */
export interface RunSetup {
  /** The command that ran it; absent for a run that was started in code. */
  readonly command?: string;
  readonly label?: string;
  /** Files or feeds, as they were written; absent in code. */
  readonly args?: readonly string[];
  /** Every option that decides what the run does, defaults included: texts of a command line, or values in code. */
  readonly options: Readonly<Record<string, SetupValue>>;
  readonly inputs?: readonly InputFile[];
  readonly strategies: readonly StrategySetup[];
  readonly git?: GitState;
}

const value: z.ZodType<SetupValue> = z.json();

export const setupSchema: z.ZodType<RunSetup> = z.object({
  command: z.string().exactOptional(),
  label: z.string().exactOptional(),
  args: z.array(z.string()).exactOptional(),
  options: z.record(z.string(), value),
  inputs: z
    .array(
      z.object({
        path: z.string(),
        bytes: z.int().nonnegative(),
        modified: z.number(),
        format: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  strategies: z.array(
    z.object({
      name: z.string(),
      module: z.string().exactOptional(),
      parameters: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .exactOptional(),
      sha256: z.string().exactOptional(),
    }),
  ),
  git: z.object({ commit: z.string(), isDirty: z.boolean() }).exactOptional(),
});
