import { createRequire, Module } from 'node:module';
import { requireOptional } from '../../optionalPackage';

type Indicators = typeof import('trading-signals');

let loaded: Indicators | undefined;

/**
 * The indicators, loaded with the first strategy that asks for them. They exist as an ES module only:
 * Node requires one, but jest, whose `require` this module would get, does not. So Node is asked.
 */
export function indicators(): Indicators {
  return (loaded ??= requireOptional(
    'trading-signals',
    'A built-in strategy',
    () => requireByNode(require.resolve('trading-signals')) as Indicators,
  ));
}

/** Bun has no `require` of a `Module`, and its `createRequire` is its own. */
const requireByNode = (path: string): unknown =>
  'bun' in process.versions
    ? createRequire(__filename)(path)
    : new Module(__filename).require(path);
