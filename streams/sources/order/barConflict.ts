import type { Micros } from '../../bars/bar';
import { SourceError } from '../sourceError';

export type BarValue = 'open' | 'high' | 'low' | 'close' | 'volume';

/** A row of a file with a bar, as it was read. */
export interface BarPlace {
  readonly line: number;
  readonly values: Readonly<Record<BarValue, number>>;
}

/** Two bars of one symbol and start that differ; `conflictError` says where they stand. */
export class BarConflict extends Error {
  constructor(
    readonly symbol: string,
    readonly start: Micros,
    readonly differs: BarValue,
    /** Numbers of the files, and what each has. */
    readonly first: { readonly origin: number; readonly value: number },
    readonly second: { readonly origin: number; readonly value: number },
  ) {
    super(`two bars of ${symbol} differ`);
  }
}

/** Rows of a file with the bar of a symbol that begins at `start`; none where rows have no lines. */
export type LocateBars = (symbol: string, start: Micros) => Promise<readonly BarPlace[]>;

/**
 * The conflict as an error that names both places.
 *
 * @param files by their numbers
 */
export async function conflictError(
  conflict: BarConflict,
  files: readonly { readonly name: string; readonly locate?: LocateBars | undefined }[],
): Promise<SourceError> {
  const { symbol, start, differs, first, second } = conflict;
  const linesOf = async ({ origin, value }: typeof first): Promise<readonly number[]> =>
    ((await files[origin]?.locate?.(symbol, start)) ?? [])
      .filter(({ values }) => values[differs] === value)
      .map(({ line }) => line);
  const [[one], [other]] = [await linesOf(first), await linesOf(second)];
  const placeOf = (origin: number, line: number | undefined): string =>
    `${files[origin]?.name ?? ''}${line === undefined ? '' : `:${line}`}`;
  const isSame = first.origin === second.origin;
  const before = !isSame
    ? `that in ${placeOf(first.origin, one)}`
    : one === undefined
      ? 'another one in the same file'
      : `that in line ${one}`;
  return new SourceError(
    'SOURCE_CONFLICT',
    placeOf(second.origin, other),
    `its bar of ${symbol} at ${isoOf(start)} has the ${differs} ${second.value}, and ${before} has ${first.value}`,
    'Correct one of them, or say which counts: --on-conflict first or --on-conflict last.',
  );
}

const isoOf = (time: Micros): string => new Date(time / 1000).toISOString().replace('.000Z', 'Z');
