import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceUnsafe } from '../../src/core/clean-text.ts';
import { presets } from '../../src/core/house/presets.ts';
import { type Mosquitto, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

/** A screen that is cleared, a title that is set, text turned round, what is not seen, half a character, and a table's ends. */
const HOSTILE = '\u001b[2J\u009b31m\u001b]0;x\u0007\u202eabc\u2066\u200b\u200d\ufeff\u00ad\u{e0041}\u007f|",=;';
/** The same without what MQTT and JSON keys may not hold. */
const IN_NAMES = '\u202eabc\u2066\u200b\u200d\ufeff\u00ad\u{e0041}|",=;';

let folder = '';
let broker: Mosquitto;
let device: MqttClient;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  if (mosquitto === null) return;
  folder = mkdtempSync(join(tmpdir(), 'hometui-hostile-'));
  broker = await startMosquitto();
  const { article } = presets;
  if (article === undefined) throw new Error('there is no article house');
  const { flow, ...sensors } = article.sensors;
  const house = {
    ...article,
    sensors: { flow: { ...flow, topic: `flow/${IN_NAMES}` }, ...sensors },
  };
  writeFileSync(path('house.json'), JSON.stringify(house));
  writeFileSync(path('acl'), `user ${HOSTILE}\ntopic deny a/${IN_NAMES}\n`);
  writeFileSync(path('broken'), `topik ${HOSTILE}\nuser ${HOSTILE}\ntopic ${HOSTILE} #/${HOSTILE}\n`);
  writeFileSync(path('passwords'), `${HOSTILE}:x\n`);
  writeFileSync(path('mosquitto.conf'), `acl_file ${path('acl')}\n${HOSTILE} ${HOSTILE}\n`);
  const stamp = Math.floor(Date.now() / 1_000);
  const line = (text: string): string => `${stamp}: ${text}\n`;
  const denied = `Denied PUBLISH from x${HOSTILE} (d0, q0, r0, m0, '${IN_NAMES}', ... (1 bytes))`;
  const joined = `New client connected from 127.0.0.1:1 as x${HOSTILE} (p2, c1, k60, u'${HOSTILE}').`;
  writeFileSync(path('log'), line(joined) + line(denied) + line(`Client x${HOSTILE} disconnected.`));
  mkdirSync(path('.config/hometui'), { recursive: true });
  const profile = { url: `mqtt://a${HOSTILE}`, user: HOSTILE, house: HOSTILE };
  const settings = { theme: HOSTILE, profiles: { [HOSTILE]: profile, named: profile } };
  writeFileSync(path('.config/hometui/config.json'), JSON.stringify(settings));
  device = await mqtt.connectAsync(broker.url);
  for (const topic of [
    `flow/${IN_NAMES}`,
    'heating/return',
    'cellar/temperature',
    'heating/pump/done',
    'status/heating',
  ])
    await device.publishAsync(topic, HOSTILE, { qos: 1, retain: true });
  device.on('message', () => void device.publish('heating/pump/done', HOSTILE));
  await device.subscribeAsync('heating/pump');
});
afterAll(async () => {
  if (mosquitto === null) return;
  await device.endAsync();
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

const LINK = '-p PORT -h 127.0.0.1 --house HOUSE -t 1';
const WITH_FORMATS: readonly (readonly [line: string, formats: readonly string[]])[] = [
  [`status ${LINK} --broker-log LOG --acl ACL`, ['text', 'json', 'nagios', 'prometheus', 'csv']],
  [`watch ${LINK} --broker-log LOG --acl ACL --for 1`.replace('-t 1 ', ''), ['text', 'json', 'csv']],
  [`get flow return pump ${LINK}`, ['text', 'json']],
  [`set pump on ${LINK}`, ['text', 'json']],
  [`set pump on --dry-run ${LINK}`, ['text', 'json']],
  ['acl check ACL --passwords PASSWORDS --house HOUSE --conf CONF', ['text', 'json']],
  ['acl check BROKEN', ['text', 'json']],
  ['acl explain ACL --user HOSTILE --access write --topic HOSTILE', ['text', 'json']],
  ['acl explain ACL --user NAME --access read --topic a/NAME', ['text', 'json']],
  [`acl probe ACL -p PORT -h 127.0.0.1`, ['text', 'json']],
  ['config show', ['text', 'json']],
  ['config show --profile named', ['text', 'json']],
];
/** Commands without a format, and faults that quote what was typed. */
const PLAIN = [
  ...['config export', 'config save x -h HOSTILE --dry-run', 'config remove HOSTILE', 'config import ACL', 'HOSTILE'],
  ...['status --only HOSTILE', 'status --house ACL', 'status -h HOSTILE', 'get HOSTILE', 'help HOSTILE', '--xHOSTILE'],
  ...['simulate HOSTILE', 'completion HOSTILE', 'status --profile HOSTILE', 'status --format nagios --house HOSTILE'],
  ...['status --cafile HOSTILE', 'set HOSTILE on', 'terminal HOSTILE'],
];

/** What a command said that moves a cursor, is not seen or turns text round; line ends aside. */
function unsafeIn(text: string): string[] {
  const found: string[] = [];
  replaceUnsafe(text.replace(/\r?\n/g, ''), unit => {
    found.push(unit);
    return '';
  });
  return found;
}

async function run(line: string): Promise<string> {
  const words: Readonly<Record<string, string>> = {
    ...{
      PORT: String(broker.port),
      HOUSE: path('house.json'),
      LOG: path('log'),
      ACL: path('acl'),
      CONF: path('mosquitto.conf'),
    },
    ...{ PASSWORDS: path('passwords'), BROKEN: path('broken'), HOSTILE, NAME: IN_NAMES },
  };
  const args = line.split(' ').map(word => word.replace(/[A-Z]{3,}/, name => words[name] ?? name));
  const ended = await runHometui(args, { env: { HOME: folder } });
  expect(ended.code, ended.stderr).not.toBe(70);
  return ended.stdout + ended.stderr;
}

describe.skipIf(mosquitto === null)('text from strangers', () => {
  const lines = WITH_FORMATS.flatMap(([line, formats]) => formats.map(format => `${line} --format ${format}`));

  it.concurrent.for([...lines, ...PLAIN])('does nothing to the terminal: hometui %s', async line => {
    const said = await run(line);
    expect(said).not.toBe('');
    expect(unsafeIn(said)).toEqual([]);
  });

  it('is still there for a program that reads JSON', async () => {
    expect(JSON.parse(await run('config show --format json')).settings.theme.value).toBe(HOSTILE);
  });
});
