import { authorityOf, isLoopback, parseAddress } from '../../../src/server';

describe('an address', () => {
  it.each([
    ['9464', '127.0.0.1', 9464],
    ['0', '127.0.0.1', 0],
    ['localhost:80', 'localhost', 80],
    ['0.0.0.0:65535', '0.0.0.0', 65535],
    ['[::1]:9464', '::1', 9464],
    ['my-host.example:1', 'my-host.example', 1],
  ])('%s', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ host, port });
  });

  it.each(['', 'x', ':1', '65536', '1.5', '-1', '::1:80', 'a b:1', 'http://a:1', '1e3'])(
    'is not %j',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
  ])('%s is the machine alone: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  it('is written with brackets where it is of IPv6', () => {
    expect(authorityOf({ host: '::1', port: 1 })).toBe('[::1]:1');
    expect(authorityOf({ host: 'localhost', port: 1 })).toBe('localhost:1');
  });
});
