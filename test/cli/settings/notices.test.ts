import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/app/failure.ts';
import { readChannels } from '../../../src/cli/settings/notices.ts';
import { resolveSettings } from '../../../src/cli/settings/settings.ts';
import { settingRows } from '../../../src/cli/settings/settings-report.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { ChannelSettings, NoticeSettings } from '../../../src/core/settings/notices.ts';
import { articleHouse } from '../../helpers/house/house-run.ts';

const house = createHouse(articleHouse());
let folder = '';
const file = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-channels-'));
  writeFileSync(file('token'), 's3cret\nnot this\n');
  writeFileSync(file('empty'), '\n');
  writeFileSync(file('blank'), 'two words\n');
  writeFileSync(file('umlaut'), 'schlüssel\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { TOPIC: 'home-42', NOTHING: '' };
const read = (settings: ChannelSettings) => readChannels({ phone: settings }, house, env)[0];

/** Code and message of the refusal. */
function refusal(settings: ChannelSettings): string {
  try {
    read(settings);
    return 'taken';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.exitCode} ${error.message}`.replace(folder, '');
  }
}

describe('a channel', () => {
  const ntfy = { kind: 'ntfy', url: 'https://ntfy.sh' } as const;

  it('has its secrets from files and from the environment', () => {
    const settings = { ...ntfy, topicEnv: 'TOPIC', tokenFile: file('token') };
    expect(read(settings)).toEqual({ name: 'phone', settings, secret: 's3cret', topic: 'home-42' });
    expect(read({ kind: 'webhook', url: 'https://pi/', keyFile: file('token') })).toMatchObject({ secret: 's3cret' });
    expect(read({ kind: 'webhook', url: 'https://pi/' })).toMatchObject({ secret: null });
    expect(read({ kind: 'command', command: ['/bin/true'] })).toMatchObject({ secret: null, topic: null });
  });

  it.each<[() => ChannelSettings, string]>([
    [() => ntfy, '78 notices.phone has no topic'],
    [() => ({ kind: 'gotify', url: 'https://pi/' }), '78 notices.phone has no token'],
    [() => ({ ...ntfy, topicEnv: 'NOTHING' }), '78 notices.phone: NOTHING is not in the environment'],
    [() => ({ ...ntfy, topicEnv: 'OTHER' }), '78 notices.phone: OTHER is not in the environment'],
    [() => ({ ...ntfy, topicFile: file('none') }), '66 notices.phone: /none cannot be read: there is no such file'],
    [() => ({ ...ntfy, topicFile: file('empty') }), '78 notices.phone: /empty is empty'],
    [() => ({ ...ntfy, topicFile: file('blank') }), '78 notices.phone: its secret holds a blank'],
    [
      () => ({ ...ntfy, topicFile: file('umlaut') }),
      '78 notices.phone: its secret holds a character that is none of ASCII, or that cannot be seen',
    ],
    [
      () => ({ kind: 'webhook', url: 'http://pi/' }),
      '78 notices.phone.url has no TLS, and what goes there can be read on the way',
    ],
    [() => ({ kind: 'webhook', url: 'http://pi/', allowHttp: true }), 'taken'],
    [() => ({ kind: 'webhook', url: 'http://127.0.0.1:80/' }), 'taken'],
    [() => ({ kind: 'mqtt', topic: 'home/notices' }), 'taken'],
    [() => ({ kind: 'mqtt', topic: 'heating/pump' }), '78 notices.phone.topic is a topic of the house'],
    [() => ({ kind: 'mqtt', topic: 'home/#' }), expect.stringMatching(/^78 notices\.phone\.topic is no topic name/)],
  ])('%#: %s', (settings, expected) => {
    expect(refusal(settings())).toEqual(expected);
  });
});

it('config show tells where a channel is from, and no path that may be a secret', () => {
  const notices: NoticeSettings = {
    chat: { kind: 'webhook', url: 'https://chat.example/hooks/T0/s3cret?x=1', keyFile: '/home/pi/key' },
    hook: { kind: 'command', command: ['/bin/notice', 'all'] },
  };
  const settings = resolveSettings({}, {}, { notices });
  if (!settings.ok) throw new Error('no settings');
  const rows = settingRows(settings.value).filter(({ name }) => name.startsWith('notices'));
  expect(rows.map(({ name, value, origin }) => `${name} ${value} ${origin}`)).toEqual([
    'notices.chat.kind webhook settings',
    'notices.chat.url https://chat.example/(hidden) settings',
    'notices.chat.keyFile /home/pi/key settings',
    'notices.hook.kind command settings',
    'notices.hook.command.0 /bin/notice settings',
    'notices.hook.command.1 all settings',
  ]);
});

it("channels are this user's, also where a profile names the broker", () => {
  const notices: NoticeSettings = { hook: { kind: 'command', command: ['/bin/notice'] } };
  const preferences = { notices, profiles: { home: { url: 'mqtt://pi' } } };
  const settings = resolveSettings({ profile: 'home' }, {}, preferences);
  expect(settings).toMatchObject({ ok: true, value: { notices: { value: notices, origin: 'settings' } } });
});
