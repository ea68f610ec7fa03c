import type {
  CapacityView,
  Comparison,
  Embedded,
  Heat,
  MomentView,
  RunInfo,
  Update,
} from '../protocol';

/** Where the page has its data from: a server, or itself. */
export interface Source {
  readonly isStatic: boolean;
  info(): Promise<RunInfo>;
  /** Everything due by the end of a window, in epoch milliseconds of market time. */
  at(market: number): Promise<MomentView>;
  heat(edge: string): Promise<Heat>;
  capacity(): Promise<CapacityView | undefined>;
  compare(run: string): Promise<Comparison>;
  /** Calls with what is new, at once and from then on; `onLost` when the server is gone or there again. */
  follow(onUpdate: (update: Update) => void, onLost: (isLost: boolean) => void): void;
}

async function fetched<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

const RECONNECT = 1000;

export const server: Source = {
  isStatic: false,
  info: () => fetched('/api/run'),
  at: (market) => fetched(`/api/at/${market}`),
  heat: (edge) => fetched(`/api/heat?edge=${encodeURIComponent(edge)}`),
  capacity: () => fetched('/api/capacity'),
  compare: (run) => fetched(`/api/compare?with=${encodeURIComponent(run)}`),
  follow(onUpdate, onLost) {
    const socket = new WebSocket(`ws://${location.host}/api/live`);
    socket.onopen = () => {
      onLost(false);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      onUpdate(JSON.parse(data) as Update);
    };
    socket.onclose = () => {
      onLost(true);
      setTimeout(() => {
        server.follow(onUpdate, onLost);
      }, RECONNECT);
    };
  },
};

/** The run in the page itself. */
export async function embedded(base64: string): Promise<Source> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const data = (await new Response(unpacked).json()) as Embedded;
  const there = <T>(value: T | undefined): Promise<T> =>
    value === undefined ? Promise.reject(new Error('not in this page')) : Promise.resolve(value);
  return {
    isStatic: true,
    info: () => there(data.info),
    at: (market) => there(data.moments[data.series.to.indexOf(market)]),
    heat: (edge) => there(data.heats.find((heat) => heat.edge === edge)),
    capacity: () => Promise.resolve(data.capacity),
    compare: () => there(data.comparison),
    follow(onUpdate) {
      const head = data.moments.at(-1);
      if (head !== undefined) onUpdate({ read: 1, series: data.series, head });
    },
  };
}
