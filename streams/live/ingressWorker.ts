import { parentPort, workerData } from 'node:worker_threads';
import { IngressLoop } from './ingressLoop';
import type { IngressWork, ToIngress } from './ingressMessages';

/** Where the ingress thread starts. */
const port = parentPort;
if (port === null) throw new Error('streams/live/ingressWorker is started as a worker thread');

const loop = new IngressLoop(workerData as IngressWork, (message) => {
  port.postMessage(message);
});
port.on('message', (message: ToIngress) => {
  loop.take(message);
});
