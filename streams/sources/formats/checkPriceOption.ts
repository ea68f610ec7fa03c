import type { FileOptions, PriceOfQuotes } from '../fileOptions';
import { SourceError } from '../sourceError';

/** What of quotes is taken; refuses a file without quotes where their price is requested. */
export function checkPriceOption(
  path: string,
  { price }: FileOptions,
  hasQuotes: boolean,
  found: string,
): PriceOfQuotes {
  if (price === undefined || hasQuotes) return price ?? 'mid';
  throw new SourceError(
    'SOURCE_NO_QUOTES',
    path,
    `has no quotes; it has ${found}`,
    'Leave out --price.',
  );
}
