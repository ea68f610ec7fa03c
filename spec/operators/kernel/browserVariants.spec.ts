import { OptionError } from '../../../operators';
import { checkOptionNames } from '../../../operators/kernel/optionNames.browser';
import { shown } from '../../../operators/kernel/shown.browser';

describe('what bundles for browsers have instead', () => {
  it.each<[unknown, string]>([
    ['a', "'a'"],
    [1.5, '1.5'],
    [undefined, 'undefined'],
    [{}, '[object Object]'],
    [Object.create(null), 'a value that cannot be shown'],
    ['x'.repeat(200), `'${'x'.repeat(100)}'`],
  ])('%p is shown as %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('an unknown option is an error, as in Node, without a suggestion', () => {
    const check = checkOptionNames as (what: string, options: unknown, names: unknown) => void;
    const names = { capacity: true };
    expect(() => {
      check('serve', { capcity: 1 }, names);
    }).toThrow(OptionError);
    expect(() => {
      check('serve', null, names);
    }).toThrow('must be an object');
    expect(() => {
      check('serve', { capacity: 1 }, names);
    }).not.toThrow();
  });
});
