import fc from 'fast-check';
import { pointAt, speedsAround } from '../../../src/capacity/curve';
import { demandOf } from '../../../src/capacity/utilization';
import { spanOf } from '../../../src/capacity/work';
import type { Work } from '../../../src/capacity/work';
import { workOf } from './given';

const at = (work: Work, speed: number) => {
  const span = spanOf(work, 0);
  return pointAt(work, span, demandOf(work, span), speed);
};

describe('a point of the curve', () => {
  /** Every 10 ms an item that takes 4, and an update that takes 8. */
  const work = workOf([10, 20, 30, 40, 50], [4, 4, 4, 4, 4], [8, 8, 8, 8, 8]);

  it('has counts, shares and grades of both edges, and how busy the stages are', () => {
    const { speed, edges, stages } = at(work, 2);
    expect(speed).toBe(2);
    expect(edges['coordinator-processor']).toMatchObject({
      delivered: 5,
      backpressure: 0,
      share: 0,
      grade: 'perfect',
    });
    expect(edges['processor-analysis']).toMatchObject({
      delivered: 5,
      backpressure: 4,
      behind: 4,
      share: 0.8,
      behindShare: 0.8,
      grade: 'high',
    });
    expect(stages).toEqual({ processor: { utilization: 0.8 }, analysis: { utilization: 1.6 } });
  });

  it('tells those who are behind from a burst', () => {
    const burst = workOf([10, 10, 10, 10], [1, 1, 1, 1]);
    expect(at(burst, 1).edges['coordinator-processor']).toMatchObject({
      share: 0.75,
      behindShare: 0,
      grade: 'perfect',
    });
  });

  it('has shares of nothing where nothing is delivered, or takes time', () => {
    const { edges, stages } = at(workOf([0], [0]), 1e6);
    expect(edges['processor-analysis']).toMatchObject({ delivered: 0, share: 0, behindShare: 0 });
    expect(stages).toEqual({ processor: { utilization: 0 }, analysis: { utilization: 0 } });
  });
});

describe('the speeds of the curve', () => {
  it.each([
    [[], [1]],
    [[0, Infinity], [1]],
    [[1], [0.3, 0.5, 0.7, 1, 1.5, 2]],
    [
      [38.97, 41.2],
      [1, 10, 15, 20, 30, 38.9, 50, 70],
    ],
    [
      [Infinity, 40, 60],
      [1, 10, 15, 20, 30, 40, 50, 70, 100],
    ],
  ])('around %j are %j', (interesting, speeds) => {
    expect(speedsAround(interesting)).toEqual(speeds);
  });

  it('rise, have real time and the first among them, and fit into a terminal', () => {
    const speed = fc.double({ min: -8, max: 11, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(fc.array(speed, { minLength: 1, maxLength: 3 }), (interesting) => {
        const speeds = speedsAround(interesting);
        expect(speeds).toEqual([...new Set(speeds)].sort((a, b) => a - b));
        expect(speeds).toContain(1);
        const [first = 0] = interesting;
        const near = speeds.filter((one) => one <= first && one >= first * 0.99);
        expect(near.length).toBeGreaterThan(0);
        expect(speeds.length).toBeLessThanOrEqual(16 + 2);
        const [low, high] = [Math.min(...interesting) / 4, Math.max(...interesting) * 2];
        const outside = speeds.filter((one) => one !== 1 && (one < low || one > high));
        expect(outside).toEqual([]);
      }),
    );
  });
});
