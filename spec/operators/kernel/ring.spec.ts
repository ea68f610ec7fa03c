import fc from 'fast-check';
import { Ring } from '../../../operators/kernel/ring';

describe('Ring', () => {
  it('is a queue, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), fc.constantFrom('shift', 'clear'))), (steps) => {
        const ring = new Ring<unknown>();
        const model: unknown[] = [];
        for (const step of steps) {
          expect(ring.peek()).toBe(model[0]);
          if (step === 'shift') expect(ring.shift()).toBe(model.shift());
          else if (step === 'clear') {
            ring.clear();
            model.length = 0;
          } else {
            ring.push(step);
            model.push(step);
          }
          expect(ring.length).toBe(model.length);
        }
      }),
    );
  });

  it('keeps order when it grows in the middle of a turn', () => {
    const ring = new Ring<number>();
    for (let n = 0; n < 10; n += 1) ring.push(n);
    for (let n = 0; n < 10; n += 1) ring.shift();
    for (let n = 0; n < 40; n += 1) ring.push(n);
    expect(Array.from({ length: 40 }, () => ring.shift())).toEqual([...Array(40).keys()]);
  });

  it('tells an undefined item from none', () => {
    const ring = new Ring<undefined>();
    ring.push(undefined);
    expect(ring.length).toBe(1);
    ring.shift();
    expect(ring.length).toBe(0);
  });

  it.each([
    ['nothing', 0, 16],
    ['16 items', 16, 16],
    ['one more', 17, 32],
    ['a thousand', 1_000, 1_024],
    ['a million', 1_000_000, 1_048_576],
  ])(
    'doubles when it has to, so that a push costs two copies at most: %s',
    (_title, items, room) => {
      const ring = new Ring<number>();
      for (let n = 0; n < items; n += 1) ring.push(n);
      expect(ring.room).toBe(room);
    },
  );

  it('does not grow while it is emptied as it is filled', () => {
    const ring = new Ring<number>();
    for (let n = 0; n < 100_000; n += 1) {
      ring.push(n);
      ring.shift();
    }
    expect(ring.room).toBe(16);
  });

  it.each([
    ['gives a large room back when it runs empty', 65_537, 16],
    ['keeps a small one', 65_536, 65_536],
  ])('%s', (_title, items, room) => {
    const ring = new Ring<number>();
    for (let n = 0; n < items; n += 1) ring.push(n);
    while (ring.length > 0) ring.shift();
    expect(ring.room).toBe(room);
  });

  it('is empty when it is cleared', () => {
    const ring = new Ring<number>();
    ring.push(1);
    ring.clear();
    expect([ring.length, ring.peek(), ring.shift()]).toEqual([0, undefined, undefined]);
  });

  it('is as good as new when it is cleared', () => {
    const ring = new Ring<number>();
    for (let n = 0; n < 20; n += 1) ring.push(n);
    ring.clear();
    for (let n = 0; n < 20; n += 1) ring.push(n);
    expect(Array.from({ length: 20 }, () => ring.shift())).toEqual([...Array(20).keys()]);
  });
});
