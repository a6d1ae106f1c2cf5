import { describe, expect, it } from 'vitest';
import { parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import { isUnguarded, listenerName, listenersOf } from '../../../../src/core/mosquitto/conf/listeners.ts';
import { optionOf, pluginsOf } from '../../../../src/core/mosquitto/conf/plugins.ts';

const listeners = (text: string) => listenersOf(parseBrokerConf(text, 'conf'));
const short = (text: string) =>
  listeners(text).map(({ port, address, acls, passwords, isAnonymousAllowed }) => ({
    ...{ port, address, isAnonymousAllowed },
    ...{ acls: acls.map(({ value }) => value), passwords: passwords.map(({ value }) => value) },
  }));

describe('the listeners of a conf', () => {
  it('is one for this machine, which lets everybody in, where the conf has none', () => {
    expect(short('acl_file a')).toEqual([
      { port: 1883, address: 'localhost', isAnonymousAllowed: true, acls: ['a'], passwords: [] },
    ]);
    expect(short('allow_anonymous false')[0]?.isAnonymousAllowed).toBe(false);
    expect(listeners('').map(listenerName)).toEqual(['the listener of this machine (1883)']);
  });

  it('lends rights, passwords and allow_anonymous to all, wherever they stand', () => {
    const both = { isAnonymousAllowed: false, acls: ['a'], passwords: ['p'] };
    expect(short('acl_file a\nlistener 1883\nlistener 1884 127.0.0.1\npassword_file p')).toEqual([
      { port: 1883, address: null, ...both },
      { port: 1884, address: '127.0.0.1', ...both },
    ]);
  });

  it('has them for each with per_listener_settings, and lends none', () => {
    const text =
      'per_listener_settings true\nlistener 1\nacl_file a\npassword_file p\nlistener 2\nallow_anonymous true';
    expect(short(text)).toEqual([
      { port: 1, address: null, isAnonymousAllowed: false, acls: ['a'], passwords: ['p'] },
      { port: 2, address: null, isAnonymousAllowed: true, acls: [], passwords: [] },
    ]);
    expect(listeners(text).map(isUnguarded)).toEqual([false, true]);
  });

  it('knows the port of old, its address, certificates and WebSockets', () => {
    const text = 'port 1883\nbind_address ::1\nlistener 8883\ncertfile c\nlistener 9001\nprotocol websockets';
    expect(listeners(text).map(listenerName)).toEqual(['listener 1883 on ::1', 'listener 8883', 'listener 9001']);
    expect(listeners(text).map(({ certificate }) => certificate?.value ?? null)).toEqual([null, 'c', null]);
    expect(listeners(text).map(({ isWebSocket }) => isWebSocket)).toEqual([false, false, true]);
  });

  it.each([
    ['bind_address ::1', ['listener 1883 on ::1']],
    ['bind_address ::1\nport 1884', ['listener 1884 on ::1']],
    ['port 1884\nlistener 1885\nbind_address ::1', ['listener 1884 on ::1', 'listener 1885']],
    ['listener 1885 ::2\nbind_address ::1', ['listener 1885 on ::2', 'listener 1883 on ::1']],
  ])('%j: what is said of old is one listener, and lets nobody in by itself', (text, names) => {
    expect(listeners(text).map(listenerName)).toEqual(names);
    expect(listeners(text).some(({ isAnonymousAllowed }) => isAnonymousAllowed)).toBe(false);
  });

  it('lets a listener of 2.1 have its own word on clients without a name', () => {
    expect(short('allow_anonymous true\nlistener 1\nlistener 2\nlistener_allow_anonymous false')).toMatchObject([
      { isAnonymousAllowed: true },
      { isAnonymousAllowed: false },
    ]);
  });
});

describe('the plugins of a conf', () => {
  it('have the options up to the next one', () => {
    const text = [
      ...['plugin /lib/mosquitto_acl_file.so', 'plugin_opt_acl_file a', 'plugin_load guests /lib/my plugin.so'],
      ...['plugin_opt_x y', 'global_plugin mosquitto_dynamic_security.so', 'plugin_opt_config_file d.json'],
    ].join('\n');
    const found = pluginsOf(parseBrokerConf(text, 'conf'));
    expect(found.map(({ kind, name, path }) => [kind, name, path])).toEqual([
      ['acl-file', null, '/lib/mosquitto_acl_file.so'],
      ['other', 'guests', '/lib/my plugin.so'],
      ['dynamic-security', null, 'mosquitto_dynamic_security.so'],
    ]);
    expect(found.map(plugin => optionOf(plugin, 'config_file')?.value ?? null)).toEqual([null, null, 'd.json']);
  });

  it('give rights by their options: to all, or to the listeners that use them', () => {
    const loaded = 'plugin_load one mosquitto_acl_file.so\nplugin_opt_acl_file a\n';
    expect(short(`${loaded}listener 1\nplugin_use one\nlistener 2`).map(({ acls }) => acls)).toEqual([['a'], []]);
    const everywhere = 'plugin mosquitto_acl_file.so\nplugin_opt_acl_file a\nlistener 1\nlistener 2';
    expect(short(everywhere).map(({ acls }) => acls)).toEqual([['a'], ['a']]);
    const own =
      'per_listener_settings true\nlistener 1\nplugin mosquitto_acl_file.so\nplugin_opt_acl_file a\nlistener 2';
    expect(short(own).map(({ acls }) => acls)).toEqual([['a'], []]);
    const all =
      'per_listener_settings true\nglobal_plugin mosquitto_acl_file.so\nplugin_opt_acl_file a\nlistener 1\nlistener 2';
    expect(short(all).map(({ acls }) => acls)).toEqual([['a'], ['a']]);
  });

  it('decide by something else where they are others than those of files', () => {
    const [dynamic] = listeners('plugin x/mosquitto_dynamic_security.so\nlistener 1');
    expect(dynamic?.plugins.map(({ kind }) => kind)).toEqual(['dynamic-security']);
    const [kept] = listeners('plugin mosquitto_persist_sqlite.so\nlistener 1');
    expect(kept === undefined ? null : isUnguarded(kept)).toBe(true);
  });
});
