import type { EdgeName, StageName } from '../../streams/events';

/** What people call an edge, and who stands at its two ends. */
export interface EdgeDescription {
  readonly label: string;
  readonly producer: StageName;
  readonly consumer: StageName;
  /** The consumer's name in warnings and verdicts. */
  readonly consumerName: string;
  /** The producer's name in verdicts. */
  readonly producerName: string;
  /** What is handed over, in the plural. */
  readonly items: string;
}

export const EDGES: Readonly<Record<EdgeName, EdgeDescription>> = Object.freeze({
  'coordinator-processor': {
    label: 'Coordinator→Processor',
    producer: 'coordinator',
    consumer: 'processor',
    consumerName: 'DataProcessor',
    producerName: 'Coordinator',
    items: 'bars',
  },
  'processor-analysis': {
    label: 'Processor→Analysis',
    producer: 'processor',
    consumer: 'analysis',
    consumerName: 'AnalysisEngine',
    producerName: 'DataProcessor',
    items: 'cycles',
  },
});

export { EDGES as EDGE_NAMES, STAGES as STAGE_NAMES } from '../../streams/topology';

export function isEdgeName(name: string): name is EdgeName {
  return Object.hasOwn(EDGES, name);
}
