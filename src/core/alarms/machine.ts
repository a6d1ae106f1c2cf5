import type { AlarmChangeKind, AlarmState } from '../home/alarms/alarm.ts';
import type { AlarmDefinition, Judgement } from './condition.ts';

/** What comes and goes is counted for so long, ms. */
const HOUR_MS = 3_600_000;
/** Raised so often within that, it comes and goes: it stays raised until it is quiet for as long. */
const OFTEN = 2;
/** What was acknowledged and is still so is told again after so long, ms. */
const AGAIN_MS = 24 * HOUR_MS;
/** A shelf has an end, and not later than this, ms. */
export const LONGEST_SHELF_MS = 24 * HOUR_MS;

/** An alarm after something happened to it, and what a person might want to hear of that. */
export interface Moved {
  readonly alarm: AlarmState;
  readonly kind: Exclude<AlarmChangeKind, 'flooded'> | null;
}

/** An alarm that was never raised. */
export function createAlarm(definition: AlarmDefinition): AlarmState {
  return {
    ...describe(definition),
    phase: 'normal',
    dueSince: null,
    quietSince: null,
    raisedAt: null,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    raisedValue: null,
    value: null,
    detail: null,
    unwatched: null,
    shelf: null,
    order: 0,
    count: 0,
    times: [],
    isHeld: false,
    mark: null,
  };
}

/** The fields of an alarm, by which one that was kept is known to be whole. */
export const alarmFields: readonly string[] = Object.keys(
  createAlarm({
    ...{ id: '', label: '', priority: 'note', onDelayMs: 0, offDelayMs: 0, cure: null, tell: null, source: null },
    ...{ about: [], isLatched: false, condition: { looksAt: {}, start: () => null, judge: never } },
  }),
);

function never(): Judgement {
  return { kind: 'not-so', value: null };
}

/** What its definition says of an alarm. */
function describe({ id, label, priority, cure, tell, source, about }: AlarmDefinition) {
  return { id, label, priority, cure, tell, source, about };
}

/**
 * An alarm of an earlier run, or of another house file, `at` in ms: its delays begin anew, and what is said of it in general.
 * A clock that was set meanwhile makes no shelf longer than one may be.
 */
export function takeOver(known: AlarmState, definition: AlarmDefinition, at: number): AlarmState {
  const { shelf } = known;
  return {
    ...known,
    ...describe(definition),
    cure: isRaised(known) ? known.cure : definition.cure,
    shelf: shelf === null ? null : { ...shelf, untilAt: Math.min(shelf.untilAt, at + LONGEST_SHELF_MS) },
    ...{ dueSince: null, quietSince: null },
  };
}

/** Whether it was raised and is not over. */
export function isRaised({ phase }: AlarmState): boolean {
  return phase === 'active' || phase === 'acknowledged';
}

/** What a judgement makes of an alarm, `at` in ms; `order` is that of the next one that is raised. The same where nothing changed. */
export function judgeAlarm(
  alarm: AlarmState,
  definition: AlarmDefinition,
  judgement: Judgement,
  { at, order }: { readonly at: number; readonly order: number },
): Moved {
  switch (judgement.kind) {
    case 'unwatched':
      return stay(change(alarm, { dueSince: null, quietSince: null, unwatched: judgement.why }));
    case 'so':
      return isRaised(alarm)
        ? goOn(alarm, definition, judgement, at)
        : waitFor(alarm, definition, judgement, at, order);
    case 'not-so':
      return isRaised(alarm) ? calmDown(alarm, definition, judgement.value, at) : stay(rest(alarm));
  }
}

/** When time alone makes something of an alarm, ms; infinite where it does not. */
export function dueAt(alarm: AlarmState, { onDelayMs, offDelayMs }: AlarmDefinition): number {
  const { dueSince, quietSince, phase, acknowledgedAt, shelf } = alarm;
  return Math.min(
    dueSince === null ? Number.POSITIVE_INFINITY : dueSince + onDelayMs,
    quietSince === null ? Number.POSITIVE_INFINITY : quietSince + quietMs(alarm, offDelayMs),
    phase === 'acknowledged' ? (acknowledgedAt ?? 0) + AGAIN_MS : Number.POSITIVE_INFINITY,
    shelf?.untilAt ?? Number.POSITIVE_INFINITY,
  );
}

/** What was not heard for a while counts for nothing: each delay begins anew, `at` in ms. */
export function restartDelays(alarm: AlarmState): AlarmState {
  return change(alarm, { dueSince: null, quietSince: null });
}

type So = Judgement & { readonly kind: 'so' };

function waitFor(alarm: AlarmState, definition: AlarmDefinition, so: So, at: number, order: number): Moved {
  const dueSince = alarm.dueSince ?? at;
  if (at - dueSince < definition.onDelayMs) return stay(change(alarm, { dueSince, unwatched: null, value: so.value }));
  const times = [...alarm.times.filter(time => at - time < HOUR_MS), at];
  return {
    kind: 'raised',
    alarm: {
      ...alarm,
      ...evidence(definition, so),
      phase: 'active',
      ...{ dueSince: null, quietSince: null, unwatched: null, returnedAt: null },
      ...{ acknowledgedAt: null, acknowledgedBy: null, raisedAt: at, raisedValue: so.value },
      ...{ order, count: alarm.count + 1, times, isHeld: times.length >= OFTEN },
    },
  };
}

/** What is said of it is of now; but a text with an age in it would be another one each second. */
function goOn(alarm: AlarmState, definition: AlarmDefinition, so: So, at: number): Moved {
  const { mark, ...said } = evidence(definition, so);
  const isOther = mark !== alarm.mark;
  const detail = so.isAging && !isOther && said.value === alarm.value ? alarm.detail : said.detail;
  const next = change(alarm, { ...said, detail, mark, quietSince: null, unwatched: null });
  if (alarm.phase !== 'acknowledged') return stay(next);
  if (!isOther && at - (alarm.acknowledgedAt ?? at) < AGAIN_MS) return stay(next);
  return { kind: 'repeated', alarm: { ...next, phase: 'active', acknowledgedAt: null, acknowledgedBy: null } };
}

function calmDown(
  alarm: AlarmState,
  { offDelayMs, isLatched }: AlarmDefinition,
  value: string | null,
  at: number,
): Moved {
  const quietSince = alarm.quietSince ?? at;
  const next = change(alarm, { quietSince, unwatched: null, value });
  if (at - quietSince < quietMs(alarm, offDelayMs)) return stay(next);
  const isOver = alarm.phase === 'acknowledged' && !isLatched;
  const over = { ...next, quietSince: null, returnedAt: at, isHeld: false };
  return isOver
    ? { kind: 'cleared', alarm: { ...over, phase: 'normal' } }
    : { kind: 'returned', alarm: { ...over, phase: 'returned' } };
}

/** So it is with nearly all of them, at each message: where nothing changes it costs nothing. */
function rest(alarm: AlarmState): AlarmState {
  if (alarm.dueSince === null && alarm.unwatched === null) return alarm;
  return change(alarm, { dueSince: null, unwatched: null });
}

function quietMs({ isHeld }: AlarmState, offDelayMs: number): number {
  return isHeld ? Math.max(HOUR_MS, offDelayMs) : offDelayMs;
}

function evidence({ cure }: AlarmDefinition, so: So) {
  return { value: so.value, detail: so.detail, cure: so.cure ?? cure, mark: so.mark ?? null };
}

function stay(alarm: AlarmState): Moved {
  return { alarm, kind: null };
}

/** The same alarm where nothing of it changes. */
function change(alarm: AlarmState, fields: Partial<AlarmState>): AlarmState {
  const isOther = Object.entries(fields).some(([key, value]) => alarm[key as keyof AlarmState] !== value);
  return isOther ? { ...alarm, ...fields } : alarm;
}
