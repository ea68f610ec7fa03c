import { OptionError } from '../errors';
import type { OptionNames } from './optionNames';

/** As in Node, without the search for the nearest name: it would be a twentieth of a page with one tracker. */
export function checkOptionNames<T extends object>(
  what: string,
  options: T,
  names: OptionNames<T>,
): void {
  if (typeof options !== 'object' || (options as T | null) === null) {
    throw new OptionError(`options of ${what}`, options, 'an object');
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    throw new OptionError(name, undefined, what, 'OPTION_UNKNOWN');
  }
}
