import { binaryText } from '../../core/explorer/binary-text.ts';
import { clearedTopics } from '../../core/explorer/clear-report.ts';
import { filtersFor, type ListeningExtent, type LookedAt } from '../../core/explorer/filter-plan.ts';
import { createRecentValues, type RecentValues } from '../../core/explorer/recent-values.ts';
import { createTopicTree, type TopicTree } from '../../core/explorer/topic-tree.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import { type ExplorerLink, type ExplorerLinkEvent, openExplorerLink } from '../../io/mqtt-link/explorer-link.ts';
import type { LinkOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { createPublisher, type Publisher } from './publisher.ts';

/** A filter that is not listened to. */
export interface RefusedFilter {
  readonly filter: string;
  /** The SUBACK's code, from 128 on; `null` where the connection ended twice when it was asked for. */
  readonly code: number | null;
}

/** How the listening goes. */
export interface ExplorerStatus {
  /** `settled`: what is retained has come. `lost`: it is tried again; `refused`: it is not. */
  readonly phase: 'opening' | 'listening' | 'settled' | 'lost' | 'refused';
  /** Of `lost` and `refused`: why, and what to do about it. */
  readonly reason: string | null;
  readonly cure: string | null;
  readonly extent: ListeningExtent;
  readonly refused: readonly RefusedFilter[];
  /** The filters that the broker has granted on this connection: what is listened to. */
  readonly granted: readonly string[];
  /** When the first of them was granted, ms since 1970; `null` where none is. */
  readonly grantedAt: number | null;
  /** Live messages a second, over the last seconds. */
  readonly rate: number;
}

/** Everything on a broker that this user may read, as long as it is open. */
export interface Explorer extends Pick<Publisher, 'publish' | 'clear'> {
  readonly tree: TopicTree;
  readonly values: RecentValues;
  readonly status: () => ExplorerStatus;
  /** Says what is looked at: on a busy broker nothing else is listened to. */
  readonly look: (looked: LookedAt) => void;
  /** Listens to all, or to what is looked at only, whatever the broker's pace is. */
  readonly setExtent: (extent: ListeningExtent) => void;
  /** Calls at each message and each change of the status; gives what takes the listener back. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Ends all subscriptions; resolves when the broker has heard it, or after a second. */
  readonly close: () => Promise<void>;
}

/** What an explorer needs. */
export interface ExplorerSetup {
  readonly link: LinkOptions;
  readonly protocol: ProtocolVersion;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** What is listened to where the broker refuses `#`. */
  readonly roots: readonly string[];
}

/** Of a payload so much is kept among the last values, bytes. */
const VALUE_BYTES = 16_384;
const SECOND_MS = 1_000;
/** The rate is of so many seconds. */
const RATE_SECONDS = 5;
/** From so many live messages, or bytes of them, a second a broker is busy: a thin line and a small machine feel it. */
const BUSY = { messages: 1_000, bytes: 250_000 };
/** For so many seconds running. */
const BUSY_SECONDS = 2;

interface Open extends Omit<ExplorerSetup, 'link' | 'protocol' | 'random'> {
  readonly tree: TopicTree;
  readonly values: RecentValues;
  readonly listeners: Set<() => void>;
  link: ExplorerLink | null;
  publisher: Publisher | null;
  /** On whose way the connection went, once. */
  suspect: string | null;
  status: ExplorerStatus;
  looked: LookedAt;
  /** Somebody said what to listen to: it stays so. */
  isExtentChosen: boolean;
  /** Live messages and bytes of the last seconds, the newest last. */
  readonly seconds: { messages: number; bytes: number }[];
}

const NOTHING_LOOKED_AT: LookedAt = { unfolded: [], topics: [], filter: null, withSystem: false };

/** Opens an explorer: it logs in beside the link of the house, with a client identifier of its own. */
export function openExplorer(setup: ExplorerSetup): Explorer {
  const open: Open = {
    clock: setup.clock,
    roots: setup.roots,
    tree: createTopicTree(),
    values: createRecentValues(),
    listeners: new Set(),
    ...{ link: null, publisher: null, suspect: null },
    status: {
      ...{ phase: 'opening', reason: null, cure: null, extent: 'all', rate: 0 },
      ...{ refused: [], granted: [], grantedAt: null },
    },
    looked: NOTHING_LOOKED_AT,
    isExtentChosen: false,
    seconds: [{ messages: 0, bytes: 0 }],
  };
  const link = openExplorerLink({ ...setup, link: withOwnId(setup) }, event => hear(open, event));
  open.link = link;
  const publisher = createPublisher({ link, protocol: setup.protocol, tree: open.tree, clock: setup.clock });
  open.publisher = publisher;
  listen(open);
  const timer = everySecond(open);
  let closing: Promise<void> | null = null;
  return {
    tree: open.tree,
    values: open.values,
    status: () => open.status,
    publish: publisher.publish,
    clear: async (topics, filter) => {
      const facts = await publisher.clear(topics, filter);
      for (const topic of clearedTopics(facts)) {
        const node = open.tree.find(topic);
        if (node !== null) open.tree.forgetRetained(node);
      }
      tell(open);
      return facts;
    },
    look: looked => {
      open.looked = looked;
      listen(open);
    },
    setExtent: extent => {
      open.isExtentChosen = true;
      change(open, { extent });
      listen(open);
    },
    subscribe: listener => {
      open.listeners.add(listener);
      return () => void open.listeners.delete(listener);
    },
    close: () => {
      timer.cancel();
      open.listeners.clear();
      closing ??= link.close();
      return closing;
    },
  };
}

/** Two clients with one identifier throw each other out. */
function withOwnId({ link, random }: ExplorerSetup): LinkOptions {
  const number = Math.floor(random() * 0x1_0000_0000);
  const clientId = `hometui-${number.toString(16).padStart(8, '0')}-e`;
  return { ...link, session: { ...link.session, clientId } };
}

function listen(open: Open): void {
  const refused = new Set(open.status.refused.map(({ filter }) => filter));
  const wanted = filtersFor(open.status.extent, open.looked, refused.has('#') ? open.roots : null);
  const asked = wanted.filter(filter => !refused.has(filter));
  const granted = open.status.granted.filter(filter => asked.includes(filter));
  if (granted.length === 0) change(open, NOTHING_GRANTED);
  else if (granted.length < open.status.granted.length) change(open, { granted });
  open.link?.listen(asked);
}

function hear(open: Open, event: ExplorerLinkEvent): void {
  switch (event.kind) {
    case 'message':
      open.publisher?.hear(event);
      note(open, event);
      return;
    case 'opened':
      change(open, { phase: 'listening', reason: null, cure: null });
      return;
    case 'answered':
      if (event.filter === open.suspect) open.suspect = null;
      if (event.code >= ReasonCode.unspecifiedError) refuse(open, event);
      else grant(open, event.filter);
      return;
    case 'settled':
      change(open, { phase: 'settled' });
      return;
    case 'refused':
      change(open, { phase: 'refused', reason: event.reason, cure: null, ...NOTHING_GRANTED });
      return;
    case 'lost':
      change(open, { phase: 'lost', reason: event.reason, cure: event.cure, ...NOTHING_GRANTED });
      suspect(open, event.unanswered[0] ?? null);
  }
}

const NOTHING_GRANTED = { granted: [], grantedAt: null } as const;

function grant(open: Open, filter: string): void {
  const { granted, grantedAt } = open.status;
  change(open, { granted: [...new Set([...granted, filter])], grantedAt: grantedAt ?? open.clock.now() });
}

/** A broker may deny by closing, as RabbitMQ does; once proves nothing. */
function suspect(open: Open, filter: string | null): void {
  const isAgain = filter !== null && filter === open.suspect;
  open.suspect = isAgain ? null : filter;
  if (isAgain) refuse(open, { filter, code: null });
}

function refuse(open: Open, { filter, code }: RefusedFilter): void {
  change(open, { refused: [...open.status.refused.filter(one => one.filter !== filter), { filter, code }] });
  listen(open);
}

function note(open: Open, { topic, payload, isRetained }: Extract<ExplorerLinkEvent, { kind: 'message' }>): void {
  const at = open.clock.now();
  const [second] = open.seconds.slice(-1);
  if (!isRetained && second !== undefined) {
    second.messages += 1;
    second.bytes += topic.length + payload.length;
  }
  const node = open.tree.add(topic, payload, isRetained, at);
  if (node !== null) {
    const whole = node.self?.payload.length === payload.length && node.self.bytes === payload.length;
    const text = whole ? (node.self?.payload ?? '') : binaryText(payload, VALUE_BYTES);
    const last = isRetained ? open.values.of(node).at(-1) : undefined;
    // What is retained comes again each time that it is asked for.
    if (last === undefined) open.values.add(node, { at, payload: text, bytes: payload.length, isRetained });
  }
  tell(open);
}

function everySecond(open: Open): Timer {
  let timer = open.clock.after(SECOND_MS, look, { isBackground: true });
  function look(): void {
    timer = open.clock.after(SECOND_MS, look, { isBackground: true });
    const sum = open.seconds.reduce((total, { messages }) => total + messages, 0);
    const rate = sum / open.seconds.length;
    const last = open.seconds.slice(-BUSY_SECONDS);
    const isBusy =
      last.length === BUSY_SECONDS && last.every(one => one.messages > BUSY.messages || one.bytes > BUSY.bytes);
    open.seconds.push({ messages: 0, bytes: 0 });
    if (open.seconds.length > RATE_SECONDS) open.seconds.shift();
    if (isBusy && !open.isExtentChosen && open.status.extent === 'all') {
      change(open, { rate, extent: 'parts' });
      listen(open);
    } else if (rate !== open.status.rate) change(open, { rate });
    else tell(open);
  }
  return { cancel: () => timer.cancel() };
}

function change(open: Open, changed: Partial<ExplorerStatus>): void {
  open.status = { ...open.status, ...changed };
  tell(open);
}

function tell({ listeners }: Open): void {
  for (const listener of [...listeners]) listener();
}
