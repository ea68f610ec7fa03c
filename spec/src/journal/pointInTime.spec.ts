import { foldJournal, parsePointInTime } from '../../../src/journal';
import { folder, journalFile, minute, WALL, windows } from './given';

const path = folder();
const noon = Date.UTC(2024, 7, 8, 12);

describe('parsePointInTime', () => {
  it.each([
    ['1200', { seq: 1200 }],
    ['seq:7', { seq: 7 }],
    ['2024-08-08T12:00:00Z', { time: noon }],
    ['2024-08-08T12:00', { time: noon }],
    ['2024-08-08 12:00:00', { time: noon }],
    ['2024-08-08T14:00:00+02:00', { time: noon }],
    ['2024-08-08', { time: Date.UTC(2024, 7, 8) }],
    ['wall:2024-08-08T12:00:00Z', { wall: noon }],
    ['market:2024-08-08T12:00:00Z', { market: noon }],
    ['13:30', { timeOfDay: 48_600_000 }],
    ['9:30:15', { timeOfDay: 34_215_000 }],
  ])('reads %s', (text, moment) => {
    expect(parsePointInTime(text)).toEqual(moment);
  });

  it.each(['', 'yesterday', '-1', 'seq:noon', 'wall:13:30', '24:00', '12:60'])(
    'refuses %j',
    (text) => {
      expect(() => parsePointInTime(text)).toThrow(/no moment of a run/);
    },
  );
});

it.each([
  '2024-02-31',
  '2024-99-99',
  '2023-02-29T12:00:00Z',
  'market:2024-06-31',
  '2024-08-08T24:00',
])('refuses %s, which does not exist', (text) => {
  expect(() => parsePointInTime(text)).toThrow(/no moment of a run/);
});

describe('a journal folded up to a moment', () => {
  const EVENTS = 5;
  const file = (): string => journalFile(path('moments.ndjson'), windows(6));
  const at = async (text: string) => {
    const { seq, state } = await foldJournal(file(), { at: parsePointInTime(text) });
    return { seq, market: state.market.time };
  };

  it('an event: that one is the last', async () => {
    expect(await at('12')).toEqual({ seq: 12, market: minute(2) });
    expect((await at('0')).seq).toBe(0);
    expect((await at('9999')).seq).toBe(1 + 6 * EVENTS);
  });

  it.each([
    ['00:02', 2],
    ['00:02:59', 2],
    ['2024-08-08T00:04:00Z', 4],
    ['market:2024-08-08T00:04:00Z', 4],
    ['2024-08-08T23:00:00Z', 6],
  ])('market time %s: after the last window that ends no later', async (text, windowsSeen) => {
    expect(await at(text)).toEqual({ seq: 1 + windowsSeen * EVENTS, market: minute(windowsSeen) });
  });

  it('market time before the first window: the run has only started', async () => {
    expect(await at('00:00:30')).toEqual({ seq: 1, market: undefined });
  });

  it('a time after the run began is of the wall: what had been heard of by then', async () => {
    const wall = new Date(WALL + 4500).toISOString();
    expect((await at(wall)).seq).toBe(4);
    expect((await at(`wall:${wall}`)).seq).toBe(4);
  });
});
