import { OptionError } from '../../operators';
import type { PipelineOptions } from '../../streams';
import { parseInterval } from '../../streams';
import { checkOptions, checkSources } from '../../streams/pipelineOptions';
import { fromBars, fromTicks } from '../../streams/sources';
import { M, S } from './given';

/** What a user without types may write. */
const options = (given: Record<string, unknown>): PipelineOptions => given;

describe('the options of a pipeline', () => {
  it.each<[string, PipelineOptions, string[]]>([
    ['nothing', {}, ['1m']],
    ['a base', { bars: 'tick' }, ['tick']],
    ['derived intervals', { bars: '1s', derive: ['1m', '5s'] }, ['1s', '1m', '5s']],
  ])('of %s give the intervals, base first', (_title, given, names) => {
    const [base, ...derived] = checkOptions(given).map(({ name }) => name);
    expect([base, ...derived.sort()]).toEqual([names[0], ...names.slice(1).sort()]);
  });

  it.each([
    { mode: 'data', timings: false },
    { speed: 0.001 },
    { from: 1, to: 2 },
    { history: 1 },
    { inbox: Infinity, overflow: 'conflate' },
    { inbox: 1 },
    { serviceTimes: { processor: 0, analysis: () => 1 } },
    { time: 'wall' },
  ])('%j makes sense', (given) => {
    expect(checkOptions(options(given))).toHaveLength(1);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ mode: 'live' }, "mode is 'live', but must be clock or data"],
    [{ timings: false }, 'timings is false, but must be true in clock-driven mode'],
    [{ speed: 0 }, 'speed is 0, but must be a positive number'],
    [{ speed: -1 }, 'speed is -1'],
    [{ speed: Infinity }, 'speed is Infinity'],
    [{ speed: NaN }, 'speed is NaN'],
    [{ time: 'real' }, "time is 'real', but must be simulated or wall"],
    [{ from: 2, to: 2 }, 'to is 2, but must be later than from, 2'],
    [{ from: NaN, to: 2 }, 'to is 2'],
    [{ history: 0 }, 'history is 0, but must be a whole number of at least 1'],
    [{ history: 1.5 }, 'history is 1.5'],
    [{ inbox: 0 }, 'inbox is 0, but must be a whole number of at least 1'],
    [{ inbox: 2.5 }, 'inbox is 2.5'],
    [{ overflow: 'drop' }, "overflow is 'drop', but must be one of error, dropOldest, dropLatest,"],
    [{ serviceTimes: { analysis: -1 } }, 'serviceTimes.analysis is -1, but must be a number of'],
    [{ serviceTimes: { processor: NaN } }, 'serviceTimes.processor is NaN'],
    [{ serviceTimes: { processor: Infinity } }, 'serviceTimes.processor is Infinity'],
    [{ bars: '1x' }, "bars is '1x'"],
    [{ bars: '5m', derive: ['7m'] }, '7m'],
  ])('%j is refused', (given, said) => {
    const check = (): unknown => checkOptions(options(given));
    expect(check).toThrow(OptionError);
    expect(check).toThrow(said);
  });
});

describe('a base interval', () => {
  const minutes = fromBars([], { interval: M });
  const five = fromBars([], { interval: 5 * M });

  it.each([
    ['ticks make any bars', [fromTicks([])], '1s'],
    ['ticks make ticks', [fromTicks([])], 'tick'],
    ['bars make bars as long', [minutes], '1m'],
    ['bars make bars of which they are a part', [minutes, five], '15m'],
    ['nothing makes anything', [], '1s'],
  ])('%s', (_title, sources, base) => {
    expect(() => {
      checkSources(sources, parseInterval(base));
    }).not.toThrow();
  });

  it.each([
    ['shorter bars', [minutes], '30s', '1m'],
    ['ticks', [minutes], 'tick', '1m'],
    ['bars that they do not fill', [fromBars([], { interval: 90 * S })], '1m', '90s'],
    ['what one of several does not', [fromTicks([]), minutes, five], '1m', '5m'],
  ])('bars do not make %s', (_title, sources, base, wrong) => {
    const check = (): void => {
      checkSources(sources, parseInterval(base));
    };
    expect(check).toThrow(OptionError);
    expect(check).toThrow(
      `bars is '${base}', but must be a multiple of ${wrong}, which is the length`,
    );
  });
});
