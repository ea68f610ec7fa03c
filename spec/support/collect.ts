import { lastValueFrom, toArray } from 'rxjs';
import type { Observable } from 'rxjs';

/** Everything that comes, when it has completed; rejects if it fails. */
export const collect = <T>(source: Observable<T>): Promise<T[]> =>
  lastValueFrom(source.pipe(toArray()), { defaultValue: [] });

/** What an error of a stream says. */
export const messageOf = (error: unknown): string => (error as Error).message;

/** An error of a source, as `#` is in a marble. */
export const failure = new Error('#');
