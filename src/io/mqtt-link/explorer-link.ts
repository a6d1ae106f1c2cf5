import type { PublishAnswer } from '../../core/explorer/publish-verdict.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import { describeConnack, ReasonCode } from '../../core/mqtt/reason-code.ts';
import { matchesFilter } from '../../core/mqtt/topic.ts';
import type { Clock, Timer } from '../clock.ts';
import type { PlainPublish } from '../mqtt-connection/client-internals.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import type { ConnectionEnd } from '../mqtt-connection/connection-end.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { retryWaitMs } from './backoff.ts';
import { describeEnd } from './failure.ts';
import { within } from './within.ts';

/** What happens on it. Texts from the network are not safe to show as they are. */
export type ExplorerLinkEvent =
  | { readonly kind: 'opened' }
  /** The SUBACK's code for one filter. */
  | { readonly kind: 'answered'; readonly filter: string; readonly code: number }
  /** All that was asked for so far is answered, and what is retained there has come. */
  | { readonly kind: 'settled' }
  /** `unanswered` are the filters that the broker gave no answer to before it was gone; it is tried again. */
  | {
      readonly kind: 'lost';
      readonly reason: string;
      readonly cure: string | null;
      readonly unanswered: readonly string[];
    }
  /** The login was refused; there is no further try. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'message'; readonly topic: string; readonly payload: Uint8Array; readonly isRetained: boolean };

/** A connection beside the link of the house: what comes on it is not the house's, and goes when it is closed. */
export interface ExplorerLink {
  /** Subscribes these filters and no others, also on the connections to come. */
  readonly listen: (filters: readonly string[]) => void;
  /**
   * Publishes a message. `isAside`: our own subscriptions that match stand aside for it, or they would hide from the
   * acknowledgement that nobody else has one (MQTT 5, reason code 0x10).
   */
  readonly publish: (message: PlainPublish, isAside: boolean) => Promise<PublishAnswer>;
  /** Listens to a topic besides, where that is not listened to already; gives what ends it. */
  readonly listenBeside: (topic: string) => Promise<() => void>;
  /** The topics that the broker has retained messages for, asked anew; `null` where it does not answer. */
  readonly askAgain: (filter: string) => Promise<ReadonlySet<string> | null>;
  /** Takes all subscriptions back, says goodbye and resolves when the broker has heard it, or after a second. */
  readonly close: () => Promise<void>;
}

/** What it is opened with. */
export interface ExplorerLinkOptions {
  readonly link: LinkOptions;
  /** What the link of the house found that the broker speaks. */
  readonly protocol: ProtocolVersion;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

const CLOSE_LIMIT_MS = 1_000;

interface Kept {
  readonly options: ExplorerLinkOptions;
  readonly report: (event: ExplorerLinkEvent) => void;
  wanted: readonly string[];
  /** Asked for on this connection. */
  readonly asked: Set<string>;
  readonly unanswered: Set<string>;
  opening: OpeningConnection | null;
  connection: Connection | null;
  retry: Timer | null;
  failures: number;
  isClosed: boolean;
  /** What is retained, as it comes while it is asked again. */
  retained: Set<string> | null;
}

/** Opens it; every outcome is an event, and nothing is reported after it was closed. */
export function openExplorerLink(
  options: ExplorerLinkOptions,
  report: (event: ExplorerLinkEvent) => void,
): ExplorerLink {
  const kept: Kept = {
    ...{ options, wanted: [], asked: new Set(), unanswered: new Set(), failures: 0, isClosed: false },
    ...{ opening: null, connection: null, retry: null, retained: null },
    report: event => {
      if (!kept.isClosed) report(event);
    },
  };
  connect(kept);
  return {
    listen: filters => {
      kept.wanted = filters;
      if (kept.connection !== null) ask(kept, kept.connection);
    },
    publish: (message, isAside) => publish(kept, message, isAside),
    listenBeside: async topic => {
      const { connection } = kept;
      if (connection === null || [...kept.asked].some(filter => matchesFilter(filter, topic))) return () => {};
      await within(options.clock, ANSWER_LIMIT_MS, connection.subscribe(topic, 0));
      return () => void connection.unsubscribe([topic]);
    },
    askAgain: filter => askAgain(kept, filter),
    close: async () => {
      const { connection, opening } = kept;
      kept.isClosed = true;
      kept.connection = null;
      kept.retry?.cancel();
      if (connection !== null) await within(options.clock, CLOSE_LIMIT_MS, leave(connection, [...kept.asked]));
      opening?.drop();
    },
  };
}

/** The answer to the UNSUBSCRIBE says that nothing is subscribed any more: a DISCONNECT has none. */
async function leave(connection: Connection, filters: readonly string[]): Promise<void> {
  if (filters.length > 0) await connection.unsubscribe(filters);
  await connection.close();
}

function connect(kept: Kept): void {
  const { link, protocol, clock } = kept.options;
  const credentials = { user: link.session.user, password: link.password };
  kept.opening = openConnection({
    ...{ options: link, credentials, protocol, clock },
    handlers: {
      onOpened: connection => {
        kept.connection = connection;
        kept.report({ kind: 'opened' });
        ask(kept, connection);
      },
      onMessage: (topic, payload, isRetained) => {
        if (isRetained && payload.length > 0) kept.retained?.add(topic);
        kept.report({ kind: 'message', topic, payload, isRetained });
      },
      onEnded: end => lose(kept, end),
    },
  });
}

/** One filter per SUBSCRIBE: a broker that refuses one may refuse the whole packet. */
function ask(kept: Kept, connection: Connection): void {
  const { asked, unanswered, wanted } = kept;
  const unwanted = [...asked].filter(filter => !wanted.includes(filter));
  const added = wanted.filter(filter => !asked.has(filter));
  if (unwanted.length === 0 && added.length === 0) return;
  for (const filter of unwanted) asked.delete(filter);
  if (unwanted.length > 0) void connection.unsubscribe(unwanted);
  const answers = added.map(async filter => {
    asked.add(filter);
    unanswered.add(filter);
    const code = await connection.subscribe(filter, 0);
    if (kept.connection !== connection) return;
    unanswered.delete(filter);
    kept.failures = 0;
    kept.report({ kind: 'answered', filter, code });
  });
  void Promise.all(answers).then(async () => {
    await connection.ping();
    if (kept.connection === connection && unanswered.size === 0) kept.report({ kind: 'settled' });
  });
}

/** How long an acknowledgement is waited for, ms. */
const ANSWER_LIMIT_MS = 5_000;

async function publish(kept: Kept, message: PlainPublish, isAside: boolean): Promise<PublishAnswer> {
  const { connection } = kept;
  const { clock } = kept.options;
  if (connection === null) return { kind: 'not-sent', why: 'there is no connection to the broker' };
  const aside = isAside ? [...kept.asked].filter(filter => matchesFilter(filter, message.topic)) : [];
  if (aside.length > 0) void connection.unsubscribe(aside);
  let code: number | null = null;
  let found = (): void => {};
  const answered = new Promise<void>(resolve => {
    found = resolve;
  });
  const unsendable = connection.publishAs(message, given => {
    code = given;
    found();
  });
  for (const filter of aside) void connection.subscribe(filter, 0, true);
  if (unsendable !== null) return { kind: 'not-sent', why: unsendable.why };
  // At QoS 0 the answer to a ping says that the broker has read what was sent before.
  if (message.qos === 0) void connection.ping().then(found);
  if (await within(clock, ANSWER_LIMIT_MS, answered)) return { kind: 'taken', code };
  return { kind: kept.connection === connection ? 'silent' : 'lost' };
}

async function askAgain(kept: Kept, filter: string): Promise<ReadonlySet<string> | null> {
  const { connection } = kept;
  if (connection === null) return null;
  const retained = new Set<string>();
  kept.retained = retained;
  const isRefused = connection.subscribe(filter, 0).then(code => code >= ReasonCode.unspecifiedError);
  const answered = connection.ping();
  const isAnswered = await within(kept.options.clock, ANSWER_LIMIT_MS, Promise.all([isRefused, answered]));
  kept.retained = null;
  if (!kept.asked.has(filter)) void connection.unsubscribe([filter]);
  return isAnswered && !(await isRefused) ? retained : null;
}

function lose(kept: Kept, end: ConnectionEnd): void {
  const { link, clock, random } = kept.options;
  const unanswered = [...kept.unanswered];
  kept.connection = null;
  kept.asked.clear();
  kept.unanswered.clear();
  if (kept.isClosed) return;
  if (end.kind === 'refused') {
    kept.report({ kind: 'refused', reason: describeConnack(end.code) });
    return;
  }
  kept.failures += 1;
  kept.retry = clock.after(retryWaitMs(kept.failures, random), () => connect(kept));
  const { message: reason, cure } = describeEnd(end, {
    options: link,
    credentials: { user: link.session.user, password: link.password },
  });
  kept.report({ kind: 'lost', reason, cure, unanswered });
}
