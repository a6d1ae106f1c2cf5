import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { ListenAddress } from '../../core/engine/listen-address.ts';

/** A place to fetch metrics from. */
export interface MetricsServer {
  /** `http://127.0.0.1:9834/metrics`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** As Prometheus asks for its text format, version 0.0.4 (Prometheus, "Exposition formats"). */
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** Whoever fetches is done by then, ms. */
const REQUEST_LIMIT_MS = 5_000;
/** More than fetch at once. */
const MOST_CONNECTIONS = 16;

/** Serves a text at `/metrics`, made anew each time. Rejects with what the system says where the port is taken. */
export async function openMetricsServer({ host, port }: ListenAddress, text: () => string): Promise<MetricsServer> {
  const server = createServer(
    { requestTimeout: REQUEST_LIMIT_MS, keepAliveTimeout: REQUEST_LIMIT_MS },
    (asked, answer) => {
      const isRead = asked.method === 'GET' || asked.method === 'HEAD';
      if (!isRead) say(answer, 405, 'Only GET and HEAD are answered.\n', { Allow: 'GET, HEAD' });
      else if (asked.url?.split('?', 1)[0] !== '/metrics') say(answer, 404, 'The metrics are at /metrics.\n');
      else say(answer, 200, text(), { 'Content-Type': CONTENT_TYPE });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address();
  const at = bound !== null && typeof bound === 'object' ? bound.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${at}/metrics`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function say(answer: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  answer.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  // Of a HEAD, Node sends the headers alone.
  answer.end(text);
}
