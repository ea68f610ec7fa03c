import type { PipelineEvent, RunConfiguration, StageName } from '../../streams/events';
import { STANDARD_TOPOLOGY } from '../../streams/topology';

/**
 * The stage whose window an event belongs to; undefined for those of the run. With threads, the consumer
 * counts what is handed over to it; what is lost before is counted by the producer.
 */
export function eventOwners({
  topology = STANDARD_TOPOLOGY,
  threads,
}: Pick<RunConfiguration, 'topology' | 'threads'>): (
  event: PipelineEvent,
) => StageName | undefined {
  const consumers = new Map<string, StageName>();
  const producers = new Map<string, StageName | undefined>();
  for (const [index, { stage, edge }] of topology.entries()) {
    if (edge === undefined) continue;
    consumers.set(edge.name, stage);
    producers.set(edge.name, topology[index - 1]?.stage);
  }
  const counters = threads === undefined ? producers : consumers;
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
        return event.delivered.length > 0 ? counters.get(event.edge) : producers.get(event.edge);
      case 'delivered':
      case 'backpressure':
      case 'overrun':
        return counters.get(event.edge);
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
