import { OptionError } from '../../operators';

/** Widths of windows of market time, the shortest first. */
export const WINDOW_WIDTHS = ['1s', '10s', '1m', '5m', '15m', '1h', '4h', '12h', '1d'] as const;

/** Throws an `OptionError` unless it is one of the widths, or none. */
export function checkWindowWidth(windows: string | undefined): void {
  if (windows === undefined || (WINDOW_WIDTHS as readonly string[]).includes(windows)) return;
  throw new OptionError('windows', windows, `one of ${WINDOW_WIDTHS.join(', ')}`);
}
