import { merge } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { saturationWarnings, warnings } from '../metrics';
import type { MetricsState, WarningOptions } from '../metrics';
import { loadOptional } from '../../streams/optionalPackage';

interface WarningLog extends WarningOptions {
  readonly metrics$: Observable<MetricsState>;
  /** Takes one line of NDJSON, its line feed included. */
  readonly write: (line: string) => void;
}

/** Writes a line through pino whenever a counter has reached another thousand, or can count no further. */
export async function logWarnings({
  metrics$,
  write,
  ...options
}: WarningLog): Promise<Subscription> {
  const { pino } = await loadOptional('pino', 'The log of warnings', () => import('pino'));
  const logger = pino({ base: null, level: 'warn' }, { write });
  return merge(warnings(metrics$, options), saturationWarnings(metrics$)).subscribe({
    next: ({ text, ...fields }) => {
      logger.warn('count' in fields ? { ...fields, count: String(fields.count) } : fields, text);
    },
    // The run's own end says it.
    error: () => undefined,
  });
}
