import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { openShutdown, type SignalCode } from '../../app/shutdown.ts';
import type { World } from '../../app/world.ts';
import { countText } from '../../core/count-text.ts';
import { discover } from '../../core/discover/discover.ts';
import { countDiscovery } from '../../core/discover/discovery-text.ts';
import { createLogCollector, type LogFacts } from '../../core/discover/log-facts.ts';
import { createObserver, type Observer, type Seen } from '../../core/discover/observer.ts';
import { readLastLines } from '../../io/examine/read-log.ts';
import { readJournal } from '../../io/log-tail/read-journal.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { type Listened, listenFor, openTicking } from '../link/listen-for.ts';

/** All that a user may read; and where the broker tells of its clients to those who may know. */
const ALL = '#';
const LOG_FILTER = '$SYS/broker/log/#';
/** Where makers and their bridges speak, for a broker that lets nobody listen to everything at once. */
const BRANCHES = [
  ...['homeassistant/#', 'zigbee2mqtt/#', 'tasmota/#', 'tele/#', 'stat/#', 'homie/#', 'shellies/#', 'esphome/#'],
  ...['home/#', 'house/#', 'heating/#', 'cellar/#', 'heizung/#', 'keller/#', '+/status/#', '+/online'],
] as const;

/** What a while of listening gave. */
export interface HeardAll {
  readonly seen: Seen;
  readonly log: LogFacts;
  readonly topics: number;
  readonly messages: number;
  /** What cannot be known from this, and why: sentences without a full stop. */
  readonly notKnown: readonly string[];
  /** A signal that is more than "enough": the command ends by it. */
  readonly ended: SignalCode | null;
}

/** What is listened to. */
export interface ListenOptions {
  readonly link: LinkOptions;
  readonly forMs: number;
  /** The broker's log file, or the word `journal`; `null` where none is named. */
  readonly brokerLog: string | null;
}

/** Listens until the time is over or somebody has had enough (Ctrl-C). Throws a `Failure` where nothing may be heard. */
export async function listenToAll({ link, forMs, brokerLog }: ListenOptions, world: World): Promise<HeardAll> {
  const observer = createObserver();
  const collector = createLogCollector(link.session.clientId);
  const shutdown = openShutdown(world);
  const decoder = new TextDecoder();
  const onMessage = (topic: string, payload: Uint8Array, isRetained: boolean, at: number): void => {
    if (!topic.startsWith('$')) observer.add(topic, payload, isRetained, at);
    else if (!isRetained) collector.add(decoder.decode(payload));
  };
  let since: number | null = null;
  const onListening = (): void => {
    since = world.clock.monotonicNow();
  };
  const leftMs = (): number => forMs - (since === null ? 0 : world.clock.monotonicNow() - since);
  const progress = openTicking(() => progressText(observer, collector.facts(), leftMs()), world);
  try {
    const asked = { link, forMs, onMessage, onListening };
    const whole = await listenFor({ ...asked, filters: [ALL, LOG_FILTER] }, shutdown, world);
    const isWhole = !whole.refused.includes(ALL);
    const heard = isWhole ? whole : await listenFor({ ...asked, filters: BRANCHES }, shutdown, world);
    if (!isWhole && heard.refused.length === BRANCHES.length) throw nothingAllowed(link);
    const unread = brokerLog === null ? null : await readLog(brokerLog, collector.add, world);
    const { topics, messages, unlisted } = observer.counts();
    const log = collector.facts();
    const seen = observer.seen(heard.listenedMs);
    const signal = shutdown.signalCode();
    return {
      ...{ seen, log, topics, messages },
      notKnown: whatIsNotKnown({ heard, isWhole, link, log, seen, unread, unlisted }),
      ended: signal === ExitCode.interrupted ? null : signal,
    };
  } finally {
    progress.end();
    await shutdown.run();
  }
}

/** Why the broker's log cannot be read; `null` where it was. */
async function readLog(log: string, add: (line: string) => void, { clock }: World): Promise<string | null> {
  const isJournal = log === 'journal';
  const lines = isJournal ? await readJournal(clock) : readLastLines(log);
  if (lines.ok) {
    for (const line of lines.value) add(line);
    return null;
  }
  return 'why' in lines.error ? `${log} cannot be read: ${lines.error.why}` : lines.error.message;
}

/** Beyond this, what was found so far is not counted each half second. */
const MOST_COUNTED = 500;

function progressText(observer: Observer, log: LogFacts, leftMs: number): string {
  const { topics } = observer.counts();
  const found = topics > MOST_COUNTED ? '' : `, found ${countDiscovery(discover(observer.seen(0), log))}`;
  return `${Math.max(0, Math.ceil(leftMs / 1_000))} s left, ${countText(topics, 'topic')}${found}; Ctrl-C: enough`;
}

function nothingAllowed({ session }: LinkOptions): Failure {
  const who = session.user ?? 'who has no user name';
  const message = `the broker lets ${who} listen neither to everything nor to a branch where makers speak`;
  const cure = 'Log in as a user who may read the house, or let this one read: nothing can be found without that.';
  return new Failure(ExitCode.denied, message, cure);
}

/** So many topics are named in one sentence. */
const MOST_NAMED = 5;

interface Circumstances {
  readonly heard: Listened;
  readonly isWhole: boolean;
  readonly link: LinkOptions;
  readonly log: LogFacts;
  /** Why the log was not read; `null` where it was, or none is named. */
  readonly unread: string | null;
  readonly seen: Seen;
  readonly unlisted: number;
}

function whatIsNotKnown(of: Circumstances): readonly string[] {
  const { heard, isWhole, link, log, seen, unread, unlisted } = of;
  const topics = seen.topics.size;
  const unheard = log.commanded.filter(topic => !seen.topics.has(topic));
  const who = link.session.user ?? 'a client without a user';
  const seconds = Math.round(heard.listenedMs / 1_000);
  const branches = BRANCHES.filter(branch => !heard.refused.includes(branch)).join(' ');
  return [
    ...(isWhole
      ? []
      : [
          `the broker refused ${who} the filter #: only ${branches} could be listened to, and what lies elsewhere is not known`,
        ]),
    topics === 0
      ? `nothing was heard in ${seconds} s: either nothing was said and nothing is retained, or ${who} may not read it; a broker like mosquitto does not tell the two apart`
      : `what ${who} may not read, and what was not said in ${seconds} s and is not retained, is not among this`,
    ...(unread === null ? [] : [`who publishes is not known from the log: ${unread}`]),
    ...(log.isTelling || topics === 0
      ? []
      : [
          "who publishes and who takes commands is not known: that stands in the broker's log with log_type debug (--broker-log)",
        ]),
    ...(unheard.length === 0
      ? []
      : [
          `by the broker's log a device takes what is sent to ${unheard.slice(0, MOST_NAMED).join(', ')}, and nothing was: switch it while discover listens, and its words and its answer are seen`,
        ]),
    ...(unlisted === 0
      ? []
      : [`${countText(unlisted, 'message')} on further topics were not looked at: there are too many`]),
    ...(heard.trouble === null ? [] : [`the connection was lost meanwhile: ${heard.trouble}`]),
  ];
}
