import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { causeText } from '../../streams/causeText';

/** What is wrong with a module, where, in one line. */
interface ModuleFault {
  readonly place: string;
  readonly message: string;
}

/**
 * Where in a user's file an error came from. The compiler of TypeScript says it in its message, the
 * engine in the first line of a syntax error's stack, and in the frames of all others.
 */
export function faultOf(path: string, error: unknown): ModuleFault {
  // Compilers make errors of their own, and other realms have their own Error.
  if (!(error instanceof Error || isNativeError(error)))
    return { place: path, message: causeText(error) };
  if (typeof error.message !== 'string') return { place: path, message: causeText(error) };
  const [message = ''] = error.message.split('\n');
  const line = lineIn(path, error.stack ?? '') ?? syntaxErrorLine(path, error);
  return {
    place: line === undefined ? path : `${path}:${line}`,
    message: (error.name === 'Error' ? message : `${error.name}: ${message}`).trimEnd(),
  };
}

function lineIn(path: string, stack: string): string | undefined {
  const file = resolve(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${file}:(\\d+)`).exec(stack)?.[1];
}

/** Node knows the line of an ES module's syntax error and tells it only when it ends by it. */
function syntaxErrorLine(path: string, error: Error): string | undefined {
  if (error.name !== 'SyntaxError' || !/\.m?js$/.test(path)) return undefined;
  const check = spawnSync(process.execPath, ['--check', resolve(path)], { encoding: 'utf8' });
  return lineIn(path, check.stderr);
}
