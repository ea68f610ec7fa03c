import { z } from 'zod';
import { STANDARD_TOPOLOGY, topologyOf } from '../../streams/topology';
import type { Topology } from '../../streams/topology';

export const isSameTopology = (one: Topology, other: Topology): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Names are checked, and edges named, as for any pipeline. */
export const topologySchema: z.ZodType<Topology> = z
  .array(
    z.object({
      stage: z.string(),
      title: z.string(),
      edge: z
        .object({
          items: z.string(),
          thresholds: z.object({ medium: z.number(), high: z.number() }),
        })
        .exactOptional(),
    }),
  )
  .transform((stages, context): Topology => {
    try {
      const found = topologyOf(stages.map(({ edge, ...place }) => ({ ...place, ...edge })));
      return isSameTopology(found, STANDARD_TOPOLOGY) ? STANDARD_TOPOLOGY : found;
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
      return z.NEVER;
    }
  });
