import * as fc from 'fast-check';
import { readRecordingLine, recordingLine } from '../../../../streams/live/recording/recordingLine';
import type { RecordingEntry } from '../../../../streams/live/recording/recordingLine';

const AT = 1723161254087896;

describe('a line of a recording', () => {
  test('is the time of receipt in nanoseconds, and the frame', () => {
    expect(recordingLine(AT, { kind: 'frame', text: '{"e":"trade"}' })).toBe(
      '1723161254087896000 {"e":"trade"}\n',
    );
  });

  test('is read to the microsecond: nineteen digits are more than a double holds', () => {
    expect(readRecordingLine('1723161254087896568 {}')).toEqual({
      at: AT,
      entry: { kind: 'frame', text: '{}' },
    });
  });

  test('has no line break in it, and no frame is taken for a word', () => {
    const text = '#open\n{"a":\r\n1}';
    const line = recordingLine(AT, { kind: 'frame', text });
    expect(line.trimEnd()).not.toContain('\n');
    expect(readRecordingLine(line.trimEnd())).toEqual({
      at: AT,
      entry: { kind: 'frame', text: '#open {"a": 1}' },
    });
  });

  test('of any kind is read as it was written', () => {
    const word = fc
      .string({ unit: 'binary' })
      .map((text) => text.replace(/[\r\n\u2028\u2029]/g, ''));
    const entry: fc.Arbitrary<RecordingEntry> = fc.oneof(
      fc.record({ kind: fc.constant('frame' as const), text: word }),
      fc.record({ kind: fc.constant('close' as const), reason: word }),
      fc.constantFrom<RecordingEntry>({ kind: 'open' }, { kind: 'bytes' }, { kind: 'end' }),
      fc.record({ kind: fc.constant('from' as const), source: fc.nat(255) }),
      fc.record({
        kind: fc.constantFrom('drop' as const, 'discard' as const),
        from: fc.nat(),
        to: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(entry, fc.integer({ min: 1e15, max: 9e15 - 1 }), (written, at) => {
        const line = recordingLine(at, written);
        expect(readRecordingLine(line.slice(0, -1))).toEqual({ at, entry: written });
      }),
    );
  });

  test.each(['', 'hello', '17231612540878965 #unknown', '#open', '{"e":"trade"}'])(
    '%j is none',
    (line) => {
      expect(readRecordingLine(line)).toBeUndefined();
    },
  );
});
