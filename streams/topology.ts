import { OptionError } from '../operators';

/** The three stages that every pipeline has. */
export type StandardStage = 'coordinator' | 'processor' | 'analysis';

/** The edges of a pipeline with these three alone. */
export type StandardEdge = 'coordinator-processor' | 'processor-analysis';

/** A stage of the standard three, or of a pipeline's own. */
export type StageName = StandardStage | (string & {});

/** An edge between the standard three, or of a pipeline's own: `producer-consumer`. */
export type EdgeName = StandardEdge | (string & {});

/** Those of the standard stages that have an edge before them. */
export type ServedStage = Exclude<StandardStage, 'coordinator'>;

/** The hand-over to a stage. */
export interface TopologyEdge {
  readonly name: EdgeName;
  /** What is handed over, in the plural. */
  readonly items: string;
  /** Shares of *behind* events: from `medium` on the edge grades medium, above `high` it grades high. */
  readonly thresholds: { readonly medium: number; readonly high: number };
}

/** A stage, and the edge before it; the first stage has none. */
export interface TopologyStage {
  readonly stage: StageName;
  /** The stage's name in reports. */
  readonly title: string;
  readonly edge?: TopologyEdge;
}

/**
 * The stages of a pipeline in the order in which items pass them. A run carries this list in its
 * configuration; metrics, journal and report loop over it.
 */
export type Topology = readonly TopologyStage[];

/** A stage to be, before its edges are known. */
export interface StageDescription {
  readonly stage: StageName;
  /** Default: the name with a capital. */
  readonly title?: string;
  /** What it is handed, in the plural. Default: `items`. */
  readonly items?: string;
  /** Of the edge before it. Default: medium from 5 % on, high above 20 %, as on the guide's first edge. */
  readonly thresholds?: TopologyEdge['thresholds'];
}

const THRESHOLDS: TopologyEdge['thresholds'] = { medium: 0.05, high: 0.2 };

const STANDARD_STAGES = [
  { stage: 'coordinator' },
  { stage: 'processor', title: 'Data Processor', items: 'bars' },
  {
    stage: 'analysis',
    title: 'Analysis Engine',
    items: 'cycles',
    thresholds: { medium: 0.1, high: 0.3 },
  },
] as const satisfies readonly StageDescription[];

/** They would be names of everybody and nobody in a verdict. */
const RESERVED: readonly string[] = ['both', 'none'];

export const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * The topology of these stages, an edge between each and the next. Throws an `OptionError` unless
 * names are distinct, begin with a letter and go on with letters, digits and `_`, and the standard
 * three are among them, in their order.
 */
export function topologyOf(stages: readonly StageDescription[]): Topology {
  const names = stages.map(({ stage }) => stage);
  for (const name of names) {
    if (!/^[a-z]\w*$/i.test(name) || RESERVED.includes(name) || name in Object.prototype) {
      throw new OptionError('stage', name, 'a name of letters, digits and _');
    }
  }
  if (new Set(names).size < names.length) {
    throw new OptionError('stages', names.join(', '), 'distinct names');
  }
  const standard = STANDARD_STAGES.map(({ stage }): StageName => stage);
  if (names.filter((name) => standard.includes(name)).join() !== standard.join()) {
    throw new OptionError('stages', names.join(', '), `${standard.join(', ')}, in this order`);
  }
  return Object.freeze(
    stages.map(({ stage, title = capitalized(stage), ...edge }, index) => {
      const producer = names[index - 1];
      if (producer === undefined) return Object.freeze({ stage, title });
      const { items = 'items', thresholds = THRESHOLDS } = edge;
      const name = `${producer}-${stage}`;
      return Object.freeze({ stage, title, edge: Object.freeze({ name, items, thresholds }) });
    }),
  );
}

/** The guide's three stages, which every pipeline has unless it says otherwise. */
export const STANDARD_TOPOLOGY: Topology = topologyOf(STANDARD_STAGES);

/** What a topology was made of. */
export const descriptionsOf = (topology: Topology): StageDescription[] =>
  topology.map(({ stage, title, edge }) => ({
    stage,
    title,
    ...(edge === undefined ? {} : { items: edge.items, thresholds: edge.thresholds }),
  }));

/** A topology with one more stage, behind one that it has. */
export function withStage(
  topology: Topology,
  stage: StageDescription,
  { after }: { readonly after: StageName },
): Topology {
  const described = descriptionsOf(topology);
  const index = described.findIndex((place) => place.stage === after);
  if (index === -1) {
    const names = topology.map((place) => place.stage).join(', ');
    throw new OptionError('after', after, `a stage of the pipeline: ${names}`);
  }
  return topologyOf(described.toSpliced(index + 1, 0, stage));
}

/** A value for every stage. */
export const forEveryStage = <V>(
  topology: Topology,
  valueOf: (stage: StageName) => V,
): Record<StageName, V> =>
  Object.fromEntries(topology.map(({ stage }) => [stage, valueOf(stage)])) as Record<StageName, V>;

/** A value for every edge. */
export const forEveryEdge = <V>(
  topology: Topology,
  valueOf: (edge: EdgeName, consumer: StageName) => V,
): Record<EdgeName, V> =>
  Object.fromEntries(
    topology.flatMap(({ stage, edge }) =>
      edge === undefined ? [] : [[edge.name, valueOf(edge.name, stage)]],
    ),
  ) as Record<EdgeName, V>;

/** A value for every stage that has an edge before it. */
export const forEveryConsumer = <V>(
  topology: Topology,
  valueOf: (stage: StageName, edge: EdgeName) => V,
): Record<ServedStage | (string & {}), V> =>
  Object.fromEntries(
    topology.flatMap(({ stage, edge }) =>
      edge === undefined ? [] : [[stage, valueOf(stage, edge.name)]],
    ),
  ) as Record<ServedStage | (string & {}), V>;

/** The value under a name of the list that it was made from. Throws a `RangeError` for another name. */
export function named<V>(values: Readonly<Record<string, V>>, name: string): V {
  if (!Object.hasOwn(values, name)) throw new RangeError(`There is no stage or edge "${name}".`);
  return values[name] as V;
}

/** The edges of the standard stages, as the engines join them. */
export const EDGE_BEFORE: Readonly<Record<ServedStage, StandardEdge>> = {
  processor: 'coordinator-processor',
  analysis: 'processor-analysis',
};

export const SERVED_STAGES: readonly ServedStage[] = ['processor', 'analysis'];
