import { Module } from 'node:module';

type Indicators = typeof import('trading-signals');

let loaded: Indicators | undefined;

/**
 * The indicators, loaded with the first strategy that asks for them. They exist as an ES module only:
 * Node requires one, but jest, whose `require` this module would get, does not. So Node is asked.
 */
export function indicators(): Indicators {
  return (loaded ??= new Module(__filename).require(
    require.resolve('trading-signals'),
  ) as Indicators);
}
