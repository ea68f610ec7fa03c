import { OptionError } from '../../../operators';
import { checkOptionNames, nearestName } from '../../../operators/kernel/optionNames';

const NAMES = { bars: true, derive: true, speed: true } as const;

const refused = (options: object): OptionError => {
  try {
    checkOptionNames('replay', options as Partial<typeof NAMES>, NAMES);
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
  throw new Error('was accepted');
};

it('accepts the options that exist, and those that are undefined', () => {
  checkOptionNames('replay', { bars: true, speed: undefined as never }, NAMES);
});

it.each([
  [{ bar: '1m' }, 'bar is not an option of replay; did you mean bars?'],
  [{ Derive: [] }, 'Derive is not an option of replay; did you mean derive?'],
  [{ seped: 2 }, 'seped is not an option of replay; did you mean speed?'],
  [{ color: 1 }, 'color is not an option of replay; it has bars, derive, speed'],
  [{ toString: 1 }, 'toString is not an option of replay; it has bars, derive, speed'],
])('refuses %j', (options, message) => {
  expect(refused(options)).toMatchObject({ code: 'OPTION_UNKNOWN', message });
});

it('names the option and its value', () => {
  expect(refused({ bar: '1m' })).toMatchObject({ option: 'bar', found: '1m' });
});

it.each([
  ['onRelase', 'onRelease'],
  ['onRleease', 'onRelease'],
  ['onrelease', 'onRelease'],
  ['x', undefined],
  ['nOPull', 'onPull'],
  ['opull', 'onPull'],
  ['oonPull', 'onPull'],
])('the name nearest to %s is %s', (name, nearest) => {
  expect(nearestName(name, ['onPull', 'onRelease'])).toBe(nearest);
});

it.each([
  ['abc', 'ab', 'ab'],
  ['ab', 'ba', 'ba'],
  ['abc', 'bca', undefined],
  ['abcdef', 'badcef', 'badcef'],
])('%s may stand for %s', (name, other, nearest) => {
  expect(nearestName(name, [other])).toBe(nearest);
});

it('of names as near as each other it is the first', () => {
  expect(nearestName('speet', ['speed', 'speek'])).toBe('speed');
});

it('options that are no object are refused by the name of the function', () => {
  expect(refused(null as never).message).toBe('options of replay is null, but must be an object');
});
