import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { loopbackAuthorities } from './address';

/** Who may ask. */
export interface AccessRules {
  readonly port: number;
  /** What every request has to carry; absent on a loopback address alone. */
  readonly token?: string;
}

/** An answer that a request gets instead of what it requested. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is requested. A target may be anything, `//host` and a whole URL included: only its path and query count. */
export const targetOf = ({ url = '/' }: { readonly url?: string | undefined }): URL =>
  new URL(`http://localhost/${url.replace(/^[/\\]+/, '')}`);

/** The name of the cookie that holds the token: cookies are shared between the ports of a host. */
const cookieName = ({ port }: AccessRules): string => `barometer-${port}`;

type Asked = Pick<IncomingMessage, 'method' | 'headers' | 'url'>;

/**
 * What is wrong with a request, if anything. On a loopback address a foreign `Host` is a page that had
 * its name resolve to us; a foreign `Origin` is another site's script.
 */
export function refusalOf(request: Asked, rules: AccessRules): Refusal | undefined {
  const { method = '', headers } = request;
  const { host = '', origin } = headers;
  if (rules.token === undefined && !loopbackAuthorities(rules.port).includes(host.toLowerCase())) {
    return { status: 421, text: 'This server answers to localhost only.' };
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return { status: 403, text: 'Requests of other sites are refused.' };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, text: 'GET and HEAD only.', headers: { allow: 'GET, HEAD' } };
  }
  if (rules.token === undefined) return undefined;
  return tokenRefusal(request, rules, rules.token);
}

/** A token in the address is used once: the answer moves it into a cookie and out of the address. */
function tokenRefusal(
  { headers, url }: Asked,
  rules: AccessRules,
  token: string,
): Refusal | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined && isSame(bearer, token)) return undefined;
  const { searchParams, pathname } = targetOf({ url });
  const inAddress = searchParams.get('token');
  if (inAddress !== null && isSame(inAddress, token)) {
    searchParams.delete('token');
    const rest = searchParams.toString();
    return {
      status: 303,
      text: 'The token is in a cookie now.',
      headers: {
        location: `${pathname}${rest === '' ? '' : `?${rest}`}`,
        'set-cookie': `${cookieName(rules)}=${token}; Path=/; HttpOnly; SameSite=Strict`,
      },
    };
  }
  const cookie = cookieIn(headers.cookie, cookieName(rules));
  if (cookie !== undefined && isSame(cookie, token)) return undefined;
  return {
    status: 401,
    text: 'A token is required.',
    headers: { 'www-authenticate': 'Bearer' },
  };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** In a time that says nothing of either. */
function isSame(found: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(found), digest(expected));
}
