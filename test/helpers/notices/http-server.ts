import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../brokers/tcp-server.ts';

/** A request that came, as a whole. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers it, or not. */
export type Behave = (response: ServerResponse, request: Request) => void;

/** A small server on loopback that does with each request what it is told to. Always `await close()`. */
export async function startHttpServer(behave: Behave, wantedPort = 0) {
  const requests: Request[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('error', () => {});
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(request);
      behave(response, request);
    });
  });
  const port = await listenOnLoopback(server, wantedPort);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

/** Says this code. */
export const answer =
  (code: number, text = ''): Behave =>
  response => {
    response.writeHead(code, code >= 300 && code < 400 ? { Location: 'http://127.0.0.1:1/' } : {});
    response.end(text);
  };
/** Says nothing, ever. */
export const stall: Behave = () => {};
/** Closes the connection without a word. */
export const hangUp: Behave = response => void response.socket?.destroy();
