import { describe, expect, it } from 'vitest';
import type { Flags } from '../../../src/cli/args/options.ts';
import { connectionOptions, resolveSettings, type Settings } from '../../../src/cli/settings/settings.ts';
import type { Preferences } from '../../../src/core/settings/schema.ts';

function resolve(flags: Flags, env: Record<string, string> = {}, preferences: Preferences = {}): Settings {
  const settings = resolveSettings(flags, env, preferences);
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

const saved: Preferences = {
  url: 'mqtt://pi:1883',
  user: 'master',
  password: 'saved',
  house: 'article-de',
  theme: 'light',
  last: { url: 'mqtt://elsewhere:1883', user: 'guest' },
  profiles: { cellar: { url: 'mqtts://cellar:8883', user: 'monitor', password: 'cellar', cafile: 'ca.pem' } },
};

describe('resolveSettings', () => {
  it('falls back to the defaults of the contract', () => {
    expect(resolve({})).toEqual({
      url: { value: 'mqtt://localhost:1883', origin: 'default' },
      protocolVersion: { value: 'auto', origin: 'default' },
      house: { value: 'article', origin: 'default' },
    });
  });

  it('lets a flag beat the environment, that the settings, those the defaults', () => {
    const env = { HOMETUI_URL: 'mqtt://env:1', HOMETUI_USER: 'env', HOMETUI_HOUSE: 'env.json', HOMETUI_THEME: 'env' };
    expect(resolve({ url: 'mqtt://flag:1', user: 'flag', house: 'f.json', theme: 'flag' }, env, saved)).toMatchObject({
      url: { value: 'mqtt://flag:1', origin: 'flag' },
      user: { value: 'flag', origin: 'flag' },
      house: { value: 'f.json', origin: 'flag' },
      theme: { value: 'flag', origin: 'flag' },
    });
    expect(resolve({}, env, saved)).toMatchObject({
      url: { value: 'mqtt://env:1', origin: 'environment' },
      user: { value: 'env', origin: 'environment' },
      house: { value: 'env.json', origin: 'environment' },
      theme: { value: 'env', origin: 'environment' },
    });
    expect(resolve({}, {}, saved)).toMatchObject({
      url: { value: 'mqtt://pi:1883', origin: 'settings' },
      user: { value: 'master', origin: 'settings' },
      password: { value: 'saved', origin: 'settings' },
      house: { value: 'article-de', origin: 'settings' },
      theme: { value: 'light', origin: 'settings' },
    });
  });

  it('uses who we were last time only where we were last time', () => {
    const { last } = saved;
    const preferences: Preferences = last === undefined ? {} : { last };
    expect(resolve({}, {}, preferences)).toMatchObject({
      url: { value: 'mqtt://elsewhere:1883', origin: 'last time' },
      user: { value: 'guest', origin: 'last time' },
    });
    expect(resolve({ host: 'pi' }, {}, preferences).user).toBeUndefined();
  });

  it('takes a profile whole', () => {
    expect(resolve({ profile: 'cellar' }, {}, saved)).toMatchObject({
      url: { value: 'mqtts://cellar:8883', origin: 'profile' },
      user: { value: 'monitor', origin: 'profile' },
      password: { value: 'cellar', origin: 'profile' },
      cafile: { value: 'ca.pem', origin: 'profile' },
      house: { value: 'article', origin: 'default' },
    });
    expect(resolveSettings({ profile: 'celar' }, {}, saved)).toMatchObject({
      error: { message: 'there is no profile "celar"', cure: expect.stringContaining('Did you mean cellar?') },
    });
  });

  it('never sends a saved password to another broker or with another name', () => {
    expect(resolve({ host: 'evil' }, {}, saved).password).toBeUndefined();
    expect(resolve({ port: 1884 }, {}, saved).password).toBeUndefined();
    expect(resolve({ user: 'monitor' }, {}, saved).password).toBeUndefined();
    expect(resolve({}, { HOMETUI_URL: 'mqtt://evil' }, saved).password).toBeUndefined();
    expect(resolve({ host: 'pi', user: 'master' }, {}, saved).password?.value).toBe('saved');
    expect(resolve({ profile: 'cellar', url: 'mqtt://cellar:1883' }, {}, saved).password).toBeUndefined();
  });

  it('knows a broker by its host, however it is written', () => {
    expect(resolve({ host: 'PI.', user: 'master' }, {}, saved).password?.value).toBe('saved');
    expect(resolve({ url: 'MQTT://Pi' }, {}, saved).password?.value).toBe('saved');
    const encrypted: Preferences = { url: 'mqtts://[fe80::1]:8883', user: 'master', password: 'saved', cafile: 'ca' };
    expect(resolve({ host: 'FE80:0::1' }, {}, encrypted).password?.value).toBe('saved');
    expect(resolve({ host: 'fe80::1', cafile: 'other' }, {}, encrypted).password?.value).toBe('saved');
    expect(resolve({ cafile: 'ca' }, {}, saved).password?.value).toBe('saved');
  });

  it('says for whom a saved password is that it does not use', () => {
    const savedPasswordFor = { value: 'master at mqtt://pi:1883', origin: 'settings' };
    expect(resolve({ host: 'other' }, {}, saved)).toMatchObject({ savedPasswordFor });
    expect(resolve({ host: 'pi', cafile: 'ca' }, {}, saved)).toMatchObject({ savedPasswordFor });
    expect(resolve({ host: 'pi', user: 'monitor' }, {}, saved)).toMatchObject({ savedPasswordFor });
    expect(resolve({ host: 'pi' }, {}, saved)).not.toHaveProperty('savedPasswordFor');
    expect(resolve({ host: 'x', password: 'p' }, {}, saved)).not.toHaveProperty('savedPasswordFor');
    expect(resolve({ host: 'x' }, { HOMETUI_PASSWORD: 'p' }, saved)).not.toHaveProperty('savedPasswordFor');
  });

  it('sends a password in a saved address to no other port', () => {
    const own: Preferences = { url: 'mqtt://me:geheim@pi' };
    expect(resolve({ port: 1884 }, {}, own).url?.value).toBe('mqtt://me@pi:1884');
  });

  it('takes the password of this run wherever it goes, an empty one too', () => {
    expect(resolve({ host: 'x', user: 'u', password: '' }, { HOMETUI_PASSWORD: 'e' }, saved).password).toEqual({
      value: '',
      origin: 'flag',
    });
    expect(resolve({ passwordFile: 'f' }, { HOMETUI_PASSWORD: 'e' }).passwordFile?.value).toBe('f');
    expect(resolve({ user: 'u' }, { HOMETUI_PASSWORD: 'e' }).password?.origin).toBe('environment');
  });

  it('ranks a name and a password in an address as the address itself', () => {
    const env = { HOMETUI_USER: 'env', HOMETUI_PASSWORD: 'e' };
    const typed = resolve({ url: 'mqtt://bob:pw@pi' }, env, saved);
    expect([typed.user, typed.password]).toEqual([undefined, undefined]);
    expect(resolve({ url: 'mqtt://bob@pi' }, env, saved)).toMatchObject({ password: { value: 'e' } });
    expect(resolve({ url: 'mqtt://bob:pw@pi', user: 'alice' }, env, saved)).toMatchObject({
      user: { value: 'alice', origin: 'flag' },
      password: { value: 'e', origin: 'environment' },
    });
    expect(resolve({}, env, { url: 'mqtt://me:pw@pi' })).toMatchObject({
      user: { value: 'env' },
      password: { value: 'e' },
    });
    expect(resolve({ port: 1884 }, { HOMETUI_USER: 'env' }, { url: 'mqtt://me:pw@pi' }).user?.value).toBe('env');
    expect(resolve({ host: 'pi' }, {}, { url: 'mqtt://me:pw@pi', user: 'master' }).user?.value).toBe('master');
  });

  it('never sends a saved password with another name that stands in the address', () => {
    const own: Preferences = { url: 'mqtt://me@pi', password: 'saved' };
    expect(resolve({}, {}, own).password?.value).toBe('saved');
    expect(resolve({ url: 'mqtt://bob@pi' }, {}, own).password).toBeUndefined();
    expect(resolve({ url: 'mqtt://bob@pi' }, {}, saved).password).toBeUndefined();
    expect(resolve({ url: 'mqtt://master@pi' }, {}, saved).password?.value).toBe('saved');
  });

  it('goes to the port of TLS where only a file for TLS is named', () => {
    expect(resolve({ cafile: 'ca.pem' }).url).toEqual({ value: 'mqtts://localhost:8883', origin: 'default' });
    expect(resolve({ cafile: 'ca.pem', port: 1884 }).url?.value).toBe('mqtt://localhost:1884');
    expect(resolve({ cafile: 'ca.pem' }, {}, saved).url?.value).toBe('mqtt://pi:1883');
  });

  it('lets a port alone change that of the address below it', () => {
    expect(resolve({ port: 1884 }, { HOMETUI_URL: 'mqtts://u:p@pi' }).url?.value).toBe('mqtts://u:p@pi:1884');
    expect(resolve({ port: 9001 }, {}, { url: 'ws://[::1]:80/mqtt' }).url?.value).toBe('ws://[::1]:9001/mqtt');
    expect(resolve({ host: 'a', port: 2 }, {}, saved)).toMatchObject({ host: { value: 'a' }, port: { value: 2 } });
  });

  it('gives the link what it takes, without the password', () => {
    expect(connectionOptions(resolve({ host: 'a', user: 'u', password: 'p', keepalive: 30, insecure: true }))).toEqual({
      host: 'a',
      user: 'u',
      keepalive: 30,
      insecure: true,
      protocolVersion: 'auto',
    });
  });
});
