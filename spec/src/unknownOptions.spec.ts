import { EMPTY } from 'rxjs';
import { capacityOf, renderCapacity } from '../../src/entries/capacity';
import { foldJournal, record } from '../../src/entries/journal';
import { expositionOf, initialState, warnings } from '../../src/entries/metrics';
import { renderText } from '../../src/entries/report';
import { recording, stdin, syntheticTicks, webSocket } from '../../src/entries/sources';
import { live, replay } from '../../src/index';

/** What a slip of the keyboard makes of an option, in JavaScript or behind a cast. */
const slip = (name: string): never => ({ [name]: 1 }) as never;

test.each<[string, string, string, () => unknown]>([
  ['replay', 'bar', 'bars', () => replay([], slip('bar'))],
  ['live', 'grase', 'grace', () => live([], slip('grase'))],
  ['record', 'fsyncs', 'fsync', () => record({} as never, slip('fsyncs'))],
  ['foldJournal', 'form', 'from', () => foldJournal('x', slip('form'))],
  ['capacityOf', 'speed', 'speeds', () => capacityOf({} as never, slip('speed'))],
  ['renderCapacity', 'colour', 'color', () => renderCapacity({} as never, slip('colour'))],
  ['renderText', 'colour', 'color', () => renderText({} as never, slip('colour'))],
  ['expositionOf', 'symbol', 'symbols', () => expositionOf(initialState, slip('symbol'))],
  ['warnings', 'evry', 'every', () => warnings(EMPTY, slip('evry'))],
  ['syntheticTicks', 'minute', 'minutes', () => syntheticTicks(slip('minute'))],
  ['webSocket', 'formt', 'format', () => webSocket('ws://127.0.0.1', slip('formt'))],
  ['stdin', 'formt', 'format', () => stdin(slip('formt'))],
  ['recording', 'formt', 'format', () => recording('x.gz', slip('formt'))],
])(
  '%s names an option that does not exist: %s, and the nearest: %s',
  async (what, name, nearest, call) => {
    await expect(async () => call()).rejects.toThrow(
      `${name} is not an option of ${what}; did you mean ${nearest}?`,
    );
  },
);
