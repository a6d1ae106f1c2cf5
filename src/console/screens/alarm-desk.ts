import type { AlarmDesk } from '../../app/alarms/desk.ts';
import type { ReadPast } from '../../app/history/past-reader.ts';
import type { ReplayStatus } from '../../app/replay/player.ts';
import type { AlarmAct } from '../../core/alarms/acts.ts';
import { houseAlarms } from '../../core/heating/definitions.ts';
import type { PastAnswer } from '../../core/history/query/past-page.ts';
import { isSameQuestion } from '../../core/history/query/past-question.ts';
import type { AlarmState } from '../../core/home/alarms/alarm.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import { alarmList } from '../../ui/alarms/alarm-list.ts';
import { alarmPage, chartPage } from '../../ui/alarms/alarm-page.ts';
import { alarmRows, placeIn } from '../../ui/alarms/alarm-rows.ts';
import { type AlarmsStep, type AlarmWish, askAlarms, firstAlarms, typeAlarms } from '../../ui/alarms/alarms-view.ts';
import { shelveKeys, withShelveForm } from '../../ui/alarms/shelve-form.ts';
import { calmLines, type LabelOf } from '../../ui/alarms/watched-lines.ts';
import type { PastState } from '../../ui/state/app-state.ts';
import type { Readable } from '../../ui/state/pace.ts';
import { questionOf } from '../../ui/state/past.ts';
import type { HouseView, Lines, Size } from '../../ui/text/house-view.ts';
import type { ScreenDesk } from './loaded-screens.ts';

/** Does what is asked of alarms, here or by the daemon. */
type ConsoleAlarms = Pick<AlarmDesk, 'act'>;

/** What the desk is given. */
export interface AlarmDeskSetup {
  /** The living house, or the past of it. */
  readonly home: Readable<HomeState>;
  /** Where it is the past: how that goes by. */
  readonly replay: () => ReplayStatus | null;
  readonly writer: Pick<FrameWriter, 'stream'>;
  readonly readPast: ReadPast | null;
  /** `null` where nobody watches. */
  readonly door: ConsoleAlarms | null;
  /** Says something to the person. */
  readonly say: (text: string) => void;
  readonly redraw: () => void;
}

/** Rows of the screen that are none of the list's. */
const AROUND = 6;

/** Begins a visit to the alarms. */
export function openAlarmsScreen(setup: AlarmDeskSetup): ScreenDesk {
  const { home, writer, readPast, say, redraw } = setup;
  let view = firstAlarms;
  let past: PastState = { isKept: readPast !== null, asked: null, answer: null, page: null };
  const rows = (): readonly AlarmState[] => alarmRows(home.getState().alarms);
  const openRow = (): AlarmState | undefined => (view.isOpen ? rows().find(({ id }) => id === view.chosen) : undefined);
  const answer = (told: PastAnswer): void => {
    if (past.asked !== told.question) return;
    past = { ...past, answer: told, page: told.result.ok ? told.result.value : past.page };
    redraw();
  };
  const askForPast = (): void => {
    const row = openRow();
    const state = home.getState();
    const page = row === undefined ? null : chartPage(row, state, view.window, past);
    const { columns } = writer.stream;
    const question = page === null ? null : questionOf(page, past, { home: state, columns, replay: setup.replay() });
    if (question === null || isSameQuestion(question, past.asked)) return;
    past = { ...past, asked: question };
    void readPast?.(question, answer).then(told => told !== null && answer(told));
  };
  const take = (step: AlarmsStep): void => {
    view = step.view;
    if (step.say !== undefined) say(step.say);
    if (step.act !== undefined) void carryOut(step.act, home.getState().session.user, setup.door).then(say);
    askForPast();
    redraw();
  };
  const list = (house: HouseView, size: Size): Lines => {
    const { alarms } = house.home;
    const shown = rows();
    if (alarms === null || shown.length === 0)
      return calmLines(house, size, alarms, { part: view.part, ...watchedOf(house.home) });
    const place = placeIn(shown, view.chosen, view.place);
    // What a key is for is what was seen when it was pressed, whatever comes meanwhile.
    view = { ...view, chosen: shown[place]?.id ?? null, place, isOpen: false };
    return alarmList(house, size, alarms, shown, place);
  };
  const page = (house: HouseView, size: Size, row: AlarmState): Lines => {
    const shown = rows();
    const remark = `${placeIn(shown, view.chosen, view.place) + 1} of ${shown.length}`;
    const chart = chartPage(row, house.home, view.window, past);
    return alarmPage(house, size, row, { remark, part: view.part, chart, past });
  };
  return {
    ask: what => {
      const isCalm = rows().length === 0;
      if (what === 'open' && isCalm) view = { ...view, part: view.part + 1 };
      else {
        const pageRows = Math.max(1, writer.stream.rows - AROUND);
        take(askAlarms(view, what, rows(), { pageRows, isPast: setup.replay() !== null }));
      }
      redraw();
    },
    type: key => {
      if (view.form !== null) take(typeAlarms(view, view.form, key, rows()));
    },
    isTyping: () => view.form !== null,
    isDeep: () => openRow() !== undefined,
    lines: (house, size) => {
      const row = openRow();
      const lines = row === undefined ? list(house, size) : page(house, size, row);
      return view.form === null ? lines : withShelveForm(house, lines, view.form, size);
    },
    keys: (house, width) => (view.form === null ? null : shelveKeys(house, width)),
    heard: askForPast,
  };
}

/** What a house has alarms for. */
function watchedOf({ house }: HomeState): { readonly watched: readonly string[]; readonly labelOf: LabelOf } {
  const labels = new Map(houseAlarms(house).map(({ id, label }) => [id, label]));
  return { watched: [...labels.values()], labelOf: id => labels.get(id) ?? id };
}

/** Does it, and gives what became of it, a sentence. */
async function carryOut(wish: AlarmWish, by: string | null, door: ConsoleAlarms | null): Promise<string> {
  const { id, label } = wish.alarm;
  if (door === null) return `${label} is left as it is: nobody watches here`;
  const fault = await door.act([id], actOf(wish, by));
  return fault === null ? `${label}: ${DONE[wish.kind]}` : `${label} is left as it is: ${fault}`;
}

const DONE = {
  acknowledge: 'acknowledged',
  shelve: 'shelved; S takes it off the shelf',
  unshelve: 'off the shelf',
} as const;

function actOf(wish: AlarmWish, by: string | null): AlarmAct {
  return wish.kind === 'shelve'
    ? { kind: wish.kind, by, forMs: wish.forMs, reason: wish.reason }
    : { kind: wish.kind, by };
}
