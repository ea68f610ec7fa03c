import { OptionError } from '../../../operators';
import type { Strategy } from '../../../streams';
import { parseInterval } from '../../../streams';
import { makeStrategies } from '../../../streams/strategies/makeStrategies';

const intervals = ['1m', '5m'].map((name) => parseInterval(name));
const named = (name: string, ...wakes: string[]): Strategy => ({
  name,
  ...(wakes.length === 0 ? {} : { intervals: wakes }),
  onBar: () => undefined,
});

describe('the strategies of a run', () => {
  it('are those that were given, and what factories make, in order', () => {
    const one = named('one', '5m');
    let made = 0;
    const factory = (): Strategy => named(`made ${(made += 1)}`, '1m', '5m');
    expect(makeStrategies([one, factory, factory], intervals).map(({ name }) => name)).toEqual([
      'one',
      'made 1',
      'made 2',
    ]);
    expect(makeStrategies([one], intervals)[0]).toBe(one);
  });

  it('are made anew for each run', () => {
    const factory = (): Strategy => named('one');
    const [first, second] = [makeStrategies([factory], []), makeStrategies([factory], [])];
    expect(first[0]).not.toBe(second[0]);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /^strategies is undefined, but must be objects with a name and a funct/],
    ['null', null, /^strategies is null/],
    ['a factory that makes nothing', () => undefined, /^strategies is undefined/],
    ['one without a name', { onBar: () => undefined }, /objects with a name/],
    ['one without onBar', { name: 'one' }, /a function onBar$/],
    [
      'an interval that is not there',
      named('one', '1m', '15m'),
      /^intervals of one is '15m', but must be one of 1m, 5m$/,
    ],
  ])('%s is refused', (_title, strategy, said) => {
    const make = (): unknown => makeStrategies([strategy as Strategy], intervals);
    expect(make).toThrow(OptionError);
    expect(make).toThrow(said);
  });

  it('two of one name are refused', () => {
    expect(() => makeStrategies([named('one'), () => named('one')], intervals)).toThrow(
      "strategies is 'one', but must be a name that only one strategy has",
    );
  });
});
