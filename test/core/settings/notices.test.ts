import { describe, expect, it } from 'vitest';
import { parsePreferences } from '../../../src/core/settings/parse.ts';

const read = (channel: unknown, name = 'phone') =>
  parsePreferences(JSON.stringify({ notices: { [name]: channel } }), 'config.json');

describe('a channel', () => {
  it.each([
    { kind: 'command', command: ['/home/pi/notice', 'all'] },
    { kind: 'webhook', url: 'https://home.example/hook', keyFile: '/home/pi/.hook', timeout: 3 },
    { kind: 'ntfy', url: 'https://ntfy.sh', topicEnv: 'NTFY_TOPIC', least: 'note', resolved: false },
    { kind: 'gotify', url: 'http://pi:8080', allowHttp: true, tokenFile: '/home/pi/.gotify', repeatMinutes: 30 },
    {
      kind: 'mail',
      to: 'me@home.example',
      from: 'pi@home.example',
      quiet: { from: '22:00', to: '06:30', least: 'note' },
    },
    { kind: 'mqtt', topic: 'home/notices' },
  ])('is read as it is written: %j', channel => {
    expect(read(channel)).toEqual({ preferences: { notices: { phone: channel } }, issues: [] });
  });

  it.each([
    [
      { kind: 'command', command: ['notice'] },
      'command must be a list that begins with the absolute path of a program',
    ],
    [{ kind: 'command', command: '/bin/true' }, 'command must be a list of a program and its arguments'],
    [{ kind: 'mail', to: 'me', from: '', program: 'sendmail' }, 'program must be an absolute path'],
    [{ kind: 'mqtt', topic: 'a', least: 'high' }, 'least must be "note", "warning" or "alarm"'],
    [
      { kind: 'mqtt', topic: 'a', quiet: { from: '24:00', to: '06:30' } },
      'quiet.from must be a time of day as "22:00"',
    ],
    [{ kind: 'mqtt', topic: 'a', timeout: 61 }, 'timeout must be a whole number from 1 to 60'],
    [{ kind: 'mqtt', topic: 'a', repeatMinutes: 0 }, 'repeatMinutes must be a whole number from 1 to 10080'],
    [{ kind: 'mqtt', topic: 'a', token: 'x' }, 'token is no setting'],
  ])('with a fault is named: %j', (channel, message) => {
    expect(read(channel).issues.map(issue => issue.message)).toContain(`notices.phone.${message}`);
  });

  it('of no kind, or with no name, is none', () => {
    expect(read({ kind: 'pigeon' }).issues).toMatchObject([
      { message: expect.stringContaining('an object whose kind is') },
    ]);
    expect(read([]).issues).toHaveLength(1);
    expect(read({ kind: 'mqtt', topic: 'a' }, 'My phone').issues).toMatchObject([
      { message: 'notices.My phone must be a name of small letters, digits and hyphens' },
    ]);
  });
});
