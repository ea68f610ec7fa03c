import type { z } from 'zod';
import { terminalText } from '../../report/terminalText';
import { UsageError } from '../usageError';

/** What was given, without what was not: `undefined` is no value for an optional property. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function given<T extends object>(values: T): Given<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}

const written = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The options as the schema reads them; throws a `UsageError` with one line for each that makes no sense. */
export function readOptions<S extends z.ZodObject>(
  schema: S,
  options: Readonly<Record<string, unknown>>,
): z.output<S> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [name], message }) => {
    const found = options[String(name)];
    return `${written(String(name))} ${typeof found === 'string' ? terminalText(found) : JSON.stringify(found)}: ${message}`;
  });
  throw new UsageError([...new Set(lines)].join('\n'));
}
