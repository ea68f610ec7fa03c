/** What a connection tells the ingress. */
export interface ConnectionSink {
  readonly opened: () => void;
  readonly closed: (reason: string) => void;
  readonly text: (text: string) => void;
  /** A frame that is no text. */
  readonly bytes: () => void;
  /** Nothing comes any more, and the source is not to be connected anew. */
  readonly ended: () => void;
  /** It makes no sense to try again. */
  readonly failed: (found: string, advice: string) => void;
}

/** A source that is open. */
export interface FeedConnection {
  /** Settles when it is closed, or has taken too long for it. */
  close(): Promise<void>;
}
