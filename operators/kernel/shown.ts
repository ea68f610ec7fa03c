import { valueText } from './valueText';

/** A value as text for the message of an error. */
export const shown = (value: unknown): string =>
  valueText(value, { depth: 1, entries: 5, length: 200 });
