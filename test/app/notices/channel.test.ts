import { createHmac } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Channel, sendBy } from '../../../src/app/notices/channel.ts';
import { factsOf } from '../../../src/core/notices/forms.ts';
import { noticeOf } from '../../../src/core/notices/notice.ts';
import type { ChannelSettings } from '../../../src/core/settings/notices.ts';
import { systemClock } from '../../../src/io/clock.ts';
import type { Outcome } from '../../../src/io/notices/outcome.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { AT, entry } from '../../helpers/notices/changes.ts';
import { answer, startHttpServer } from '../../helpers/notices/http-server.ts';

const keep = closeAfterEach();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-channel-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parts = { type: 'alarms', entries: [entry('a', 'raised')], waitsUntil: null } as const;
const sent = { notice: noticeOf(parts, { id: 'x-1', at: AT, house: 'Home' }), isAgain: false, lost: 0 };

function send(settings: ChannelSettings, more: Partial<Channel> = {}, publish?: () => Promise<Outcome>) {
  const channel = { name: 'phone', settings, secret: null, topic: null, ...more };
  const env = { PATH: process.env.PATH, HOME: folder, HOMETUI_PASSWORD: 'secret', MQTT_PASSWORD: 'secret' };
  const none = (): Promise<Outcome> => Promise.resolve({ isDelivered: true, answer: 'taken' });
  return sendBy(channel, sent, { clock: systemClock(), env, publish: publish ?? none });
}

function program(script: string): string {
  const path = join(folder, 'program');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

it.each([
  [
    'webhook',
    '/hook',
    { 'idempotency-key': 'x-1', 'x-hometui-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/) },
  ],
  ['ntfy', '/hook', { authorization: 'Bearer s3cret' }],
  ['gotify', '/hook/message', { 'x-gotify-key': 's3cret' }],
] as const)('%s gets its form and its secret', async (kind, path, headers) => {
  const server = keep(await startHttpServer(answer(200)));
  const outcome = await send({ kind, url: `${server.url}/hook` }, { secret: 's3cret', topic: 'home-42' });
  expect(outcome).toEqual({ isDelivered: true, answer: 'HTTP 200' });
  expect(server.requests).toMatchObject([{ url: path, headers }]);
  const [request] = server.requests;
  const signature = createHmac('sha256', 's3cret')
    .update(request?.body ?? '')
    .digest('hex');
  if (kind === 'webhook') expect(request?.headers['x-hometui-signature']).toBe(`sha256=${signature}`);
  if (kind === 'ntfy') expect(JSON.parse(request?.body ?? '')).toMatchObject({ topic: 'home-42', priority: 5 });
  else expect(request?.body).not.toContain('home-42');
});

it('services without a secret get no header of it', async () => {
  const server = keep(await startHttpServer(answer(200)));
  for (const kind of ['webhook', 'ntfy', 'gotify'] as const) await send({ kind, url: `${server.url}/` });
  const names = server.requests.flatMap(({ headers }) => Object.keys(headers));
  expect(names.filter(name => /authorization|gotify|signature/.test(name))).toEqual([]);
  expect(server.requests.map(({ url }) => url)).toEqual(['/', '/', '/message']);
});

it('a command gets the facts, and none of our secrets', async () => {
  const command = [program('cat > "$HOME/facts"; env > "$HOME/env"')];
  expect(await send({ kind: 'command', command })).toMatchObject({ isDelivered: true });
  expect(readFileSync(join(folder, 'facts'), 'utf8')).toBe(`${factsOf(sent)}\n`);
  const env = readFileSync(join(folder, 'env'), 'utf8');
  expect(env).toContain('HOMETUI_TITLE=Home: alarm raised: Label of a\n');
  expect(env).not.toContain('secret');
});

it('a mail goes to sendmail, which reads who gets it', async () => {
  const path = program('echo "$*" > "$HOME/words"; cat > "$HOME/mail"');
  expect(await send({ kind: 'mail', to: 'me@home.example', from: 'pi@home.example', program: path })).toMatchObject({
    isDelivered: true,
  });
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe('-i -t\n');
  expect(readFileSync(join(folder, 'mail'), 'utf8')).toMatch(
    /^From: pi@home\.example\nTo: me@home\.example\nSubject: /,
  );
});

it('a topic gets the facts over the link, which has its time', async () => {
  const taken = await send({ kind: 'mqtt', topic: 'home/notices' });
  expect(taken).toEqual({ isDelivered: true, answer: 'taken' });
  const late = await send({ kind: 'mqtt', topic: 'home/notices', timeout: 1 }, {}, () => new Promise(() => {}));
  expect(late).toEqual({ isDelivered: false, why: 'the broker did not acknowledge it within 1 s', mayBeDone: true });
});
