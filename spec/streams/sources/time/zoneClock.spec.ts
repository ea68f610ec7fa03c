import fc from 'fast-check';
import { zoneClock } from '../../../../streams/sources/time/zoneClock';

const local = (text: string): number => Date.parse(`${text}Z`) * 1000;
const utc = (zone: string, text: string): string =>
  new Date(zoneClock(zone).toUtc(local(text)) / 1000).toISOString().slice(0, 19);

test.each([
  ['America/New_York', '2024-01-02T09:30:00', '2024-01-02T14:30:00'],
  ['America/New_York', '2024-07-02T09:30:00', '2024-07-02T13:30:00'],
  ['America/New_York', '2024-03-10T01:59:59', '2024-03-10T06:59:59'],
  ['America/New_York', '2024-03-10T03:00:00', '2024-03-10T07:00:00'],
  ['America/New_York', '2024-11-03T00:59:59', '2024-11-03T04:59:59'],
  ['America/New_York', '2024-11-03T02:00:00', '2024-11-03T07:00:00'],
  ['Etc/GMT+5', '2024-07-02T08:30:00', '2024-07-02T13:30:00'],
  ['Asia/Kolkata', '2024-07-02T09:15:00', '2024-07-02T03:45:00'],
  ['Australia/Lord_Howe', '2024-10-06T02:30:00', '2024-10-05T15:30:00'],
  ['Europe/Berlin', '1969-12-31T23:00:00', '1969-12-31T22:00:00'],
])('%s: %s is %s in UTC', (zone, given, expected) => {
  expect(utc(zone, given)).toBe(expected);
});

test.each([
  ['America/New_York', '2024-03-10T02:00:00'],
  ['America/New_York', '2024-03-10T02:59:59'],
  ['Australia/Lord_Howe', '2024-10-06T02:15:00'],
])('%s: the clocks jumped over %s', (zone, given) => {
  expect(zoneClock(zone).toUtc(local(given))).toBeNaN();
});

test('what Intl shows of a moment is that moment again', () => {
  const zones = fc.constantFrom(
    'America/New_York',
    'Europe/London',
    'Asia/Tokyo',
    'America/Sao_Paulo',
  );
  const moments = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2026, 0) });
  fc.assert(
    fc.property(zones, moments, (zone, moment) => {
      const at = Math.floor(moment / 1000) * 1000;
      const shown = new Date(at).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
      const found = zoneClock(zone).toUtc(local(shown)) / 1000;
      const again = new Date(found).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
      expect(again).toBe(shown);
      expect([0, -3_600_000]).toContain(found - at);
    }),
  );
});
