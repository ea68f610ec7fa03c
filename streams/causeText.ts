import { inspect, types } from 'node:util';

const LONGEST = 500;

/** What was thrown, as text: code of users may throw anything, also what cannot be read. */
export function causeText(cause: unknown): string {
  try {
    return shortened(textOf(cause));
  } catch {
    return 'something that cannot be shown';
  }
}

function textOf(cause: unknown): string {
  if (typeof cause === 'string') return cause;
  if (!(cause instanceof Error || types.isNativeError(cause))) {
    return typeof cause === 'object' && cause !== null
      ? inspect(cause, { depth: 1, breakLength: Infinity })
      : String(cause);
  }
  const message: unknown = cause.message;
  if (typeof message === 'string') return message === '' ? cause.name : message;
  return inspect(message, { depth: 1, breakLength: Infinity });
}

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
