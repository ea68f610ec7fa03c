import fc from 'fast-check';
import { speedFrom, speedUpTo } from '../../../src/report/speedText';

describe('a speed in words', () => {
  it.each([
    [1234.5, '1,234×', '1,235×'],
    [100, '100×', '100×'],
    [99.5, '99×', '100×'],
    [38, '38×', '38×'],
    [9.999, '9.99×', '10×'],
    [3.1, '3.1×', '3.1×'],
    [0.3, '0.3×', '0.3×'],
    [0.04567, '0.0456×', '0.0457×'],
    [0, '0×', 'any speed'],
    [Infinity, 'any speed', 'no speed'],
  ])('%d is %s up to and %s from', (speed, upTo, from) => {
    expect([speedUpTo(speed), speedFrom(speed)]).toEqual([upTo, from]);
  });

  it('never promises more than there is, and hardly less', () => {
    const speeds = fc.double({ min: -6, max: 9, noNaN: true }).map((power) => 10 ** power);
    const number = (text: string): number => Number(text.replace(/[,×]/g, ''));
    fc.assert(
      fc.property(speeds, (speed) => {
        const [upTo, from] = [number(speedUpTo(speed)), number(speedFrom(speed))];
        expect(upTo).toBeLessThanOrEqual(speed * (1 + 1e-11));
        expect(from).toBeGreaterThanOrEqual(speed * (1 - 1e-11));
        expect(from - upTo).toBeLessThanOrEqual(0.1 * speed);
      }),
    );
  });
});
