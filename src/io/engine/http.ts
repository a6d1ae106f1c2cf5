import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { parseRetryAfter } from '../../core/engine/retry-after.ts';
import type { Clock } from '../clock.ts';
import { httpFailure } from '../http-failure.ts';

/** Who we are for an engine. */
export interface EngineLogin {
  readonly user?: string;
  readonly password?: string;
  /** Of InfluxDB 2 and 3; in place of user and password. */
  readonly token?: string;
}

/** What is asked of an engine. */
export interface EngineRequest {
  readonly url: string;
  /** Lines of text, sent with POST and made small; or the fields of a form. Without them it is a GET. */
  readonly body?: string | URLSearchParams;
  /** Breaks this one off. */
  readonly signal?: AbortSignal;
}

/** What came back; `mayBeDone` says whether the engine may have had the request: then it may also have done it. */
export type EngineReply =
  | {
      readonly isAnswer: true;
      readonly status: number;
      readonly text: string;
      /** How long it wants to be left alone, ms; `null` where it does not say. */
      readonly retryAfterMs: number | null;
    }
  | { readonly isAnswer: false; readonly why: string; readonly mayBeDone: boolean };

/** Asks an engine, one question at a time; never rejects. */
export type EngineHttp = (request: EngineRequest) => Promise<EngineReply>;

/** An answer is waited for so long, ms: a year of charts is read in less on a Pi. */
const ANSWER_LIMIT_MS = 30_000;
/** A longer answer is none that we asked for, bytes. */
const LONGEST_ANSWER = 64 * 1_048_576;
/** Makes what asks an engine; `stopped` breaks off what is being asked. */
export function openEngineHttp(login: EngineLogin, clock: Clock, stopped: AbortSignal): EngineHttp {
  return async ({ url, body, signal }) => {
    const limit = new AbortController();
    const timer = clock.after(ANSWER_LIMIT_MS, () => limit.abort(), { isBackground: true });
    const isText = typeof body === 'string';
    const encoded = isText ? { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Encoding': 'gzip' } : {};
    try {
      const answer = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...authorization(login), ...encoded },
        body: isText ? await promisify(gzip)(body) : (body ?? null),
        redirect: 'error',
        signal: AbortSignal.any([limit.signal, stopped, ...(signal === undefined ? [] : [signal])]),
      });
      const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), clock.wallNow());
      return { isAnswer: true, status: answer.status, text: await textOf(answer), retryAfterMs };
    } catch (error) {
      if (limit.signal.aborted) return noAnswer(`it did not answer within ${ANSWER_LIMIT_MS / 1_000} seconds`, true);
      const { why, mayBeDone } = httpFailure(error);
      return noAnswer(why, mayBeDone);
    } finally {
      timer.cancel();
    }
  };
}

function authorization({ user, password, token }: EngineLogin): Record<string, string> {
  if (token !== undefined) return { Authorization: `Token ${token}` };
  if (user === undefined) return {};
  return { Authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error('its answer is longer than 64 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function noAnswer(why: string, mayBeDone: boolean): EngineReply {
  return { isAnswer: false, why, mayBeDone };
}
