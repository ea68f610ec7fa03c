import { openNats } from '../../../streams/nats/openNats';

jest.mock('@nats-io/transport-node', () => {
  throw Object.assign(new Error("Cannot find module '@nats-io/transport-node'"), {
    code: 'MODULE_NOT_FOUND',
  });
});

test('without the client, the error says what to install', async () => {
  await expect(openNats('nats://localhost')).rejects.toMatchObject({
    code: 'PACKAGE_MISSING',
    message: expect.stringContaining('npm install @nats-io/transport-node') as string,
  });
});
