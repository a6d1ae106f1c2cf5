import { cleanText } from '../../core/clean-text.ts';
import type { Clock } from '../clock.ts';
import { httpFailure } from '../http-failure.ts';
import type { Outcome } from './outcome.ts';

/** What is posted. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  /** How long it may take, ms. */
  readonly limitMs: number;
}

/** So much of an answer is read, bytes, and told, characters. */
const MOST_READ = 4_096;
const MOST_TOLD = 120;

/** Posts JSON once; a redirect is not followed, for where it leads nobody has settled. Never rejects. */
export async function postJson({ url, headers, body, limitMs }: Post, clock: Clock): Promise<Outcome> {
  const limit = new AbortController();
  const timer = clock.after(limitMs, () => limit.abort(), { isBackground: true });
  try {
    const answer = await fetch(url, {
      ...{ method: 'POST', body, redirect: 'manual', signal: limit.signal },
      headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    });
    const text = await beginOf(answer);
    if (answer.ok) return { isDelivered: true, answer: `HTTP ${answer.status}` };
    const where = answer.status >= 300 && answer.status < 400 ? ', a redirect, which is not followed' : '';
    const said = text === '' ? '' : `: ${text}`;
    return {
      isDelivered: false,
      why: `it answered HTTP ${answer.status}${where}${said}`,
      mayBeDone: answer.status >= 500,
    };
  } catch (error) {
    const within = `it did not answer within ${limitMs / 1_000} s`;
    return limit.signal.aborted
      ? { isDelivered: false, why: within, mayBeDone: true }
      : { isDelivered: false, ...httpFailure(error) };
  } finally {
    timer.cancel();
  }
}

/** What an answer says, on one line. */
async function beginOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_READ) break;
  }
  const text = Buffer.concat(chunks).subarray(0, MOST_READ).toString('utf8');
  return cleanText(text.replace(/\s+/g, ' ').trim(), MOST_TOLD);
}
