import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Mosquitto } from '../helpers/brokers/mosquitto.ts';
import { closeAfter } from '../helpers/close-after-each.ts';
import { articlePasswords, startArticleBroker, startDevice, wellCellar } from '../helpers/house/article-house.ts';
import { type Board, type BoardBehaviour, requireMicroPython, startBoard } from '../helpers/house/micropython.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const micropython = requireMicroPython();
const isPossible = micropython !== null && requireProgram('mosquitto') !== null;

/** Within this time of its link, or of what happens then, ms, the console names what is the matter. */
const NAMED_WITHIN_MS = 15_000;

/** What a device does, and what is said of it by the console, by `status` and by `set`. */
interface Situation {
  readonly name: string;
  readonly behaviour?: BoardBehaviour;
  /** Another device with the same client identifier. */
  readonly isDouble?: boolean;
  /** Whether the ACL lacks the line for the feedback of the pump. */
  readonly isFeedbackDenied?: boolean;
  /** What happens to it when the console has shown it. */
  readonly happens?: (board: Board, again: () => Promise<Board>, console: PtyProgram) => Promise<void> | void;
  readonly console: RegExp;
  readonly status: RegExp;
  readonly set: RegExp;
}

const SITUATIONS: readonly Situation[] = [
  {
    name: 'normal',
    console: /All 4 values and 2 clients are live/,
    status: /heating live/,
    set: /Pump on: confirmed/,
  },
  {
    name: 'frozen',
    happens: board => board.freeze(),
    console: /heating is stale: silent for[\s\S]*the broker\s+holds its connection/,
    status: /heating waiting: never heard .* the broker holds its connection .* frozen or, .* without power/,
    set: /not confirmed.*no feedback came.*frozen/s,
  },
  {
    name: 'killed and back',
    happens: async (board, again, console) => {
      await board.kill();
      // One that is back before the broker has noticed takes its own place over, and was never offline.
      await console.waitFor('heating is offline');
      await again();
    },
    console: /heating is live again[\s\S]*heating is offline|heating is offline[\s\S]*heating is live again/,
    status: /heating live/,
    set: /Pump on: confirmed/,
  },
  {
    name: 'wrong spelling',
    behaviour: 'spelling',
    console: /it publishes Heating\/(flow|return)/,
    status: /it publishes Heating\/(flow|return), denied .* the house waits for heating\/(flow|return): capitals count/,
    set: /Pump on: confirmed/,
  },
  {
    name: 'unit cut',
    behaviour: 'unit',
    console: /"54\.3 °" is not in °C|the broker dropped it|text\.encode\(\)/,
    status: /heating offline: the broker dropped it|text\.encode\(\)|"54\.3 °" is not in °C, cut at its end/,
    set: /not confirmed|nobody/,
  },
  {
    name: 'feedback denied',
    isFeedbackDenied: true,
    console: /All 4 values and 2 clients are live/,
    status: /heating live/,
    set: /heating answered, and the broker denied it heating\/pump\/done\. .*topic write heating\/pump\/done/s,
  },
  {
    name: 'other words',
    behaviour: 'words',
    console: /All 4 values and 2 clients are live/,
    status: /heating live/,
    set: /not know the word "on"/,
  },
  {
    name: 'duplicate ids',
    behaviour: 'resets',
    isDouble: true,
    console: /esp-heating[\s\S]*(taken over|take turns|two clients|one client identifier)/,
    status: /esp-heating|heating live/,
    set: /Pump on: confirmed|not confirmed|nobody/i,
  },
  {
    name: 'retained feedback',
    behaviour: 'retained',
    console: /Pump\s+\? was on\s+retained/,
    status: /pump on retained/,
    set: /Pump on: confirmed/,
  },
  {
    name: 'announces nothing',
    behaviour: 'silent',
    console: /never heard[\s\S]*the broker\s+holds its connection/,
    status: /heating waiting: never heard .* the broker holds its connection/,
    set: /not confirmed.*heating may be busy, frozen or not listening/s,
  },
];

interface Said {
  readonly situation: string;
  readonly console: string;
  readonly status: string;
  readonly set: string;
}

describe.runIf(isPossible)(
  'of a MicroPython device, nothing false is said, and the cure is named',
  { timeout: 90_000 },
  () => {
    const table: Said[] = [];
    afterAll(() => {
      for (const { situation, ...said } of table) {
        process.stdout.write(`\n${situation}\n`);
        for (const [who, words] of Object.entries(said)) process.stdout.write(`  ${who.padEnd(8)} ${words}\n`);
      }
    });

    it.concurrent.for(SITUATIONS)('$name', async (situation, test) => {
      const keep = closeAfter(test);
      const broker = keep(await startArticleBroker());
      if (situation.isFeedbackDenied === true) await broker.reload(withoutFeedback(broker));
      const cellar = keep(await startDevice(broker.url, 'dhtclient', ['cellar/fan']));
      cellar.speak(wellCellar);
      const start = async (): Promise<Board> =>
        keep(await startBoard(micropython ?? '', broker.port, situation.behaviour));
      const board = await start();
      if (situation.isDouble === true) await start();
      const env = { HOMETUI_PASSWORD: articlePasswords.master, HOMETUI_USER: 'master', HOMETUI_URL: broker.url };
      const files = ['--broker-log', broker.logFile, '--acl', broker.aclFile];
      const console = keep(
        await startInPty(process.execPath, { args: [PROGRAM, ...files], env, columns: 200, rows: 40 }),
      );
      await console.waitFor('● connected');
      if (situation.happens !== undefined) {
        await console.waitFor('2 clients are live');
        // What was heard twice or three times has a cadence; one that is assumed is waited for three times as long.
        await console.waitFor(/heating +● live +every [\d.]+ m?s(?! \(assumed)/);
        await situation.happens(board, start, console);
      }
      const shown = console.waitFor(situation.console, NAMED_WITHIN_MS);
      shown.catch(() => {});
      const status = statusLine(await runHometui(['status', '--format', 'json', '-t', '8', ...files], { env }));
      const set = await runHometui(['set', 'pump', 'on', ...files], { env });
      const screen = await shown.catch(() => console.screen());
      const setWords = `${set.stdout} ${set.stderr}`.replace(/\s+/g, ' ').trim();
      table.push({ situation: situation.name, console: told(screen), status, set: setWords });
      expect(screen).toMatch(situation.console);
      expect(status).toMatch(situation.status);
      expect(setWords).toMatch(situation.set);
      expect(`${screen} ${status} ${setWords}`).not.toMatch(/not running/);
    });
  },
);

const withoutFeedback = ({ aclFile }: Mosquitto): string =>
  readFileSync(aclFile, 'utf8').replace('topic write heating/pump/done\n', '');

/** The headline, and the rows and events that name the device. */
function told(screen: string): string {
  const rows = screen.split('\n').slice(1);
  const about = rows.filter((row, place) => place === 0 || /heating |Pump|Flow|esp-heating/.test(row));
  return about
    .map(row =>
      row
        .replace(/[│╭╮╰╯─▁▂▃▄▅▆▇█·]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .join(' | ');
}

/** How `status` puts the client, its first value and its switch. */
function statusLine({ stdout }: { readonly stdout: string }): string {
  const { clients, sensors, switches } = JSON.parse(stdout);
  const { heating } = clients;
  const parts = [
    `heating ${heating.freshness}${heating.reason === null ? '' : `: ${heating.reason}`}`,
    `flow ${sensors.flow.freshness}${sensors.flow.reason === null ? '' : `: ${sensors.flow.reason}`}`,
    `pump ${switches.pump.state} ${switches.pump.freshness}`,
  ];
  return parts.join('; ');
}
