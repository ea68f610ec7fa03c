import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, resolve } from 'node:path';
import type { Strategy, StrategyFactory } from '../../streams';
import { faultText, strategyFault } from '../../streams/strategies/strategyFault';
import { decimalOf } from '../decimal';
import { renamed } from './distinctNames';
import { faultOf } from './moduleFault';
import { checkedParameters, declaredParameters, parameterLines } from './moduleParameters';
import type { Parameters } from './moduleParameters';
import { requireTypeScript } from './requireTypeScript';
import { UnusableStrategyError } from './unusableStrategyError';

/**
 * A strategy out of a module of the user's: its default export, or `module.exports`, is a function
 * `(parameters) => Strategy`, a class whose constructor takes the parameters, or a strategy itself,
 * which then keeps its state from run to run.
 *
 * Where the module exports `parameters`, a zod schema or a list of names, no others may be given.
 *
 * Throws an `UnusableStrategyError` that names the file, and the line where one is at fault.
 *
 * @param written parameters; what reads as a number, `true` or `false` is handed over as such
 */
export function loadModule(
  path: string,
  written: Readonly<Record<string, string>>,
): { name: string; create: StrategyFactory } {
  const given = Object.fromEntries(
    Object.entries(written).map(([key, value]) => [key, valueOf(value)]),
  );
  const module = blaming(path, () => required(path));
  const exported = blaming(path, () => exportOf(path, module));
  const parameters = blaming(path, () => {
    const declared = declaredParameters(path, module);
    return declared === undefined ? given : checkedParameters(path, declared, given);
  });
  const create = (): Strategy => blaming(path, () => checked(path, makeOf(exported, parameters)));
  // The one that was made to be looked at is the one that runs first.
  let first: Strategy | undefined = create();
  return {
    name: first.name,
    create: () => {
      const strategy = first ?? create();
      first = undefined;
      return strategy;
    },
  };
}

/** A line for each parameter that a module declares; undefined where it declares none. */
export function parametersOfModule(path: string): readonly string[] | undefined {
  return blaming(path, () => {
    const declared = declaredParameters(path, required(path));
    return declared && parameterLines(declared);
  });
}

/** What the user's code throws, a getter too, names the file and the line. */
function blaming<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnusableStrategyError) throw error;
    const { place, message } = faultOf(path, error);
    throw new UnusableStrategyError(place, message, '', { cause: error });
  }
}

function required(path: string): unknown {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new UnusableStrategyError(
      path,
      existsSync(file) ? 'is no file' : 'there is no such file',
      'Check the path; it is taken from the folder in which the command runs.',
    );
  }
  return /\.[cm]?ts$/.test(file) ? requireTypeScript(file) : createRequire(file)(file);
}

/** The default export, be it of an ES module or of what became of one; else `module.exports`. */
function exportOf(path: string, module: unknown): object {
  let exported = module;
  if (isObject(exported) && 'default' in exported) exported = exported.default;
  if (typeof exported === 'function' || isObject(exported)) return exported;
  throw new UnusableStrategyError(path, 'exports no strategy', ADVICE);
}

const ADVICE =
  'Let its default export (or module.exports) be a function (parameters) => Strategy, ' +
  'a class, or an object with a name and onBar(bar, context).';

function makeOf(exported: object, parameters: Parameters): unknown {
  if (typeof exported !== 'function') return exported;
  const isClass =
    /^class\b/.test(Function.prototype.toString.call(exported)) ||
    (isObject(exported.prototype) && 'onBar' in exported.prototype);
  if (isClass) return new (exported as new (parameters: Parameters) => unknown)(parameters);
  return (exported as (parameters: Parameters) => unknown)(parameters);
}

function checked(path: string, made: unknown): Strategy {
  if (made instanceof Promise) {
    throw new UnusableStrategyError(
      path,
      'gives a promise of a strategy',
      'Let it give the strategy.',
    );
  }
  if (!isObject(made) || !('onBar' in made) || typeof made.onBar !== 'function') {
    throw new UnusableStrategyError(path, 'what it exports has no onBar(bar, context)', ADVICE);
  }
  const strategy = named(made as Partial<Strategy> & Pick<Strategy, 'onBar'>, path);
  const fault = strategyFault(strategy);
  if (fault === undefined) return strategy;
  throw new UnusableStrategyError(path, faultText(fault), 'Correct it, or leave it out.');
}

/** A strategy without a name has that of its file. */
function named(made: Partial<Strategy> & Pick<Strategy, 'onBar'>, path: string): Strategy {
  if (typeof made.name === 'string' && made.name !== '') return made as Strategy;
  const name = basename(path, extname(path));
  if (!Object.isExtensible(made) || Object.hasOwn(made, 'name')) {
    return renamed(made as Strategy, name);
  }
  return Object.defineProperty(made, 'name', { value: name }) as Strategy;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = decimalOf(text);
  return Number.isNaN(number) ? text : number;
}
