import { OverflowError } from '../../operators';
import { SourceError } from '../sources/sourceError';
import type { SourceErrorCode } from '../sources/sourceError';

/** An error, as it crosses from one thread to another. */
export interface CrossedFailure {
  readonly kind: 'overflow' | 'source' | 'other';
  readonly message: string;
  /** Of an overflow: rows that waited. Of a source: its place, what was found, and the advice. */
  readonly capacity?: number;
  readonly code?: SourceErrorCode;
  readonly place?: string;
  readonly found?: string;
  readonly advice?: string;
}

export function crossedFailureOf(error: unknown): CrossedFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OverflowError) {
    return { kind: 'overflow', message, capacity: error.depth };
  }
  if (error instanceof SourceError) {
    const { code, place, found, advice } = error;
    return { kind: 'source', message, code, place, found, advice };
  }
  return { kind: 'other', message };
}

export function errorOfCrossed(failure: CrossedFailure): Error {
  const { kind, message, capacity = 0, code = 'SOURCE_UNREADABLE' } = failure;
  const { place = '', found = '', advice = '' } = failure;
  if (kind === 'overflow') return new OverflowError('ingress', capacity);
  if (kind === 'source') return new SourceError(code, place, found, advice);
  return new Error(message);
}
