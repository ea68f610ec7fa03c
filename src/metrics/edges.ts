import type { EdgeName, StageName } from '../../streams/events';
import { capitalized, named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { Topology, TopologyEdge } from '../../streams/topology';
import type { EdgeState, MetricsState } from './state';

/** An edge, what people call it, and who stands at its two ends. */
export interface EdgeDescription extends TopologyEdge {
  readonly label: string;
  /** The label where there is no room for it: `C→P`. */
  readonly short: string;
  readonly producer: StageName;
  readonly consumer: StageName;
  /** The consumer's name in warnings and verdicts. */
  readonly consumerName: string;
  /** The producer's name in verdicts. */
  readonly producerName: string;
}

/** A title as one word: `DataProcessor`. */
export const inOneWord = (title: string): string => title.replaceAll(' ', '');

const initial = (name: string): string => name.charAt(0).toUpperCase();

function described(topology: Topology): readonly EdgeDescription[] {
  return topology.flatMap(({ stage, title, edge }, index) => {
    const before = topology[index - 1];
    if (edge === undefined || before === undefined) return [];
    return [
      {
        ...edge,
        label: `${capitalized(before.stage)}→${capitalized(stage)}`,
        short: `${initial(before.stage)}→${initial(stage)}`,
        producer: before.stage,
        consumer: stage,
        consumerName: inOneWord(title),
        producerName: inOneWord(before.title),
      },
    ];
  });
}

const known = new WeakMap<Topology, readonly EdgeDescription[]>();

/** The edges of a topology, in the order in which items pass them. */
export function edgesOf(topology: Topology = STANDARD_TOPOLOGY): readonly EdgeDescription[] {
  const edges = known.get(topology) ?? described(topology);
  known.set(topology, edges);
  return edges;
}

/** The edge of that name. Throws a `RangeError` where the topology has none. */
export function edgeIn(topology: Topology | undefined, name: EdgeName): EdgeDescription {
  const edge = edgesOf(topology).find((one) => one.name === name);
  if (edge === undefined) throw new RangeError(`The topology has no edge "${name}".`);
  return edge;
}

/** The edge before a stage; undefined for the first one. */
export const edgeBefore = (topology: Topology, stage: StageName): EdgeDescription | undefined =>
  edgesOf(topology).find(({ consumer }) => consumer === stage);

/** What the pipeline's first edge counted: everything that was read passes it. */
export const firstEdgeOf = ({ topology, edges }: MetricsState): EdgeState =>
  named(edges, edgesOf(topology)[0]?.name ?? '');
