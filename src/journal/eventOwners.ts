import type { PipelineEvent, StageName } from '../../streams/events';
import type { Topology } from '../../streams/topology';

/** The stage whose window an event belongs to; undefined for those of the run. */
export function eventOwners(topology: Topology): (event: PipelineEvent) => StageName | undefined {
  const consumers = new Map<string, StageName>();
  const producers = new Map<string, StageName | undefined>();
  for (const [index, { stage, edge }] of topology.entries()) {
    if (edge === undefined) continue;
    consumers.set(edge.name, stage);
    producers.set(edge.name, topology[index - 1]?.stage);
  }
  return (event) => {
    switch (event.type) {
      case 'ingested':
      case 'trailing':
      case 'spent':
        return topology[0]?.stage;
      case 'window':
      case 'served':
      case 'evidence':
        return event.stage;
      case 'lateness':
        return consumers.get(event.edge);
      case 'counts':
      case 'delivered':
      case 'backpressure':
      case 'overrun':
      case 'dropped':
      case 'discarded':
        return producers.get(event.edge);
      case 'strategy':
      case 'worked':
        return 'analysis';
      default:
        return undefined;
    }
  };
}
