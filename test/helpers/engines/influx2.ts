import { createServer, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { listenOnLoopback } from '../brokers/tcp-server.ts';

/** What it answers in place of what it would. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** A server that takes lines as the documentation of InfluxDB 2 says of POST /api/v2/write; Debian has none to start. */
export interface FakeInflux2 {
  readonly port: number;
  /** All lines that it took, in their order. */
  readonly lines: readonly string[];
  /** What was answered to each request that wrote. */
  readonly answers: readonly number[];
  /** Answers the next requests so, one each. */
  readonly refuse: (...refusals: readonly Refusal[]) => void;
  readonly close: () => Promise<void>;
}

const LINE = /^[^ ,]+(,(?:\\.|[^\\ ])+)? [a-z_]+=-?[0-9.]+ \d+$/;

/** Starts it with one bucket, `hometui` of the organisation `home`; a body of more bytes than `most` is too large. */
export async function startFakeInflux2(token: string, most = 50_000_000): Promise<FakeInflux2> {
  const [lines, answers, refusals]: [string[], number[], Refusal[]] = [[], [], []];
  const take = (url: URL, authorization: string | undefined, body: string): Refusal => {
    const planned = refusals.shift();
    if (planned !== undefined) return planned;
    if (authorization !== `Token ${token}`) return refusal(401, 'unauthorized', 'unauthorized access');
    const bucket = url.searchParams.get('bucket') ?? '';
    if (bucket !== 'hometui' || url.searchParams.get('org') !== 'home')
      return refusal(404, 'not found', `bucket "${bucket}" not found`);
    if (body.length > most) return refusal(413, 'request too large', 'unable to read data: points batch is too large');
    const written = body.split('\n').filter(line => line !== '');
    const bad = written.find(line => !LINE.test(line));
    if (bad !== undefined) return refusal(400, 'invalid', `unable to parse '${bad}': invalid field format`);
    lines.push(...written);
    return { status: 204 };
  };
  const server = createServer((asked, response) => {
    const chunks: Buffer[] = [];
    asked.on('data', chunk => chunks.push(chunk));
    asked.on('end', () => {
      const url = new URL(asked.url ?? '', 'http://influx');
      if (asked.method !== 'POST' || url.pathname !== '/api/v2/write') return say(response, { status: 404 });
      const bytes = Buffer.concat(chunks);
      const body = asked.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
      const said = take(url, asked.headers.authorization, body.toString('utf8'));
      answers.push(said.status);
      say(response, said);
    });
  });
  const port = await listenOnLoopback(server, 0);
  return {
    ...{ port, lines, answers },
    refuse: (...more) => refusals.push(...more),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

/** As it says why. */
export function refusal(status: number, code: string, message: string): Refusal {
  return { status, body: { code, message } };
}

function say(response: ServerResponse, { status, headers = {}, body }: Refusal): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
