import { describe, expect, it } from 'vitest';
import { parsePreferences } from '../../../src/core/settings/parse.ts';

const messagesOf = (value: unknown): readonly string[] =>
  parsePreferences(JSON.stringify(value), 'config.json').issues.map(({ message }) => message);

describe('parsePreferences', () => {
  it('takes what each field may be at its bounds', () => {
    const good = {
      ...{ url: 'mqtt://pi', user: 'me', password: '', passwordFile: 'p', cafile: 'a', cert: 'c', key: 'k' },
      ...{ insecure: false, protocolVersion: '311', keepalive: 5, house: 'article', acl: 'acl', brokerLog: 'journal' },
      ...{
        engine: 'http://db',
        engineLogin: 'f',
        history: false,
        theme: 'dark',
        last: { url: 'mqtt://pi', user: 'me' },
      },
      profiles: { pi: { keepalive: 65_535 }, empty: {} },
    };
    expect(parsePreferences(JSON.stringify({ $schema: 'x', ...good }), 'f')).toEqual({ preferences: good, issues: [] });
  });

  it.each([
    [null, ['the settings must be an object in braces']],
    [[], ['the settings must be an object in braces']],
    ['text', ['the settings must be an object in braces']],
    [{ user: '' }, ['user must be a text']],
    [{ insecure: 'no' }, ['insecure must be true or false']],
    [{ protocolVersion: 5 }, ['protocolVersion must be "5", "311" or "auto"']],
    [{ keepalive: 4 }, ['keepalive must be a whole number from 5 to 65535']],
    [{ keepalive: 65_536 }, ['keepalive must be a whole number from 5 to 65535']],
    [{ keepalive: 5.5 }, ['keepalive must be a whole number from 5 to 65535']],
    [{ last: [] }, ['last must be an object with url and user']],
    [{ last: { url: 1, host: 'pi' } }, ['last.url must be a text', 'last.host is no setting']],
    [{ profiles: [] }, ['profiles must be an object with one profile for each name']],
    [
      { profiles: { pi: 'x', b: { theme: 'dark' } } },
      ['profiles.pi must be an object', 'profiles.b.theme is no setting'],
    ],
    [{ colour: 1, size: 2, font: 3 }, ['colour is no setting', 'size is no setting', 'font is no setting']],
  ])('names what is wrong in %j', (value, messages) => {
    expect(messagesOf(value)).toEqual(messages);
  });

  it('keeps all that is right beside it, and says which settings there are', () => {
    const text =
      '{"user": "me", "colour": 1, "last": {"url": 2, "user": "me"}, "profiles": {"pi": {"user": 3, "url": "u"}}}';
    const { preferences, issues } = parsePreferences(text, 'config.json');
    expect(preferences).toEqual({ user: 'me', last: { user: 'me' }, profiles: { pi: { url: 'u' } } });
    expect(issues.map(({ cure }) => cure)).toContain(
      'Remove it; the settings are url, user, password, passwordFile, cafile, cert, key, insecure, protocolVersion, keepalive, house, acl, brokerLog, engine, engineLogin, history, historyKeepDays, historyKeepYears, historyBudgetMb, historyFloorMb, theme, mouse, bell, favourites, notices, last, profiles.',
    );
  });

  it.each([
    ['historyKeepDays', 0, 'historyKeepDays must be a whole number from 1 to 36500; without it there is no limit'],
    ['historyKeepYears', 1.5, 'historyKeepYears must be a whole number from 1 to 100; without it there is no limit'],
    ['historyBudgetMb', -1, 'historyBudgetMb must be a whole number from 1 to 1000000; without it there is no limit'],
    ['historyFloorMb', '5', 'historyFloorMb must be a whole number from 0 to 1000000'],
  ])('takes no limit by which nothing would be kept: %s of %j', (name, value, words) => {
    const { preferences, issues } = parsePreferences(JSON.stringify({ [name]: value }), 'config.json');
    expect([preferences, issues.map(({ message }) => message)]).toEqual([{}, [words]]);
  });

  it.each([
    ['', 1],
    ['{', 1],
    ['{\n  "user": "me",\n}', 3],
    ['{\n  "password": "secret"\n  "user": "me"\n}', 3],
    ['\ufeff{\n"user" "me"}', 2],
  ])('tells where %j is no JSON, and nothing of what it holds', (text, line) => {
    const { preferences, issues } = parsePreferences(text, 'config.json');
    expect(preferences).toEqual({});
    expect(issues).toMatchObject([
      { severity: 'error', message: 'the settings are not JSON', place: { file: 'config.json', line } },
    ]);
    expect(JSON.stringify(issues)).not.toContain('secret');
  });

  it('reads a text that begins with a byte-order mark', () => {
    expect(parsePreferences('\ufeff{"user":"me"}', 'f')).toEqual({ preferences: { user: 'me' }, issues: [] });
  });

  it('says which fields there are where one is that is none', () => {
    const cures = (value: unknown) => parsePreferences(JSON.stringify(value), 'f').issues.map(({ cure }) => cure);
    expect(cures({ last: { host: 'pi' } })).toEqual(['Remove it; the settings are url, user.']);
    const all = cures({ colour: 1 });
    expect(all[0]).toMatch(/^Remove it; the settings are url, user, password, /);
    expect(all[0]).toMatch(/, historyFloorMb, theme, mouse, bell, favourites, notices, last, profiles\.$/);
    const [ofProfile = ''] = cures({ profiles: { pi: { colour: 1 } } });
    expect(ofProfile).toBe(all[0]?.replace(', theme, mouse, bell, favourites, notices, last, profiles', ''));
    const shared = 'least, resolved, repeatMinutes, quiet, timeout';
    const gotify = { kind: 'gotify', url: 'https://here', urll: 1 };
    expect(cures({ notices: { phone: gotify } })).toEqual([
      `Remove it; the settings are kind, url, allowHttp, tokenFile, tokenEnv, ${shared}.`,
    ]);
    const quiet = { from: '22:00', to: '06:00', until: 1 };
    expect(cures({ notices: { log: { kind: 'command', command: ['/bin/true'], quiet } } })).toEqual([
      'Remove it; the settings are from, to, least.',
    ]);
    expect(cures({ last: 1 })).toEqual(['Mend or remove it.']);
    expect(parsePreferences('{"user":""}', 'f').issues).toMatchObject([{ place: { file: 'f' } }]);
  });
});
