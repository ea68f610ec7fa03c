import { basename } from 'node:path';
import { SourceError } from '../sourceError';

export const damagedDbn = (path: string, found: string): SourceError =>
  new SourceError(
    'SOURCE_DAMAGED',
    path,
    `is damaged DBN: ${found}`,
    'Fetch or copy the file again.',
  );

export const truncatedDbn = (path: string, where: string): SourceError =>
  new SourceError(
    'SOURCE_TRUNCATED',
    path,
    `ends too early, in ${where}`,
    `Fetch or copy ${basename(path)} again.`,
  );
