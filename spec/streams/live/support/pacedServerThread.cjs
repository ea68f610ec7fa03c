const { parentPort, workerData } = require('node:worker_threads');
const { WebSocketServer } = require('ws');

/**
 * A venue in a thread of its own: strategies that keep their thread do not delay it. Sends ticks with exponential
 * gaps to the first client, and says when each was sent.
 */
const { gapMs, count, padding = 0, patience = Infinity } = workerData;
const pad = 'x'.repeat(padding);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
const now = () => performance.timeOrigin + performance.now();

let state = 20_240_808;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

server.on('listening', () => parentPort.postMessage({ port: server.address().port }));
server.on('connection', (client) => {
  const sentAt = [];
  let mostBuffered = 0;
  let due = now();
  const send = () => {
    while (due <= now() && sentAt.length < count && client.readyState === 1) {
      const at = now();
      const time = Math.floor(at * 1_000);
      client.send(JSON.stringify({ symbol: 'A', time, price: 1, size: 1, id: sentAt.length, pad }));
      sentAt.push(at);
      due += -gapMs * Math.log(1 - random());
    }
    mostBuffered = Math.max(mostBuffered, client.bufferedAmount);
    if (client.bufferedAmount > patience) client.terminate();
    if (sentAt.length < count && client.readyState === 1) setImmediate(send);
    else parentPort.postMessage({ sentAt, mostBuffered, isCut: mostBuffered > patience });
  };
  send();
});
