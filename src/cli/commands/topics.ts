import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openShutdown, type Shutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { cleanText, cleanWhole } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { createTopicBook, type TopicBook } from '../../core/explorer/topic-book.ts';
import { topicJson, topicsText } from '../../core/format/topics.ts';
import { topicFilterFault } from '../../core/mqtt/topic.ts';
import { type DeviceLinkEvent, openDeviceLink } from '../../io/mqtt-link/device-link.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { readLink, readSettings, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';

/** Two cadences of slow devices, seconds. */
const DEFAULT_FOR_S = 10;
/** A person wants to see that something is going on, ms. */
const PROGRESS_MS = 500;
/** The width where the output is no terminal. */
const DEFAULT_COLUMNS = 100;

/** `hometui topics [FILTER…]`: listens for a while and tells each topic that was heard. */
export async function runTopics(args: Arguments, world: World): Promise<ExitCode> {
  const format = readFormat(args, ['text', 'json']);
  const filters = readFilters(args.operands);
  const settings = await readSettings(args, world);
  const link = await withPassword(readLink(settings, world, args.flags), settings, world);
  const forS = args.flags.for ?? DEFAULT_FOR_S;
  const shutdown = openShutdown(world);
  try {
    const book = createTopicBook();
    const progress = openProgress(book, world);
    const heard = await listen({ link, filters, forMs: forS * 1_000, book }, shutdown, world).finally(progress.end);
    const { topics, messages } = book.counts();
    const now = world.clock.wallNow();
    const entries = book.entries();
    const columns = world.stdout.columns ?? DEFAULT_COLUMNS;
    const text = format === 'json' ? entries.map(topicJson).join('') : topicsText({ entries, now, columns });
    await print(world.stdout, text);
    await print(world.stderr, `${summary(heard, link, topics, messages)}\n`);
    const code = shutdown.signalCode();
    if (code !== null) return code;
    return topics === 0 ? ExitCode.unknown : ExitCode.ok;
  } finally {
    await shutdown.run();
  }
}

function readFilters(operands: readonly string[]): readonly string[] {
  for (const filter of operands) {
    const fault = topicFilterFault(filter);
    if (fault === null) continue;
    const cure = "As in: hometui topics 'heating/#' (in quotes, or the shell takes the # for a comment)";
    throw new Failure(ExitCode.usage, `"${cleanText(filter, 60)}" is no topic filter: ${fault}`, cure);
  }
  return operands.length === 0 ? ['#'] : [...new Set(operands)];
}

interface Asked {
  readonly link: LinkOptions;
  readonly filters: readonly string[];
  readonly forMs: number;
  /** Where what is heard goes. */
  readonly book: TopicBook;
}

interface Heard {
  readonly book: TopicBook;
  readonly refused: readonly string[];
  readonly listenedMs: number;
  /** What ended or broke the listening; `null` for nothing. */
  readonly trouble: string | null;
}

/** From the first SYN to the answer to the last SUBSCRIBE, ms. */
const CONNECT_LIMIT_MS = 12_000;
const NO_ANSWER = { reason: 'the broker gave no answer in time', cure: 'Check host and port.' };

/**
 * Resolves when the time is over, which counts from when we listen, or a signal comes. Rejects with a `Failure` where
 * nobody let us in, or to none of the filters.
 */
function listen({ link, filters, forMs, book }: Asked, shutdown: Shutdown, world: World): Promise<Heard> {
  const { clock, random } = world;
  const refused: string[] = [];
  let since: number | null = null;
  let trouble: string | null = null;
  return new Promise((resolve, reject) => {
    const refuse = (code: ExitCode, reason: string, cure: string | null): void =>
      reject(new Failure(code, reason, cure));
    const end = (): void => {
      resolve({ book, refused, listenedMs: since === null ? 0 : clock.monotonicNow() - since, trouble });
    };
    let timer = clock.after(CONNECT_LIMIT_MS, () => refuse(ExitCode.unreachable, NO_ANSWER.reason, NO_ANSWER.cure));
    const onConnected = (): void => {
      if (refused.length === filters.length) {
        const cure = 'Name a branch that it may read: hometui acl explain says which.';
        refuse(ExitCode.denied, `the broker does not let this user listen to ${refused.join(' ')}`, cure);
      }
      if (since !== null) return;
      since = clock.monotonicNow();
      timer.cancel();
      timer = clock.after(forMs, end);
    };
    const onEvent = (event: DeviceLinkEvent): void => {
      if (event.kind === 'message') book.add(event.topic, event.payload, event.isRetained, clock.wallNow());
      else if (event.kind === 'connected') onConnected();
      else if (event.kind === 'subscription-refused') refused.push(event.topic);
      else if (event.kind === 'refused') refuse(ExitCode.denied, event.reason, 'Check user and password.');
      else if (since === null) refuse(ExitCode.unreachable, event.reason, event.cure);
      else trouble = event.reason;
    };
    const device = openDeviceLink({ link, commands: filters, random, clock }, onEvent);
    shutdown.add(device.close);
    shutdown.add(() => timer.cancel());
    shutdown.stopped.addEventListener('abort', end);
  });
}

function openProgress(book: TopicBook, { stderr, clock }: World): { readonly end: () => void } {
  if (stderr.isTTY !== true) return { end: () => {} };
  const startedAt = clock.monotonicNow();
  const show = (): void => {
    const { topics, messages } = book.counts();
    const seconds = Math.floor((clock.monotonicNow() - startedAt) / 1_000);
    stderr.write(`\rhometui: ${seconds} s, ${countText(topics, 'topic')}, ${countText(messages, 'message')} \u001b[K`);
    timer = clock.after(PROGRESS_MS, show);
  };
  let timer = clock.after(PROGRESS_MS, show);
  return {
    end: () => {
      timer.cancel();
      stderr.write('\r\u001b[K');
    },
  };
}

function summary(
  { book, refused, listenedMs, trouble }: Heard,
  { session }: LinkOptions,
  topics: number,
  messages: number,
): string {
  const who = session.user === null ? 'without a user' : `as ${session.user}`;
  const heard = `${countText(topics, 'topic')} in ${Math.round(listenedMs / 1_000)} s, ${countText(messages, 'message')}`;
  const lines = [
    `hometui: heard ${heard}, ${who} at ${session.url}; what this user may not read is not among them`,
    ...refused.map(filter => `hometui: the broker does not let us listen to ${filter}`),
    ...(book.unlisted() === 0
      ? []
      : [`hometui: ${countText(book.unlisted(), 'message')} on further topics are not listed`]),
    ...(trouble === null ? [] : [`hometui: the connection was lost meanwhile: ${trouble}`]),
  ];
  return lines.map(cleanWhole).join('\n');
}
