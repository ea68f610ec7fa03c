import { checkEncryption, parseNatsAddress } from '../../../streams/nats/natsAddress';
import { openNats } from '../../../streams/nats/openNats';

test.each([
  ['nats://localhost', { server: 'localhost:4222', path: '', isEncrypted: false }],
  ['nats://10.0.0.1:4333/plan', { server: '10.0.0.1:4333', path: 'plan' }],
  ['tls://nats.example.org/rows.BTCUSDT', { isEncrypted: true, path: 'rows.BTCUSDT' }],
  ['nats://me:a%40b@localhost', { user: 'me', password: 'a@b' }],
  ['nats://token@localhost', { user: 'token', password: undefined }],
  ['nats://[::1]:4222', { server: '[::1]:4222' }],
])('%s is read', (text, parts) => {
  expect(parseNatsAddress(text)).toMatchObject(parts);
});

test.each(['', 'localhost:4222', 'http://localhost', 'nats://', 'nats://a?b'])(
  '"%s" is refused',
  (text) => {
    expect(() => parseNatsAddress(text)).toThrow('nats://localhost:4222');
  },
);

test('neither an address that is refused nor one that is read shows a password', () => {
  expect(() => parseNatsAddress('nats://me:secret@host:port')).toThrow(/^(?!.*secret)/);
  expect(parseNatsAddress('nats://me:secret@host').text).toBe('nats://host:4222');
});

test.each(['nats://localhost', 'nats://127.0.0.1:1', 'nats://[::1]', 'tls://example.org'])(
  '%s needs no leave',
  (text) => {
    expect(() => {
      checkEncryption(parseNatsAddress(text), false);
    }).not.toThrow();
  },
);

test('plain text to another machine does', () => {
  const address = parseNatsAddress('nats://example.org');
  expect(() => {
    checkEncryption(address, false);
  }).toThrow('--insecure');
  expect(() => {
    checkEncryption(address, true);
  }).not.toThrow();
});

test('a server that is not there: the error says so, and what to do', async () => {
  await expect(openNats('nats://127.0.0.1:9')).rejects.toMatchObject({
    code: 'NATS_UNREACHABLE',
    message: expect.stringMatching(
      /^nats:\/\/127\.0\.0\.1:9: cannot be reached: .*nats-server -js/,
    ) as string,
  });
});
