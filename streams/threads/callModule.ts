import { createRequire } from 'node:module';
import type { ModuleReference } from './moduleReference';

/**
 * Loads the module, calls its function with the argument of the reference and then `more`, and
 * returns what it returns; throws what either throws.
 */
export function callModule(
  { module, export: name, argument }: ModuleReference,
  ...more: readonly unknown[]
): unknown {
  const exported: unknown = createRequire(module)(module);
  const found = functionIn(exported, name);
  if (typeof found === 'function') {
    return (found as (...given: readonly unknown[]) => unknown)(argument, ...more);
  }
  throw new TypeError(`${module} has no function ${name ?? 'as its default export'}: export one`);
}

function functionIn(exported: unknown, name: string | undefined): unknown {
  const named = exported as Readonly<Record<string, unknown>>;
  if (name !== undefined) return named[name];
  return typeof exported === 'function' ? exported : named['default'];
}
