import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { answer, type Request, startHttpServer } from '../helpers/notices/http-server.ts';
import { type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('notices', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-notices-'));
    house.heating.speak(wellHeating);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  const env = (): Record<string, string> => ({
    ...{ HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, TZ: 'UTC', CHAT_KEY: 's3cret' },
    ...house.login('master'),
  });
  const tell = (...args: readonly string[]) => runHometui(args, { env: env() });
  const settle = (notices: unknown): void => {
    mkdirSync(join(home, 'hometui'), { recursive: true });
    writeFileSync(join(home, 'hometui', 'config.json'), JSON.stringify({ notices }), { mode: 0o600 });
  };
  const logFile = () => house.broker.logFile;

  async function startDaemon(): Promise<Running> {
    const daemon = keep(startHometui(['daemon', '--broker-log', logFile()], { env: env() }));
    await daemon.waitFor(/ connected /);
    return daemon;
  }

  /** Somebody logs in with a password that is not right: an alarm at once. */
  async function beRefused(): Promise<void> {
    const login = { username: 'monitor', password: 'wrong', reconnectPeriod: 0 };
    await expect(connectAsync(house.broker.url, login)).rejects.toThrow();
  }

  const facts = ({ body }: Request) => JSON.parse(body) as { id: string; title: string; mayHaveComeBefore: boolean };
  const folderOf = (): string => {
    const histories = join(home, 'hometui', 'history');
    return join(histories, readdirSync(histories)[0] ?? '');
  };

  it('tell an alarm by each way, and the channels say how it went', async () => {
    const server = keep(await startHttpServer(answer(200)));
    const program = join(home, 'notice');
    writeFileSync(program, `#!/bin/sh\ncat >> ${home}/told\n`);
    chmodSync(program, 0o755);
    settle({
      chat: { kind: 'webhook', url: `${server.url}/hook`, keyEnv: 'CHAT_KEY' },
      hook: { kind: 'command', command: [program] },
      home: { kind: 'mqtt', topic: 'home/notices' },
    });
    const listener = await connectAsync(house.broker.url, {
      username: 'master',
      password: articlePasswords.master ?? '',
    });
    keep({ close: () => listener.endAsync(true) });
    const heard: string[] = [];
    listener.on('message', (_, payload) => heard.push(payload.toString('utf8')));
    await listener.subscribeAsync('home/notices');
    await startDaemon();
    await beRefused();
    await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(1);
    const [request] = server.requests;
    if (request === undefined) throw new Error('no request');
    expect(facts(request)).toMatchObject({ house: 'Home', type: 'alarms', mayHaveComeBefore: false });
    expect(facts(request).title).toMatch(/^Home: warning raised: A login was refused/);
    expect(request.headers['x-hometui-signature']).toMatch(/^sha256=/);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    expect(JSON.parse(heard[0] ?? '')).toMatchObject({ house: 'Home', alarms: [{ id: 'login', kind: 'raised' }] });
    await expect.poll(() => readFileSync(join(home, 'told'), 'utf8')).toContain('"id":"login"');
    const list = await tell('notify', 'list');
    expect(list.code).toBe(0);
    expect(list.stdout).toMatch(
      /^chat: webhook at http:\/\/127\.0\.0\.1:\d+\/\(hidden\); nothing waits, last delivered \d+ s ago\n/,
    );
    expect(list.stdout).toMatch(/\nhome: mqtt on home\/notices; nothing waits, last delivered /);
    expect(list.stdout + list.stderr).not.toContain('s3cret');
  });

  it('go out once where the daemon is killed between the alarm and its notice', async () => {
    const server = keep(await startHttpServer(answer(200)));
    settle({ chat: { kind: 'webhook', url: server.url } });
    const daemon = await startDaemon();
    await beRefused();
    // It is kept before it is told: what is told together waits for five seconds.
    await expect
      .poll(() => readFileSync(join(folderOf(), 'notices.json'), 'utf8'), { timeout: 10_000 })
      .toContain('"id":"login"');
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    expect(server.requests).toEqual([]);
    const second = await startDaemon();
    await expect
      .poll(() => server.requests.map(facts), { timeout: 20_000 })
      .toMatchObject([{ title: expect.stringContaining('A login was refused'), mayHaveComeBefore: false }]);
    const waits = () => JSON.parse(readFileSync(join(folderOf(), 'notices.json'), 'utf8')).channels.chat;
    await expect.poll(waits).toMatchObject({ queue: [], plan: { held: [] } });
    second.child.kill('SIGKILL');
    await second.ended;
    await startDaemon();
    expect(waits()).toMatchObject({ queue: [], plan: { held: [] } });
    expect(server.requests).toHaveLength(1);
  });

  it('go out once where it is killed before the notice was kept, too', async () => {
    const server = keep(await startHttpServer(answer(200)));
    settle({ chat: { kind: 'webhook', url: server.url } });
    const daemon = await startDaemon();
    const outbox = join(folderOf(), 'notices.json');
    await expect.poll(() => existsSync(outbox)).toBe(true);
    const before = readFileSync(outbox);
    await beRefused();
    await expect.poll(() => readFileSync(outbox, 'utf8'), { timeout: 10_000 }).toContain('"id":"login"');
    daemon.child.kill('SIGKILL');
    await daemon.ended;
    // As if the alarm was kept and the notice was not: the one is written right after the other.
    writeFileSync(outbox, before);
    for (const run of ['second', 'third']) {
      const next = await startDaemon();
      await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(1);
      const waits = () => JSON.parse(readFileSync(outbox, 'utf8')).channels.chat;
      await expect.poll(waits, { message: run }).toMatchObject({ queue: [], plan: { held: [] } });
      next.child.kill('SIGKILL');
      await next.ended;
    }
    expect(server.requests.map(facts)).toMatchObject([{ title: expect.stringContaining('A login was refused') }]);
  });

  it('that fail are shown, and tried again', async () => {
    let code = 500;
    const server = keep(await startHttpServer((response, request) => answer(code, 'no room')(response, request)));
    settle({ chat: { kind: 'webhook', url: server.url } });
    const daemon = await startDaemon();
    await beRefused();
    await daemon.waitFor(/notices do not reach chat: it answered HTTP 500: no room/);
    const list = await tell('notify', 'list');
    expect([list.code, list.stdout]).toEqual([
      1,
      expect.stringMatching(/; 1 waits, .*it answered HTTP 500: no room\n$/),
    ]);
    const status = await tell('daemon', 'status', '--broker-log', logFile());
    expect(status.stdout).toMatch(/\nnotices +chat: 1 waits.*HTTP 500/);
    code = 200;
    await daemon.waitFor(/notices reach chat again/);
    // How often it was tried in vain depends on how long the commands took.
    const [first, ...more] = server.requests.map(facts).map(({ mayHaveComeBefore }) => mayHaveComeBefore);
    expect([first, new Set(more)]).toEqual([false, new Set([true])]);
  });

  it('can be tried', async () => {
    let code = 200;
    const server = keep(await startHttpServer((response, request) => answer(code)(response, request)));
    settle({ chat: { kind: 'webhook', url: `${server.url}/s3cret` }, home: { kind: 'mqtt', topic: 'home/notices' } });
    const good = await tell('notify', 'test', 'chat');
    expect([good.code, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toMatch(/^chat: delivered by webhook at http:\/\/127\.0\.0\.1:\d+\/\(hidden\) \(HTTP 200\)\n$/);
    code = 403;
    const bad = await tell('notify', 'test', 'chat');
    expect([bad.code, bad.stderr]).toEqual([75, expect.stringContaining('it answered HTTP 403')]);
    const dry = await tell('notify', 'test', 'chat', '--dry-run');
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('"type":"test"')]);
    expect(server.requests).toHaveLength(2);
    const unheard = await tell('notify', 'test', 'home');
    expect([unheard.code, unheard.stderr]).toEqual([75, expect.stringContaining('nobody listens on its topic')]);
    const unknown = await tell('notify', 'test', 'chet');
    expect([unknown.code, unknown.stderr]).toEqual([64, expect.stringContaining('Did you mean chat?')]);
    for (const said of [good, bad, dry, unheard, unknown]) expect(said.stdout + said.stderr).not.toContain('s3cret');
  });

  it('are off where nobody has set any up', async () => {
    const { code, stderr } = await tell('notify', 'list');
    expect([code, stderr]).toEqual([3, expect.stringContaining('no channel for notices is set up')]);
    expect((await tell('notify', 'test', 'phone')).code).toBe(64);
    expect((await tell('notify', 'test')).code).toBe(64);
    settle({ phone: { kind: 'ntfy', url: 'https://ntfy.sh' } });
    const broken = await tell('daemon');
    expect([broken.code, broken.stderr]).toEqual([78, expect.stringContaining('notices.phone has no topic')]);
  });
});
