import * as fc from 'fast-check';
import { microsOfIso, microsOfRfc3339 } from '../../../../streams/sources/time/isoTime';

const NOON = Date.UTC(2024, 7, 8, 12) * 1_000;

it.each([
  ['2024-08-08', NOON - 43_200_000_000],
  ['2024-08-08T12:00', NOON],
  ['2024-08-08 12:00:00', NOON],
  ['2024-08-08t12:00:00z', NOON],
  ['2024-08-08T14:00:00+02:00', NOON],
  ['2024-08-08T07:30:00-0430', NOON],
  ['2024-08-08T12:00:00.123456789Z', NOON + 123_456],
])('%s', (text, micros) => {
  expect(microsOfIso(text)).toBe(micros);
});

it.each([
  ...[
    '',
    'noon',
    '2024',
    '0099-01-01',
    '2024-8-8',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
  ],
  ...['2024-08-00', '2024-08-08T24:00', '2024-08-08T12:60', '2024-08-08T12:00:60'],
  ...['2024-08-08T12:00:00+24:00', '2024-08-08T12:00:00+02:60', '2024-08-08T12:00:00.Z'],
])('%j is no time', (text) => {
  expect(microsOfIso(text)).toBeUndefined();
});

it.each(['2024-08-08', '2024-08-08T12:00Z', '2024-08-08T12:00:00', '2024-08-08T12:00:00+0200'])(
  '%s is no RFC 3339',
  (text) => {
    expect(microsOfRfc3339(text)).toBeUndefined();
  },
);

it('reads every time that Date writes', () => {
  const times = fc.date({
    min: new Date('0100-01-01'),
    max: new Date('9999-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(times, (time) => {
      expect(microsOfIso(time.toISOString())).toBe(time.getTime() * 1_000);
      expect(microsOfRfc3339(time.toISOString())).toBe(time.getTime() * 1_000);
    }),
  );
});
