import { payloadText } from '../explorer/payload-kind.ts';

/** One short message that was sent while somebody listened; `at` in ms since 1970. */
export interface Saying {
  readonly at: number;
  readonly text: string;
}

/** What was heard on one topic. Times are ms since 1970. */
export interface Heard {
  readonly topic: string;
  /** Messages that were sent while somebody listened; a retained one is none of these. */
  readonly live: number;
  /** Whether the broker had a retained message for it. */
  readonly isRetained: boolean;
  /** The mean time between two live messages, ms; `null` for fewer than two. */
  readonly intervalMs: number | null;
  /** The last short live messages, oldest first. */
  readonly said: readonly Saying[];
  /** The short texts that came, each once, retained ones too; up to `MOST_TEXTS`. */
  readonly texts: readonly string[];
  /** The last payload as text; `null` where it is none, or too long to be read. */
  readonly text: string | null;
  /** Of the last payload. */
  readonly bytes: number;
}

/** All that was heard on a broker within a while. */
export interface Seen {
  readonly topics: ReadonlyMap<string, Heard>;
  /** How long somebody listened, ms. */
  readonly listenedMs: number;
}

/** Collects what discovery looks at, in bounded memory. */
export interface Observer {
  /** Notes a message; `at` in ms since 1970. */
  readonly add: (topic: string, payload: Uint8Array, isRetained: boolean, at: number) => void;
  readonly seen: (listenedMs: number) => Seen;
  readonly counts: () => { readonly topics: number; readonly messages: number; readonly unlisted: number };
}

/** So many topics are looked at; a message on a further one is counted only. */
const MOST_TOPICS = 20_000;
/** A document that describes one device or one value is not longer, bytes. */
const LONGEST_DOCUMENT = 65_536;
/** Zigbee2MQTT describes all its devices in one document, bytes. */
const LONGEST_LIST = 4_194_304;
const LIST_TOPIC = /\/bridge\/devices$/;
/** Words and numbers are not longer, bytes. */
const LONGEST_WORD = 64;
const MOST_SAID = 24;
const MOST_TEXTS = 12;

interface Page {
  live: number;
  isRetained: boolean;
  firstLiveAt: number;
  lastLiveAt: number;
  said: Saying[];
  texts: Set<string>;
  payload: Uint8Array;
  bytes: number;
}

/** Makes an observer that has heard nothing yet. */
export function createObserver(mostTopics = MOST_TOPICS): Observer {
  const pages = new Map<string, Page>();
  let messages = 0;
  let unlisted = 0;
  return {
    add: (topic, payload, isRetained, at) => {
      messages++;
      const page = pages.get(topic) ?? newPage();
      if (!pages.has(topic) && pages.size >= mostTopics) unlisted++;
      else {
        pages.set(topic, page);
        note(page, topic, payload, isRetained, at);
      }
    },
    seen: listenedMs => ({
      topics: new Map([...pages].map(([topic, page]) => [topic, heardOf(topic, page)])),
      listenedMs,
    }),
    counts: () => ({ topics: pages.size, messages, unlisted }),
  };
}

const NOTHING = new Uint8Array();

function newPage(): Page {
  const times = { firstLiveAt: 0, lastLiveAt: 0 };
  return { live: 0, isRetained: false, ...times, said: [], texts: new Set(), payload: NOTHING, bytes: 0 };
}

function note(page: Page, topic: string, payload: Uint8Array, isRetained: boolean, at: number): void {
  const longest = LIST_TOPIC.test(topic) ? LONGEST_LIST : LONGEST_DOCUMENT;
  // A copy: what is handed over may be a part of a larger packet, which would be kept with it.
  page.payload = payload.length > longest ? NOTHING : payload.slice();
  page.bytes = payload.length;
  const text = payload.length > LONGEST_WORD ? null : payloadText(payload, payload.length);
  if (text !== null && text !== '' && page.texts.size < MOST_TEXTS) page.texts.add(text.trim());
  if (isRetained) {
    page.isRetained = true;
    return;
  }
  if (page.live === 0) page.firstLiveAt = at;
  page.live++;
  page.lastLiveAt = at;
  if (text === null) return;
  page.said.push({ at, text: text.trim() });
  if (page.said.length > MOST_SAID) page.said.shift();
}

function heardOf(topic: string, page: Page): Heard {
  const { live, isRetained, firstLiveAt, lastLiveAt, said, texts, payload, bytes } = page;
  const isWhole = payload.length === bytes;
  return {
    ...{ topic, live, isRetained, bytes },
    intervalMs: live < 2 ? null : (lastLiveAt - firstLiveAt) / (live - 1),
    said: [...said],
    texts: [...texts],
    text: isWhole && bytes > 0 ? payloadText(payload, bytes) : null,
  };
}
