import { createRequire } from 'node:module';
import type { ModuleReference } from './moduleReference';

/** Loads the module and returns what its function returns; throws what either throws. */
export function callModule({ module, export: name, argument }: ModuleReference): unknown {
  const exported: unknown = createRequire(module)(module);
  const found = functionIn(exported, name);
  if (typeof found === 'function') return (found as (argument: unknown) => unknown)(argument);
  throw new TypeError(
    `${module} has no function ${name ?? 'as its default export'}: export one that returns the strategy`,
  );
}

function functionIn(exported: unknown, name: string | undefined): unknown {
  const named = exported as Readonly<Record<string, unknown>>;
  if (name !== undefined) return named[name];
  return typeof exported === 'function' ? exported : named['default'];
}
