import type { ReceivedSource } from '../liveSource';
import type { ConnectionSink, FeedConnection } from './feedConnection';
import { LinesConnection } from './linesConnection';
import { NatsConnection } from './natsConnection';
import { WebSocketConnection } from './webSocketConnection';

export interface ConnectionOptions {
  /** Milliseconds without a frame after which a connection is taken for dead. */
  readonly staleMs: number;
}

/** Opens a source in the ingress thread. What is behind `sink` reads the frames; a connection only carries them. */
export function openConnection(
  source: ReceivedSource,
  sink: ConnectionSink,
  options: ConnectionOptions,
): FeedConnection {
  switch (source.kind) {
    case 'web-socket':
      return new WebSocketConnection({ ...source, ...options }, sink);
    case 'stdin':
      return new LinesConnection(sink);
    case 'nats':
      return new NatsConnection(source, sink);
  }
}
