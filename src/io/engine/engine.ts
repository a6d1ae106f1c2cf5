import { cleanText } from '../../core/clean-text.ts';
import type { EngineAddress } from '../../core/engine/address.ts';
import { engineHistory, type RunAnswer } from '../../core/engine/engine-history.ts';
import { influxQuestion, readInfluxAnswer } from '../../core/engine/influxql.ts';
import { LISTENING_STEP_S } from '../../core/engine/lines.ts';
import type { AskedSeries, EngineAnswer } from '../../core/engine/part.ts';
import {
  listeningMetric,
  MOST_POINTS,
  newestExported,
  promQuestion,
  readPromAnswer,
} from '../../core/engine/promql.ts';
import { type Run, runsOf } from '../../core/engine/runs.ts';
import type { HistoryAnswer, HistoryItem } from '../../core/history/query/query.ts';
import type { Span } from '../../core/history/spans.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { EngineHttp, EngineReply } from './http.ts';

/** How the sending of lines ended. */
export type WriteOutcome =
  | { readonly kind: 'written' }
  /** The engine does not take these lines, and never will. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'too-much' }
  /** Something about the engine or the login is to be mended first. */
  | { readonly kind: 'not-ready'; readonly why: string; readonly cure: string }
  /**
   * Nobody there, or it cannot at this moment; with `mayBeDone` it may have written them all the same. `retryAfterMs` is how
   * long it wants to be left alone, `null` where it does not say.
   */
  | {
      readonly kind: 'failed';
      readonly why: string;
      readonly mayBeDone: boolean;
      readonly retryAfterMs: number | null;
    };

/** A question about a stretch of time, as `queryHistory` takes it; seconds since 1970. */
export interface EngineQuestion {
  readonly house: string;
  readonly items: readonly HistoryItem[];
  readonly edges: readonly number[];
  readonly now: number;
  /** Breaks it off. */
  readonly signal?: AbortSignal;
}

/** The database of another machine, for writing and reading. Nothing rejects. */
export interface Engine {
  readonly address: EngineAddress;
  readonly write: (lines: string) => Promise<WriteOutcome>;
  /**
   * The last minute within a stretch that the engine knows to have been listened to, as the second when it begins: what was
   * sent up to its end has arrived; `null` for none. The error is one sentence without a full stop.
   */
  readonly newestMinute: (house: string, span: Span) => Promise<Result<number | null, string>>;
  /** Whether what is sent twice is kept once: then nothing needs to be asked before it is sent again. */
  readonly foldsDoubles: () => Promise<boolean>;
  /** The error is one sentence without a full stop. */
  readonly query: (question: EngineQuestion) => Promise<Result<HistoryAnswer, string>>;
}

/** Opens an engine; nothing is asked yet. */
export function openEngine(address: EngineAddress, http: EngineHttp): Engine {
  let known: boolean | null = null;
  // VictoriaMetrics answers to /write as InfluxDB does; the API of Prometheus is only its own.
  const speaksPromQl = async (by = http): Promise<boolean> => {
    if (address.kind === 'prometheus') return true;
    if (known !== null) return known;
    const reply = await by({ url: `${address.base}/api/v1/status/buildinfo` });
    if (reply.isAnswer) known = reply.status === 200 && /"status"\s*:\s*"success"/.test(reply.text);
    return known ?? false;
  };
  const askBy =
    (by: EngineHttp) =>
    async (asked: AskedSeries, run: Run): Promise<Result<EngineAnswer, string>> =>
      (await speaksPromQl(by)) ? askProm(address, by, asked, run) : askInflux(address, by, asked, run);
  return {
    address,
    write: async lines => outcomeOf(await http({ url: address.writeUrl, body: lines }), address),
    newestMinute: async (house, span) =>
      (await speaksPromQl()) ? newestOfProm(address, http, house, span) : newestOfInflux(address, http, house, span),
    foldsDoubles: async () => !(await speaksPromQl()),
    query: question => {
      const { signal } = question;
      return query(question, askBy(signal === undefined ? http : request => http({ ...request, signal })));
    },
  };
}

async function query(
  { house, items, edges, now }: EngineQuestion,
  ask: (asked: AskedSeries, run: Run) => Promise<Result<EngineAnswer, string>>,
): Promise<Result<HistoryAnswer, string>> {
  const answers: RunAnswer[] = [];
  for (const run of runsOf(edges, MOST_POINTS)) {
    const listening = await ask({ house, sensor: null }, run);
    if (!listening.ok) return listening;
    const parts: EngineAnswer['parts'][] = [];
    for (const { id, unit } of items) {
      const answer = await ask({ house, sensor: { id, unit } }, run);
      if (!answer.ok) return answer;
      parts.push(answer.value.parts);
    }
    answers.push({ stepS: run.stepS, items: parts, heard: listening.value.heard });
  }
  return ok(engineHistory(items, edges, now, answers));
}

/** Asked for as it was written: what is computed leaves out the last half minute (VictoriaMetrics, -search.latencyOffset). */
async function newestOfProm(
  { base }: EngineAddress,
  http: EngineHttp,
  house: string,
  { from, until }: Span,
): Promise<Result<number | null, string>> {
  const match = listeningMetric(house);
  const words = new URLSearchParams({ 'match[]': match, start: `${from}`, end: `${until - 1}` });
  const reply = await http({ url: `${base}/api/v1/export?${words}` });
  if (!reply.isAnswer) return fail(reply.why);
  if (reply.status !== 200) return fail(refusalWords(reply));
  const newest = newestExported(reply.text);
  return newest === undefined ? fail('it did not answer in the form of its export') : ok(newest);
}

async function newestOfInflux(
  address: EngineAddress,
  http: EngineHttp,
  house: string,
  { from, until }: Span,
): Promise<Result<number | null, string>> {
  const count = Math.ceil((until - from) / LISTENING_STEP_S);
  const answer = await askInflux(address, http, { house, sensor: null }, { from, stepS: LISTENING_STEP_S, count });
  if (!answer.ok) return answer;
  return ok(answer.value.heard.reduce<number | null>((last, { from: at }) => Math.max(last ?? at, at), null));
}

async function askProm(
  { kind, base }: EngineAddress,
  http: EngineHttp,
  asked: AskedSeries,
  run: Run,
): Promise<Result<EngineAnswer, string>> {
  const { query, start, end, step } = promQuestion(kind, asked, run);
  const body = new URLSearchParams({ query, start: `${start}`, end: `${end}`, step: `${step}`, nocache: '1' });
  const reply = await http({ url: `${base}/api/v1/query_range`, body });
  return readReply(reply, answer => readPromAnswer(kind, asked, run, answer));
}

async function askInflux(
  { base, database }: EngineAddress,
  http: EngineHttp,
  asked: AskedSeries,
  run: Run,
): Promise<Result<EngineAnswer, string>> {
  const words = new URLSearchParams({ db: database, epoch: 's', q: influxQuestion(asked, run) });
  return readReply(await http({ url: `${base}/query?${words}` }), readInfluxAnswer);
}

function readReply(reply: EngineReply, read: (answer: unknown) => EngineAnswer | string): Result<EngineAnswer, string> {
  if (!reply.isAnswer) return fail(reply.why);
  let answer: EngineAnswer | string;
  try {
    answer = read(JSON.parse(reply.text));
  } catch {
    return fail(refusalWords(reply));
  }
  return typeof answer === 'string' ? fail(answer) : ok(answer);
}

function outcomeOf(reply: EngineReply, { database }: EngineAddress): WriteOutcome {
  if (!reply.isAnswer) return { kind: 'failed', why: reply.why, mayBeDone: reply.mayBeDone, retryAfterMs: null };
  const { status, retryAfterMs } = reply;
  if (status >= 200 && status < 300) return { kind: 'written' };
  if (status === 413) return { kind: 'too-much' };
  const why = refusalWords(reply);
  if (status === 401 || status === 403) {
    return { kind: 'not-ready', why, cure: 'Give it a user and password, or a token, that may write there.' };
  }
  if (status === 404) {
    return { kind: 'not-ready', why, cure: `Make the database ${database} there, or mend its name in the settings.` };
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'refused', why };
  return { kind: 'failed', why, mayBeDone: status >= 500, retryAfterMs };
}

const LONGEST_WORDS = 200;

/** What the engine says of a request that it does not answer as asked. */
function refusalWords({ status, text }: EngineReply & { isAnswer: true }): string {
  const said = /"(?:error|message)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  const words = cleanText(said.replace(/\\(.)/g, '$1').replace(/\s+/g, ' ').trim(), LONGEST_WORDS);
  return `it answers ${status}${words === '' ? '' : `: ${words}`}`;
}
