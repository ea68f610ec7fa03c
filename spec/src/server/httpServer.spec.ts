import { gunzipSync } from 'node:zlib';
import { startHttpServer } from '../../../src/server';
import type { HttpServer } from '../../../src/server';
import { ask, send } from './ask';

const TOKEN = '0123456789abcdef0123456789abcdef';
const LONG = 'long '.repeat(1000);

let server: HttpServer;
let guarded: HttpServer;
const answer = ({ pathname }: URL) => {
  if (pathname === '/throws') throw new Error('/home/somebody/secret');
  if (pathname === '/long') return { type: 'text/plain', body: LONG };
  return pathname === '/' ? { type: 'text/plain', body: 'hello' } : undefined;
};

beforeAll(async () => {
  server = await startHttpServer({ address: { host: '127.0.0.1', port: 0 }, answer });
  guarded = await startHttpServer({
    address: { host: '127.0.0.1', port: 0 },
    token: TOKEN,
    answer,
    upgrade: (_request, socket) => socket.end('HTTP/1.1 101 ok\r\n\r\n'),
  });
});

afterAll(async () => {
  await server.close();
  await guarded.close();
});

const statusOf = async (...parts: Parameters<typeof ask>) => (await ask(...parts)).status;

describe('a loopback server', () => {
  it('answers what it has, and 404 for the rest', async () => {
    expect((await ask(server.address, '/')).body.toString()).toBe('hello');
    for (const path of ['/other', '/..%2f', '/../', '//evil.example/', '/%00']) {
      expect(await statusOf(server.address, path)).toBe(path === '/../' ? 200 : 404);
    }
  });

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('may be called %s', async (name) => {
    const host = `${name}:${server.address.port}`;
    expect(await statusOf(server.address, '/', { host })).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost',
    'localhost:1',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
  ])('does not answer as %s', async (host) => {
    expect(await statusOf(server.address, '/', { host })).toBe(421);
  });

  it('refuses the scripts of other sites', async () => {
    const own = `http://127.0.0.1:${server.address.port}`;
    expect(await statusOf(server.address, '/', { origin: own })).toBe(200);
    for (const origin of ['http://evil.example', 'null', own.replace('http', 'https')]) {
      expect(await statusOf(server.address, '/', { origin })).toBe(403);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const { status, headers } = await ask(server.address, '/', {}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask(server.address, '/long', {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(LONG.length), 0]);
  });

  it('packs long answers for those who can unpack them', async () => {
    const { headers, body } = await ask(server.address, '/long', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toBe(LONG);
    const plain = await ask(server.address, '/long', {});
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, LONG]);
  });

  it('survives what throws, and keeps the message to itself', async () => {
    const { status, body } = await ask(server.address, '/throws');
    expect([status, body.toString()]).toEqual([500, 'Internal error.\n']);
    expect(await statusOf(server.address, '/')).toBe(200);
  });

  it('survives headers of 10 MB, and what is no HTTP', async () => {
    const { port } = server.address;
    const long = `GET / HTTP/1.1\r\nhost: localhost:${port}\r\nx: ${'y'.repeat(10_000_000)}`;
    expect(await send(server.address, long).catch(() => 'HTTP/1.1 431')).toMatch(/^HTTP\/1.1 431/);
    expect(await send(server.address, '\x16\x03\x01\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await statusOf(server.address, '/')).toBe(200);
  });

  it('has no socket to offer', async () => {
    const { port } = server.address;
    const upgrade = `GET / HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;
    expect(await send(server.address, upgrade)).toMatch(/^HTTP\/1.1 404/);
  });

  it('sends the security headers with every answer', async () => {
    const answers = [
      await ask(server.address, '/'),
      await ask(server.address, '/other'),
      await ask(server.address, '/throws'),
      await ask(server.address, '/', { host: 'evil.example' }),
      await ask(server.address, '/', {}, 'POST'),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect(await send(server.address, '\x16\r\n\r\n')).toContain("default-src 'none'");
  });

  it('says where it listens, and frees the port when it closes', async () => {
    const address = { host: '127.0.0.1', port: 0 };
    const other = await startHttpServer({ address, answer });
    await expect(startHttpServer({ address: other.address, answer })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await other.close();
    await (await startHttpServer({ address: other.address, answer })).close();
  });
});

describe('a server with a token', () => {
  it('is needed where others reach it', async () => {
    const address = { host: '0.0.0.0', port: 0 };
    await expect(startHttpServer({ address, answer })).rejects.toThrow(
      'a token is needed to listen on 0.0.0.0',
    );
  });

  it('asks everybody for it', async () => {
    expect(await statusOf(guarded.address, '/')).toBe(401);
    expect(await statusOf(guarded.address, '/?token=wrong')).toBe(401);
    expect(await statusOf(guarded.address, '/', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await statusOf(guarded.address, '/', { authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await statusOf(guarded.address, '/', { host: 'machine.example' })).toBe(401);
  });

  it('moves it from the address into a cookie that scripts cannot read', async () => {
    const { status, headers } = await ask(guarded.address, `/?a=1&token=${TOKEN}`);
    expect([status, headers.location]).toEqual([303, '/?a=1']);
    const cookie = headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const [pair = ''] = cookie.split(';');
    expect(await statusOf(guarded.address, '/', { cookie: `x=y; ${pair}` })).toBe(200);
    expect(await statusOf(guarded.address, '/', { cookie: 'barometer=x' })).toBe(401);
  });

  it('leads nowhere else', async () => {
    const { headers } = await ask(guarded.address, `//evil.example/?token=${TOKEN}`);
    expect(headers.location).toBe('/evil.example/');
  });

  it('switches protocols for its own page alone', async () => {
    const { port } = guarded.address;
    const upgrade = (more: string) =>
      send(
        guarded.address,
        `GET / HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n${more}\r\n`,
      );
    const own = `origin: http://localhost:${port}\r\n`;
    const cookie = `cookie: barometer-${port}=${TOKEN}\r\n`;
    expect(await upgrade(cookie)).toMatch(/^HTTP\/1.1 403/);
    expect(await upgrade(own)).toMatch(/^HTTP\/1.1 401/);
    expect(await upgrade(`origin: http://evil.example\r\n${cookie}`)).toMatch(/^HTTP\/1.1 403/);
    expect(await upgrade(own + cookie)).toMatch(/^HTTP\/1.1 101/);
  });
});
