import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openShutdown } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { cleanText, cleanWhole } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { createTopicBook, type TopicBook } from '../../core/explorer/topic-book.ts';
import { topicJson, topicsText } from '../../core/format/topics.ts';
import { topicFilterFault } from '../../core/mqtt/topic.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { readFormat } from '../args/operands.ts';
import type { Arguments } from '../args/parse.ts';
import { type Listened, listenFor, openTicking } from '../link/listen-for.ts';
import { readLink, readSettings, withPassword } from '../settings/connection.ts';
import { print } from '../stdio/output.ts';

/** Two cadences of slow devices, seconds. */
const DEFAULT_FOR_S = 10;
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
    const progress = openTicking(seconds => `${seconds} s, ${progressText(book)}`, world);
    const asked = { link, filters, forMs: forS * 1_000, onMessage: book.add };
    const heard = await listenFor(asked, shutdown, world).finally(progress.end);
    if (heard.refused.length === filters.length) {
      const cure = 'Name a branch that it may read: hometui acl explain says which.';
      throw new Failure(ExitCode.denied, `the broker does not let this user listen to ${filters.join(' ')}`, cure);
    }
    const { topics } = book.counts();
    const now = world.clock.wallNow();
    const entries = book.entries();
    const columns = world.stdout.columns ?? DEFAULT_COLUMNS;
    const text = format === 'json' ? entries.map(topicJson).join('') : topicsText({ entries, now, columns });
    await print(world.stdout, text);
    await print(world.stderr, `${summary({ ...heard, book }, link)}\n`);
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

function progressText(book: TopicBook): string {
  const { topics, messages } = book.counts();
  return `${countText(topics, 'topic')}, ${countText(messages, 'message')}`;
}

function summary(
  { book, refused, listenedMs, trouble }: Listened & { readonly book: TopicBook },
  { session }: LinkOptions,
): string {
  const { topics, messages } = book.counts();
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
