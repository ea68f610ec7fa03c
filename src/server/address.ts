export { isLoopback } from '../../streams/loopback';

/** Where a server listens. */
export interface Address {
  /** Name or IP address, an IPv6 address without brackets. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export const LOOPBACK = '127.0.0.1';

/** `9464`, `localhost:9464` or `[::1]:9464`; undefined for anything else. Without a host it is the loopback. */
export function parseAddress(text: string): Address | undefined {
  const [, bracketed, plain, digits = ''] =
    /^(?:(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):)?(\d{1,5})$/.exec(text.trim()) ?? [];
  const port = digits === '' ? NaN : Number(digits);
  return port <= 65_535 ? { host: bracketed ?? plain ?? LOOPBACK, port } : undefined;
}

/** Host and port as they stand in a URL. */
export const authorityOf = ({ host, port }: Address): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The names under which a loopback server may be addressed. */
export const loopbackAuthorities = (port: number): readonly string[] =>
  [LOOPBACK, 'localhost', '::1'].map((host) => authorityOf({ host, port }));
