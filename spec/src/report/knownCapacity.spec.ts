import { buildReport } from '../../../src/report';
import type { KnownCapacity } from '../../../src/report';
import { fold } from '../metrics/given';
import { actionsOf, runOf } from './runs';

const events = runOf({ first: 50, second: 50 });

const capacity: KnownCapacity = {
  sustainableSpeed: 20.4,
  gains: {
    ranked: [
      { kind: 'stage', name: 'analysis', fasterSpeed: 25.5 },
      { kind: 'strategy', name: 'ema-cross', fasterSpeed: 24.7, goneSpeed: 101.2 },
      { kind: 'symbol', name: 'QQQ', fasterSpeed: 21, goneSpeed: 30 },
      { kind: 'symbol', name: 'SPY', fasterSpeed: 20.9, goneSpeed: 33.3 },
      { kind: 'interval', name: '1m', fasterSpeed: 20.4, goneSpeed: Infinity },
      { kind: 'stage', name: 'processor', fasterSpeed: 20.41 },
    ],
  },
};

const actionsWith = (known?: KnownCapacity) => actionsOf(events, known);

describe('actions, where the capacity is known', () => {
  it.each([
    [
      'AnalysisEngine too slow: profile the strategy computation',
      'with 20 % less time for `ema-cross` it would keep up to 24× instead of 20×',
    ],
    [
      'AnalysisEngine too slow: simplify the strategy logic',
      'with 20 % less time for `analysis` it would keep up to 25× instead of 20×',
    ],
    [
      'Too many strategies: disable the expensive strategies',
      'without `ema-cross` it would keep up to 101× instead of 20×',
    ],
    [
      'Too many strategies: reduce the number of active strategies',
      'without `ema-cross` it would keep up to 101× instead of 20×',
    ],
    [
      'Too many strategies: run the strategies on fewer intervals',
      'without `1m` it would keep up to any speed instead of 20×',
    ],
    [
      'Too many symbols/intervals: reduce the number of active symbols',
      'without `SPY` it would keep up to 33× instead of 20×',
    ],
    [
      'Clock-driven speed too fast: lower the speed multiplier',
      'by its recorded service times it keeps up to 20×',
    ],
    [
      'Hardware limitation: upgrade the CPU or optimize the critical paths',
      'by its recorded service times, one 2.9× as fast would do',
    ],
  ])('%s', (text, figure) => {
    const argument = actionsWith().get(text);
    expect(argument).toBeDefined();
    expect(actionsWith(capacity).get(text)).toBe(`${argument ?? ''}; ${figure}`);
  });

  it('have no figure for what would not help, and none where there is none', () => {
    const text = 'DataProcessor too slow: optimize the bar computation algorithms';
    expect(actionsWith(capacity).get(text)).toBe(actionsWith().get(text));
    const bare = { sustainableSpeed: Infinity };
    expect(actionsWith(bare)).toEqual(actionsWith());
  });

  it('stay in their order, and all else stays as it is', () => {
    const state = fold(events);
    const [before, after] = [buildReport(state), buildReport(state, capacity)];
    expect(after.actions.map(({ text }) => text)).toEqual(before.actions.map(({ text }) => text));
    expect({ ...after, actions: [] }).toEqual({ ...before, actions: [] });
  });
});
