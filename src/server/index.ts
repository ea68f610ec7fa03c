export { authorityOf, isLoopback, LOOPBACK, parseAddress } from './address';
export type { Address } from './address';
export { startHttpServer } from './httpServer';
export type { Answer, HttpServer, HttpServerOptions } from './httpServer';
export { CONTENT_POLICY } from './securityHeaders';
