import type { AlarmBook, AlarmChange } from '../../core/home/alarms/alarm.ts';
import type { Sent } from '../../core/notices/forms.ts';
import { entryOf, noticeOf } from '../../core/notices/notice.ts';
import {
  addNotice,
  beginTry,
  type ChannelBox,
  emptyBox,
  endTry,
  failTry,
  nextTryOf,
  type Outbox,
} from '../../core/notices/outbox.ts';
import { dueNotice, type Rules, takeEntry } from '../../core/notices/plan.ts';
import { type Clock, type Timer, wallTimeOf } from '../../io/clock.ts';
import type { Outcome } from '../../io/notices/outcome.ts';

/** A way out of the house. */
export interface Way {
  readonly name: string;
  readonly rules: Rules;
  /** Tries it once; never rejects. */
  readonly send: (sent: Sent) => Promise<Outcome>;
}

/** What is told, by which ways, and where it is kept meanwhile. */
export interface DispatchSetup {
  readonly house: string;
  readonly ways: readonly Way[];
  /** As it was kept; one that is new has taken no change yet, and those of before are not for it. */
  readonly outbox: { readonly kept: Outbox; readonly isNew: boolean };
  /** Keeps it on the disk; throws what the system says. */
  readonly keep: (outbox: Outbox) => void;
  readonly clock: Clock;
  /** Whether an alarm still waits to be acknowledged. */
  readonly isOpen: (id: string) => boolean;
  /** Called with why a channel fails, and with `null` when it has delivered. */
  readonly onOutcome: (name: string, why: string | null) => void;
  /** Called with what stands in the way of keeping it; with `null` when nothing does. */
  readonly onKept: (error: unknown) => void;
}

/** Tells what becomes of alarms until it is closed. */
export interface Dispatch {
  /** Takes changes of an earlier run; those that were taken then are left out. */
  readonly catchUp: (changes: readonly AlarmChange[], book: AlarmBook) => void;
  /** Takes changes that have just come. */
  readonly take: (changes: readonly AlarmChange[], book: AlarmBook) => void;
  /** Resolves when the tries that are out have come to their end. What waits is on the disk. */
  readonly close: () => Promise<void>;
}

/** It is looked at least so often, ms, for the wall clock may be set; and no more often than this. */
const LONGEST_WAIT_MS = 60_000;
const SHORTEST_WAIT_MS = 100;

/** Makes it: what waited in the outbox goes on. */
export function openDispatch(setup: DispatchSetup): Dispatch {
  const { ways, clock } = setup;
  const boxes = openBoxes(setup);
  let timer: Timer | null = null;
  let isClosed = false;
  const out = new Map<string, Promise<void>>();
  const start = (way: Way): void => {
    const trying = tryFirst(way, boxes, setup).then(() => {
      out.delete(way.name);
      if (!isClosed) look();
    });
    out.set(way.name, trying);
  };
  function look(): void {
    timer?.cancel();
    const now = clock.wallNow();
    const before = boxes.get().nextId;
    let nextAt = now + LONGEST_WAIT_MS;
    const ready: Way[] = [];
    for (const way of ways) {
      nextAt = Math.min(nextAt, makeNotices(way, boxes, setup, now) ?? nextAt);
      const tryAt = out.has(way.name) ? null : nextTryOf(boxes.box(way.name), now);
      if (tryAt !== null && tryAt <= now) ready.push(way);
      else nextAt = Math.min(nextAt, tryAt ?? nextAt);
    }
    if (boxes.get().nextId !== before) boxes.keep();
    for (const way of ready) start(way);
    timer = clock.after(Math.max(SHORTEST_WAIT_MS, nextAt - now), look, { isBackground: true });
  }
  const take = (changes: readonly AlarmChange[], book: AlarmBook): void => {
    const [last] = changes.slice(-1);
    if (last === undefined || isClosed) return;
    for (const change of changes) takeChange(change, book, boxes, setup);
    boxes.noteChange(last.number);
    boxes.keep();
    look();
  };
  boxes.keep();
  look();
  return {
    catchUp: (changes, book) => {
      const { lastChange } = boxes.get();
      if (!setup.outbox.isNew)
        return take(
          changes.filter(({ number }) => number > lastChange),
          book,
        );
      boxes.noteChange(changes.at(-1)?.number ?? lastChange);
      boxes.keep();
    },
    take,
    close: async () => {
      isClosed = true;
      timer?.cancel();
      await Promise.all(out.values());
    },
  };
}

type Boxes = ReturnType<typeof openBoxes>;

/** What waits for each channel. Of one that is settled no more nothing is kept. */
function openBoxes({ outbox: { kept }, ways, keep, onKept }: DispatchSetup) {
  const known = ways.map(({ name }) => [name, kept.channels[name] ?? emptyBox] as const);
  let outbox: Outbox = { ...kept, channels: Object.fromEntries(known) };
  return {
    get: (): Outbox => outbox,
    box: (name: string): ChannelBox => outbox.channels[name] ?? emptyBox,
    set: (name: string, box: ChannelBox): void => {
      outbox = { ...outbox, channels: { ...outbox.channels, [name]: box } };
    },
    noteChange: (lastChange: number): void => {
      outbox = { ...outbox, lastChange };
    },
    /** The id of a notice more. */
    nextId: (): string => {
      const { seed, nextId } = outbox;
      outbox = { ...outbox, nextId: nextId + 1 };
      return `${seed}-${nextId}`;
    },
    keep: (): void => {
      try {
        keep(outbox);
        onKept(null);
      } catch (error) {
        onKept(error);
      }
    },
  };
}

function takeChange(change: AlarmChange, book: AlarmBook, boxes: Boxes, { ways, clock }: DispatchSetup): void {
  const entry = entryOf(change, book, wallTimeOf(clock, change.at));
  for (const { name, rules } of ways) {
    const box = boxes.box(name);
    boxes.set(name, { ...box, plan: takeEntry(box.plan, name, rules, { entry, isQuiet: change.isQuiet }) });
  }
}

/** Makes what is due; gives when it is to be looked at again, ms since 1970, `null` for not before something comes. */
function makeNotices({ name, rules }: Way, boxes: Boxes, { house, isOpen }: DispatchSetup, now: number): number | null {
  for (;;) {
    const box = boxes.box(name);
    const due = dueNotice(box.plan, rules, now, isOpen);
    boxes.set(name, { ...box, plan: due.plan });
    if (due.parts === null) return due.nextAt;
    boxes.set(name, addNotice(boxes.box(name), noticeOf(due.parts, { id: boxes.nextId(), at: now, house })));
  }
}

async function tryFirst({ name, send }: Way, boxes: Boxes, { clock, onOutcome }: DispatchSetup): Promise<void> {
  const box = boxes.box(name);
  const [first] = box.queue;
  if (first === undefined) return;
  boxes.set(name, beginTry(box));
  boxes.keep();
  const outcome = await send({ notice: first.notice, isAgain: first.mayHaveCome, lost: box.lost });
  const at = clock.wallNow();
  if (outcome.isDelivered) boxes.set(name, endTry(boxes.box(name), at));
  else boxes.set(name, failTry(boxes.box(name), at, outcome.why, outcome.mayBeDone));
  boxes.keep();
  onOutcome(name, outcome.isDelivered ? null : outcome.why);
}
