import fc from 'fast-check';
import { workOf } from './given';

/** Watermarks among the items, several updates of one item, items at one instant. */
export const works = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 })),
      service: fc.integer({ min: 0, max: 6 }),
      counts: fc.boolean(),
      updates: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((items) => {
    let at = 0;
    const arrivals = items.map(({ gap }) => (at += gap));
    const { items: columns } = workOf(
      arrivals,
      items.map(({ service }) => service),
    );
    const updates = items.flatMap((item, cause) =>
      item.updates.map((service) => ({ cause, service })),
    );
    return {
      items: { ...columns, series: Int32Array.from(items, ({ counts }) => (counts ? 0 : -1)) },
      updates: {
        length: updates.length,
        service: Float64Array.from(updates, ({ service }) => service),
        cause: Uint32Array.from(updates, ({ cause }) => cause),
      },
    };
  });
