import type { ClearFacts } from '../../core/explorer/clear-report.ts';
import type { PublishAnswer, PublishFacts, TopicMessage } from '../../core/explorer/publish-verdict.ts';
import type { TopicTree } from '../../core/explorer/topic-tree.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import type { Clock } from '../../io/clock.ts';
import type { ExplorerLink, ExplorerLinkEvent } from '../../io/mqtt-link/explorer-link.ts';

/** What is seen of a message; what is known of the house is to be added. */
export type PublishSeen = Omit<PublishFacts, 'isHeardByUs' | 'isEchoSure'>;

/** Publishes what a person asked for, and finds out what became of it. */
export interface Publisher {
  readonly publish: (message: TopicMessage) => Promise<PublishSeen>;
  /** Clears what is retained on these topics, all of which a filter takes in, and asks the broker again. */
  readonly clear: (topics: readonly string[], filter: string) => Promise<ClearFacts>;
  /** Each message that comes. */
  readonly hear: (message: Extract<ExplorerLinkEvent, { kind: 'message' }>) => void;
}

/** What it needs. */
export interface PublisherSetup {
  readonly link: Pick<ExplorerLink, 'publish' | 'askAgain' | 'listenBeside'>;
  readonly protocol: ProtocolVersion;
  readonly tree: TopicTree;
  readonly clock: Clock;
}

/** So long after the broker has taken it our own message may still come back, ms: nats sends it later. */
const ECHO_GRACE_MS = 400;

/** Makes one. */
export function createPublisher({ link, protocol, tree, clock }: PublisherSetup): Publisher {
  let awaited: { readonly message: TopicMessage; readonly found: () => void } | null = null;
  const pause = (ms: number): Promise<void> => new Promise(resolve => void clock.after(ms, resolve));
  const withEcho = async (message: TopicMessage): Promise<{ answer: PublishAnswer; hasEcho: boolean }> => {
    let hasEcho = false;
    let found = (): void => {};
    const echo = new Promise<void>(resolve => {
      found = resolve;
    });
    awaited = { message, found: () => found() };
    void echo.then(() => {
      hasEcho = true;
    });
    const stop = await link.listenBeside(message.topic);
    const answer = await link.publish(message, false);
    if (answer.kind === 'taken') await Promise.race([echo, pause(ECHO_GRACE_MS)]);
    awaited = null;
    stop();
    return { answer, hasEcho };
  };
  return {
    publish: async message => {
      const { self = null } = tree.find(message.topic) ?? {};
      const isByCode = protocol === '5' && message.qos > 0;
      const seen = isByCode ? { answer: await link.publish(message, true), hasEcho: false } : await withEcho(message);
      return { message, protocol, mayRead: self !== null, ...seen };
    },
    clear: async (topics, filter) => {
      const answers = new Map<string, PublishAnswer>();
      for (const topic of topics) {
        const answer = await link.publish({ topic, payload: '', qos: 1, retain: true }, false);
        answers.set(topic, answer);
        // What is not answered once is not asked a hundred times.
        if (answer.kind !== 'taken') break;
      }
      const still = await link.askAgain(filter);
      const asked = still === null ? null : new Set(topics.filter(topic => still.has(topic)));
      for (const topic of topics) if (!answers.has(topic)) answers.set(topic, { kind: 'not-sent', why: NOT_TRIED });
      return { answers, still: asked };
    },
    hear: ({ topic, payload, isRetained }) => {
      if (awaited === null || isRetained || topic !== awaited.message.topic) return;
      if (new TextDecoder().decode(payload) === awaited.message.payload) awaited.found();
    },
  };
}

const NOT_TRIED = 'it was not tried, for the one before was not acknowledged';
