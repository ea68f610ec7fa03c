/**
 * The stages of a pipeline in the order in which items pass them; each but the first has the edge before
 * it. Names, counters, report and journal are made from this list.
 */
export const TOPOLOGY = [
  { stage: 'coordinator' },
  { stage: 'processor', edge: 'coordinator-processor' },
  { stage: 'analysis', edge: 'processor-analysis' },
] as const;

type Place = (typeof TOPOLOGY)[number];
type Consumer = Extract<Place, { readonly edge: string }>;

export type StageName = Place['stage'];

/** A stage that has an edge before it. */
export type ServedStage = Consumer['stage'];

export type EdgeName = Consumer['edge'];

const consumers = TOPOLOGY.filter((place): place is Consumer => 'edge' in place);

export const STAGES: readonly StageName[] = TOPOLOGY.map(({ stage }) => stage);
export const SERVED_STAGES: readonly ServedStage[] = consumers.map(({ stage }) => stage);
export const EDGES: readonly EdgeName[] = consumers.map(({ edge }) => edge);

/** A value for every stage. */
export const forEveryStage = <V>(valueOf: (stage: StageName) => V): Record<StageName, V> =>
  Object.fromEntries(STAGES.map((stage) => [stage, valueOf(stage)])) as Record<StageName, V>;

/** A value for every edge. */
export const forEveryEdge = <V>(valueOf: (edge: EdgeName) => V): Record<EdgeName, V> =>
  Object.fromEntries(EDGES.map((edge) => [edge, valueOf(edge)])) as Record<EdgeName, V>;

/** A value for every stage that has an edge before it. */
export const forEveryServedStage = <V>(
  valueOf: (stage: ServedStage, edge: EdgeName) => V,
): Record<ServedStage, V> =>
  Object.fromEntries(consumers.map(({ stage, edge }) => [stage, valueOf(stage, edge)])) as Record<
    ServedStage,
    V
  >;

/** The edge before each stage. */
export const EDGE_BEFORE: Readonly<Record<ServedStage, EdgeName>> = forEveryServedStage(
  (_stage, edge) => edge,
);
