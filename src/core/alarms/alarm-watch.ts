import type { AlarmBook, AlarmState } from '../home/alarms/alarm.ts';
import type { HomeState } from '../home/state/state.ts';
import { type AlarmAct, actOn, endShelf } from './acts.ts';
import { type AlarmIndex, indexAlarms, touchedBy } from './alarm-index.ts';
import type { AlarmDefinition, HouseStep, Judgement } from './condition.ts';
import { type AlarmNews, hasSomethingToSay, type KeptAlarms, openLedger } from './ledger.ts';
import { createAlarm, dueAt, isRaised, judgeAlarm, type Moved, restartDelays, takeOver } from './machine.ts';

/** The alarms of a house while it lives: they are judged with each step that may change something of them. */
export interface AlarmWatch {
  /** Takes a step in; `null` where it changed nothing. What only moved a value on is told with the next tick. */
  readonly see: (step: HouseStep) => AlarmNews | null;
  /** Does to these alarms what a person wants; unknown ids change nothing. `at` in ms. */
  readonly act: (ids: readonly string[], act: AlarmAct, at: number) => AlarmNews | null;
  /** The house is another one, or its alarms are: what is known of those that stay is kept. */
  readonly redefine: (definitions: readonly AlarmDefinition[], state: HomeState) => AlarmNews | null;
  /** As it was told last. */
  readonly book: () => AlarmBook;
  /** What the next run is to know. */
  readonly keep: () => KeptAlarms;
}

/** One alarm with what it is judged by. */
interface Row {
  readonly definition: AlarmDefinition;
  memory: unknown;
  alarm: AlarmState;
  /** How it was judged last; `null` before. */
  kind: Judgement['kind'] | null;
  /** When it is judged again though nothing happens, ms. */
  againAt: number;
}

/** Begins to watch. `kept` is what an earlier run knew: it is neither forgotten nor told again. */
export function openAlarmWatch(
  definitions: readonly AlarmDefinition[],
  state: HomeState,
  kept: KeptAlarms | null,
): AlarmWatch {
  const ledger = openLedger({ order: kept?.order ?? 0, number: kept?.number ?? 0 });
  let rows = createRows(definitions, kept?.alarms ?? [], state);
  let index: AlarmIndex = indexAlarms(definitions, state.house);
  const alarms = (): readonly AlarmState[] => rows.map(({ alarm }) => alarm);
  const set = (row: Row, moved: Moved, at: number, by: string | null = null): void => {
    ledger.note(row.alarm, moved, at, by);
    row.alarm = moved.alarm;
  };
  const judge = (row: Row, now: HomeState): void => {
    const { definition } = row;
    if (row.alarm.shelf !== null) set(row, endShelf(row.alarm, now.at), now.at);
    const judgement = definition.condition.judge(row.memory, now, isRaised(row.alarm));
    row.kind = judgement.kind;
    set(row, judgeAlarm(row.alarm, definition, judgement, { at: now.at, order: ledger.nextOrder() }), now.at);
    row.againAt = Math.min(judgement.againAt ?? Number.POSITIVE_INFINITY, dueAt(row.alarm, definition));
  };
  const judgeDue = (now: HomeState): void => {
    ledger.passTime(now.at);
    for (const row of rows) if (row.againAt <= now.at) judge(row, now);
  };
  ledger.take(alarms, false);
  return {
    see: step => {
      const { event, after } = step;
      const touched = touchedBy(step, index, place => rows[place]?.kind === 'not-so');
      if (event.type === 'time-skipped') {
        for (const row of rows) set(row, { alarm: restartDelays(row.alarm), kind: null }, after.at);
      }
      for (const place of touched.step) remember(rows[place], step);
      const isMessage = event.type === 'message-received';
      for (const place of touched.judge) {
        const row = rows[place];
        if (row !== undefined && !(isMessage && staysCalm(row, after))) judge(row, after);
      }
      if (event.type === 'ticked') judgeDue(after);
      return ledger.take(alarms, event.type !== 'ticked');
    },
    act: (ids, act, now) => {
      const named = new Set(ids);
      for (const row of rows) {
        if (!named.has(row.alarm.id)) continue;
        set(row, actOn(row.alarm, act, now), now, act.by);
        row.againAt = Number.NEGATIVE_INFINITY;
      }
      return ledger.take(alarms, false);
    },
    redefine: (next, now) => {
      const staying = new Set(next.map(({ id }) => id));
      for (const { alarm } of rows) {
        if (alarm.phase !== 'normal' && !staying.has(alarm.id)) ledger.noteGone(alarm, now.at);
      }
      rows = createRows(next, alarms(), now);
      index = indexAlarms(next, now.house);
      ledger.touch();
      return ledger.take(alarms, false);
    },
    book: ledger.last,
    keep: () => ({ alarms: alarms().filter(hasSomethingToSay), ...ledger.counters() }),
  };
}

/** What was not heard for a while counts for nothing: each delay begins anew, and so does what a condition remembers. */
function createRows(
  definitions: readonly AlarmDefinition[],
  known: readonly AlarmState[],
  state: HomeState,
): readonly Row[] {
  const byId = new Map(known.map(alarm => [alarm.id, alarm]));
  return definitions.map(definition => {
    const before = byId.get(definition.id);
    return {
      definition,
      memory: definition.condition.start(state),
      alarm: before === undefined ? createAlarm(definition) : takeOver(before, definition, state.at),
      kind: null,
      againAt: Number.NEGATIVE_INFINITY,
    };
  });
}

/** Whether a message left an alarm as it was, which is not so; then it is judged again when that may be over. */
function staysCalm(row: Row, state: HomeState): boolean {
  if (row.kind !== 'not-so' || isRaised(row.alarm) || row.alarm.shelf !== null) return false;
  const until = row.definition.condition.calmUntil?.(state) ?? null;
  if (until !== null) row.againAt = until;
  return until !== null;
}

function remember(row: Row | undefined, step: HouseStep): void {
  if (row?.definition.condition.step === undefined) return;
  row.memory = row.definition.condition.step(row.memory, step);
}
