import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/app/failure.ts';
import type { World } from '../../../src/app/world.ts';
import { parseArguments } from '../../../src/cli/args/parse.ts';
import { runAcl } from '../../../src/cli/commands/broker/acl.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { openDemoBroker } from '../../helpers/brokers/demo-broker.ts';
import { type Mosquitto, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { articlePasswords, startArticleBroker } from '../../helpers/house/article-house.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const BROKEN = 'user heating\nTopic write heating/flow\n';
const program = requireProgram('mosquitto');
let home = '';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly failure: Failure | null;
}

async function probe(file: string, url: string, user: string | null, ...more: string[]): Promise<Run> {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', chunk => chunks.push(String(chunk)));
  const login = user === null ? [] : ['-u', user];
  const args = await parseArguments(['acl', 'probe', file, '-L', url, ...login, ...more]);
  if (!args.ok) throw new Error(args.error.message);
  const env = { HOME: home, ...(user === null ? {} : { HOMETUI_PASSWORD: articlePasswords[user] ?? 'wrong' }) };
  const world = {
    ...{ stdin: Readable.from([]), stdout, stderr: new PassThrough(), argv: [], platform: process.platform },
    ...{ clock: systemClock(), random: Math.random, env },
  } as unknown as World;
  try {
    return { code: await runAcl(args.value, world), out: chunks.join(''), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.exitCode, out: chunks.join(''), failure: error };
  }
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-probe-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe.runIf(program !== null)('hometui acl probe on a real mosquitto', () => {
  let broker: Mosquitto;
  let sound = '';

  beforeAll(async () => {
    broker = await startArticleBroker();
    sound = readFileSync(broker.aclFile, 'utf8');
  });
  afterEach(() => broker.reload({ acl: sound }));
  afterAll(() => broker.close());

  it.each(['heating', 'dhtclient', 'monitor'])('proves with %s that the ACL is in force', async user => {
    const { code, out } = await probe(broker.aclFile, broker.url, user);
    expect(out).toMatch(
      /^Access control is in force: the broker refused \w+'s publish to hometui-probe\/[0-9a-f]{16}, which .* denies too: not authorized \(135\)\n {2}Whether it decides by this file, .* or by a plugin such as dynamic security cannot be seen from here\./,
    );
    expect(code).toBe(0);
  });

  it('says that it is not in force after a reload with a broken file, and why', async () => {
    await broker.reload({ acl: BROKEN });
    const { code, out } = await probe(broker.aclFile, broker.url, 'heating');
    expect(out).toMatch(/^The ACL is NOT IN FORCE: the broker took heating's publish to hometui-probe\//);
    expect(out).toContain('no matching subscribers (16)');
    expect(out).toContain('Mend the file, then reload: sudo systemctl reload mosquitto');
    expect(out).toContain(`${broker.aclFile}:2: error: "Topic" is no keyword`);
    expect(code).toBe(2);
  });

  it('says so as well where somebody who reads everything got the message', async () => {
    await broker.reload({ acl: BROKEN });
    const reader = await connectAsync(broker.url, { username: 'master', password: articlePasswords.master ?? '' });
    try {
      const heard: string[] = [];
      reader.on('message', (topic, payload, { retain }) => heard.push(`${topic} ${payload.length} ${retain}`));
      await reader.subscribeAsync('#');
      const { code, out } = await probe(broker.aclFile, broker.url, 'heating', '--format', 'json');
      const report = JSON.parse(out);
      expect(report).toMatchObject({ schema: 1, verdict: 'not-in-force', user: 'heating', code: 0 });
      await expect.poll(() => heard).toEqual([`${report.topic} 0 false`]);
      expect(report.findings).toHaveLength(1);
      expect(code).toBe(2);
    } finally {
      await reader.endAsync();
    }
  });

  it('warns of a file that was broken and not reloaded yet', async () => {
    writeFileSync(broker.aclFile, BROKEN);
    const { code, out } = await probe(broker.aclFile, broker.url, 'heating');
    expect(out).toContain('Access control is in force');
    expect(out).toContain('There mosquitto 2.0 goes on with no ACL at all, 2.1 ends.');
    expect(out).toContain(`${broker.aclFile}:2: error`);
    expect(code).toBe(0);
  });

  it('publishes nothing as a user who may write everything, and asks for another', async () => {
    const before = broker.readLog();
    const { code, out } = await probe(broker.aclFile, broker.url, 'master');
    expect(out).toContain(`master may write every topic by ${broker.aclFile}:22 "topic readwrite #"`);
    expect(out).toContain('Name another user with --user');
    expect(code).toBe(3);
    expect(broker.readLog()).toBe(before);
  });

  it('cannot prove it with MQTT 3.1.1, and says so', async () => {
    const { code, out } = await probe(broker.aclFile, broker.url, 'heating', '-V', '311');
    expect(out).toContain('this cannot be proven with MQTT 3.1.1');
    expect(code).toBe(3);
  });

  it('tells a refused login and a missing broker from an answer', async () => {
    const refused = await probe(broker.aclFile, broker.url, 'nobody');
    expect(refused).toMatchObject({ code: 77, out: '' });
    const missing = await probe(broker.aclFile, 'mqtt://127.0.0.1:1', 'heating');
    expect(missing).toMatchObject({ code: 69, out: '' });
    const noFile = await probe(join(home, 'none'), broker.url, 'heating');
    expect(noFile).toMatchObject({ code: 66, out: '' });
  });

  it('works without a user name, for a broker that lets such clients in', async () => {
    const open = await startMosquitto({ acl: 'topic read heating/#\n' });
    try {
      const { code, out } = await probe(open.aclFile, open.url, null);
      expect(out).toContain("refused a client without a name's publish");
      expect(code).toBe(0);
    } finally {
      await open.close();
    }
  });

  it('takes options of its own only', async () => {
    const { code, failure } = await probe(broker.aclFile, broker.url, 'heating', '--topic', 'x');
    expect(failure?.message).toBe('hometui acl probe does not take --topic');
    expect(code).toBe(64);
  });
});

describe('hometui acl probe on a broker without MQTT 5', () => {
  it('does not know, and says why', async () => {
    const broker = await openDemoBroker();
    try {
      const file = join(home, 'acl');
      writeFileSync(file, 'user heating\ntopic write heating/flow\n');
      const { code, out } = await probe(file, broker.url, 'heating');
      expect(out).toContain('Whether the ACL is in force is not known');
      expect(out).toContain('only with MQTT 5');
      expect(code).toBe(3);
    } finally {
      await broker.close();
    }
  });
});
