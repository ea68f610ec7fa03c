import type * as MarbleReplay from './marbleReplay';
import { MarbleError } from './marbleError';

/** A replay reads files and loads strategies, so it needs Node. */
export function loadReplay(): typeof MarbleReplay {
  throw new MarbleError(
    'MARBLE_NODE',
    'replay runs in Node only. Run this test in Node, or test operators with hot, cold and readiness.',
  );
}
