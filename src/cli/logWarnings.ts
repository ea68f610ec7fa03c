import { merge } from 'rxjs';
import type { Logger } from 'pino';
import type { Observable, Subscription } from 'rxjs';
import { saturationWarnings, warnings } from '../metrics';
import type { MetricsState, WarningOptions } from '../metrics';
import { requireOptional } from '../../streams/optionalPackage';

interface WarningLog extends WarningOptions {
  readonly metrics$: Observable<MetricsState>;
  /** Takes one line of NDJSON, its line feed included. */
  readonly write: (line: string) => void;
}

/** Writes a line through pino whenever a counter has reached another thousand, or can count no further. */
export function logWarnings({ metrics$, write, ...options }: WarningLog): Subscription {
  let logger: Logger | undefined;
  return merge(warnings(metrics$, options), saturationWarnings(metrics$)).subscribe({
    next: ({ text, ...fields }) => {
      logger ??= loggerTo(write);
      logger.warn('count' in fields ? { ...fields, count: String(fields.count) } : fields, text);
    },
    // The run's own end says it.
    error: () => undefined,
  });
}

/** Loaded with the first warning: many runs have none. */
function loggerTo(write: WarningLog['write']): Logger {
  const { pino } = requireOptional(
    'pino',
    'The log of warnings',
    () => require('pino') as typeof import('pino'),
  );
  return pino({ base: null, level: 'warn' }, { write });
}
