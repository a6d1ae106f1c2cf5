import type { Priority } from '../home/alarms/alarm.ts';
import type { ChannelSettings } from '../settings/notices.ts';
import { isAtLeast, isEnding, isRaising, type NoticeEntry, type NoticeParts } from './notice.ts';
import { quietUntil } from './quiet-hours.ts';

/** What a channel was told of one alarm. Moments are ms since 1970. */
interface Told {
  readonly isOn: boolean;
  /** When it was last told that it is there, and that it is over; `null` for never. */
  readonly onAt: number | null;
  readonly offAt: number | null;
  /** What is told again until somebody acknowledges it; `null` where nothing is. */
  readonly open: NoticeEntry | null;
}

/** Where a channel stands: plain data, so that it can be kept. */
export interface ChannelPlan {
  /** What waits to be told, in its order. */
  readonly held: readonly NoticeEntry[];
  /** Since when something waits, ms since 1970. */
  readonly heldSince: number | null;
  /** When notices were made within the last hour, ms since 1970. */
  readonly madeAt: readonly number[];
  /** By alarm. */
  readonly told: Readonly<Record<string, Told>>;
}

/** A channel before the first notice. */
export const emptyPlan: ChannelPlan = { held: [], heldSince: null, madeAt: [], told: {} };

/** What comes within this time is told in one, ms. */
const TOGETHER_MS = 5_000;
/** The same of the same alarm is told once in this time, ms, and so many notices altogether; then they wait. */
const HOUR_MS = 3_600_000;
const MOST_AN_HOUR = 10;
const NEVER_TOLD: Told = { isOn: false, onAt: null, offAt: null, open: null };

/** What a channel tells. */
export type Rules = Pick<ChannelSettings, 'least' | 'resolved' | 'repeatMinutes' | 'quiet'>;

/** A change, and whether it is not to be announced: the alarm is shelved, or one of a flood. */
export interface Taken {
  readonly entry: NoticeEntry;
  readonly isQuiet: boolean;
}

/** The plan with a change in it, where the channel of this name tells of such ones. */
export function takeEntry(plan: ChannelPlan, name: string, rules: Rules, { entry, isQuiet }: Taken): ChannelPlan {
  const key = keyOf(entry);
  const told = plan.told[key] ?? NEVER_TOLD;
  const isMeant = entry.tell === null || entry.tell.includes(name);
  if (!isMeant || !isAtLeast(entry.priority, rules.least ?? 'warning')) return plan;
  if (isRaising(entry.kind)) return isQuiet ? plan : hold(plan, entry);
  const isTold = told.isOn || plan.held.some(other => keyOf(other) === key);
  if (isEnding(entry.kind) && rules.resolved !== false && !isQuiet) {
    const closed = withTold(plan, key, { ...told, open: null });
    return isTold ? hold(closed, entry) : closed;
  }
  // Somebody takes care of it, or it is over and nobody wants to be told.
  const isOn = told.isOn && !isEnding(entry.kind);
  const rest = isEnding(entry.kind) ? plan.held.filter(other => keyOf(other) !== key) : plan.held;
  return withTold({ ...plan, held: rest }, key, { ...told, isOn, open: null });
}

/** What is to be told now; `nextAt` is when it is to be asked again, ms since 1970, `null` for not before something comes. */
export interface Due {
  readonly plan: ChannelPlan;
  readonly parts: NoticeParts | null;
  readonly nextAt: number | null;
}

/** What a channel is to tell at this moment, ms since 1970; `isOpen` says whether an alarm still waits to be acknowledged. */
export function dueNotice(plan: ChannelPlan, rules: Rules, now: number, isOpen: (id: string) => boolean): Due {
  // A clock that was set back is no reason to say nothing for years.
  const madeAt = plan.madeAt.filter(at => at <= now && at > now - HOUR_MS);
  const pruned = { ...plan, madeAt };
  const { entries, held, nextAt } = sortHeld(pruned, rules, now);
  const waiting = { ...pruned, held, heldSince: held.length === 0 ? null : (plan.heldSince ?? now) };
  const reminders = remindersOf(waiting, rules, now, isOpen);
  const isReminder = entries.length === 0;
  const parts = isReminder ? reminders.entries : entries;
  const laterAt = earliest(nextAt, reminders.nextAt);
  if (parts.length === 0) return { plan: waiting, parts: null, nextAt: laterAt };
  const [oldest = now] = madeAt;
  const freeAt = oldest + HOUR_MS;
  // One more says why it becomes silent.
  if (madeAt.length > MOST_AN_HOUR) return { plan: pruned, parts: null, nextAt: freeAt };
  const isLast = madeAt.length === MOST_AN_HOUR;
  const next = markTold({ ...waiting, madeAt: [...madeAt, now] }, parts, now);
  const type = isReminder ? 'reminder' : 'alarms';
  return { plan: next, parts: { type, entries: parts, waitsUntil: isLast ? freeAt : null }, nextAt: now };
}

/** What may be told now of what waits: of each alarm the last, and nothing that was told within the hour. */
function sortHeld(plan: ChannelPlan, rules: Rules, now: number) {
  const none = { entries: [] as readonly NoticeEntry[], held: plan.held, nextAt: null as number | null };
  if (plan.held.length === 0) return none;
  const readyAt = (plan.heldSince ?? now) + TOGETHER_MS;
  if (now < readyAt && readyAt - now <= TOGETHER_MS) return { ...none, nextAt: readyAt };
  const quietEnd = rules.quiet === undefined ? null : quietUntil(rules.quiet, now);
  const last = new Map(plan.held.map(entry => [keyOf(entry), entry]));
  const entries: NoticeEntry[] = [];
  const held: NoticeEntry[] = [];
  let nextAt: number | null = null;
  for (const [key, entry] of last) {
    const waitsUntil = waitsFor(entry, plan.told[key] ?? NEVER_TOLD, rules, quietEnd, now);
    if (waitsUntil === null) entries.push(entry);
    else if (waitsUntil !== 'nothing') {
      held.push(entry);
      nextAt = earliest(nextAt, waitsUntil);
    }
  }
  return { entries, held, nextAt };
}

/** Until when an entry waits, ms since 1970; `null`: it does not; `nothing`: it is what was told already. */
function waitsFor(
  entry: NoticeEntry,
  told: Told,
  { quiet }: Rules,
  quietEnd: number | null,
  now: number,
): number | null | 'nothing' {
  const isOn = isRaising(entry.kind);
  if (isOn === told.isOn && entry.kind !== 'repeated' && entry.kind !== 'flooded') return 'nothing';
  if (quietEnd !== null && !isAtLeast(entry.priority, quietLeast(quiet))) return quietEnd;
  const before = isOn ? told.onAt : told.offAt;
  return before !== null && before <= now && now - before < HOUR_MS ? before + HOUR_MS : null;
}

function quietLeast(quiet: Rules['quiet']): Priority {
  return quiet?.least ?? 'alarm';
}

/** What nobody has acknowledged for so long that it is told again. */
function remindersOf(plan: ChannelPlan, rules: Rules, now: number, isOpen: (id: string) => boolean) {
  const everyMs = (rules.repeatMinutes ?? 0) * 60_000;
  const quietEnd = rules.quiet === undefined ? null : quietUntil(rules.quiet, now);
  const entries: NoticeEntry[] = [];
  let nextAt: number | null = null;
  if (everyMs === 0) return { entries, nextAt };
  for (const { open, onAt } of Object.values(plan.told)) {
    if (open === null || onAt === null || !isOpen(open.id)) continue;
    const isQuiet = quietEnd !== null && !isAtLeast(open.priority, quietLeast(rules.quiet));
    const dueAt = onAt > now ? now : onAt + everyMs;
    if (dueAt <= now && !isQuiet) entries.push(open);
    else nextAt = earliest(nextAt, isQuiet ? Math.max(dueAt, quietEnd) : dueAt);
  }
  return { entries, nextAt };
}

function markTold(plan: ChannelPlan, entries: readonly NoticeEntry[], now: number): ChannelPlan {
  return entries.reduce((next, entry) => {
    const told = next.told[keyOf(entry)] ?? NEVER_TOLD;
    const isOn = isRaising(entry.kind);
    const times = isOn ? { onAt: now } : { offAt: now };
    const isFlood = entry.kind === 'flooded';
    return withTold(next, keyOf(entry), { ...told, ...times, isOn, open: isOn && !isFlood ? entry : null });
  }, plan);
}

function hold(plan: ChannelPlan, entry: NoticeEntry): ChannelPlan {
  return { ...plan, held: [...plan.held, entry], heldSince: plan.heldSince ?? entry.at };
}

function withTold(plan: ChannelPlan, key: string, told: Told): ChannelPlan {
  if (told === NEVER_TOLD) return plan;
  return { ...plan, told: { ...plan.told, [key]: told } };
}

/** A flood is told of the house, and not of the alarm that came first. */
function keyOf({ id, kind }: NoticeEntry): string {
  return kind === 'flooded' ? '*' : id;
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
