import type { Issue } from '../../issue.ts';
import { type BrokerConf, isOn } from '../broker-conf.ts';
import { listenersOf } from '../conf/listeners.ts';
import { pluginsOf } from '../conf/plugins.ts';

/** One way into the broker. */
export interface SetupListener {
  readonly port: number;
  /** The address it listens at; `null`: all of the machine's. */
  readonly bind: string | null;
  readonly isEncrypted: boolean;
}

/** The files of a set-up by their names in its folder. */
export const SETUP_NAMES = {
  passwords: 'passwd',
  acl: 'acl',
  conf: 'conf.d/50-hometui.conf',
  ca: 'certs/ca.crt',
  caKey: 'certs/ca.key',
  cert: 'certs/server.crt',
  key: 'certs/server.key',
} as const;

/** The port of a plain listener, and of one with TLS (IANA). */
export const [PLAIN_PORT, TLS_PORT] = [1_883, 8_883];

const LOG_TYPES = ['error', 'warning', 'notice', 'information', 'subscribe', 'unsubscribe', 'debug'];

/**
 * The fragment for `conf.d`: what both 2.0 and 2.1 take, and what holds for all listeners alike. `folder` is where the
 * broker finds the files, absolute.
 */
export function setupConf(folder: string, listeners: readonly SetupListener[]): string {
  const file = (name: keyof typeof SETUP_NAMES): string => `${folder}/${SETUP_NAMES[name]}`;
  const ways = listeners.flatMap(({ port, bind, isEncrypted }) => [
    '',
    `listener ${port}${bind === null ? '' : ` ${bind}`}`,
    ...(isEncrypted ? [`certfile ${file('cert')}`, `keyfile ${file('key')}`] : []),
  ]);
  return [
    '# Written by hometui setup, which replaces it as a whole; setup --undo takes that back.',
    ...ways,
    '',
    '# Nobody comes in without a name, and what no line of the ACL grants is denied.',
    'allow_anonymous false',
    `password_file ${file('passwords')}`,
    `acl_file ${file('acl')}`,
    '',
    '# Commands are short: they are not to wait for more.',
    'set_tcp_nodelay true',
    '',
    '# What is denied is logged at debug level only.',
    ...LOG_TYPES.map(type => `log_type ${type}`),
    '',
  ].join('\n');
}

/** The settings that this fragment brings for the whole broker: a second one would lose, win, or keep it from starting. */
const OURS = new Set(['password_file', 'acl_file', 'allow_anonymous']);

/** What stands in the broker's other confs, our fragment left out, and does not go with it. */
export function confConflicts(others: BrokerConf, listeners: readonly SetupListener[]): readonly Issue[] {
  const deciders = pluginsOf(others).filter(({ kind }) => kind !== 'persistence');
  const perListener = isOn(others, 'per_listener_settings', false);
  const taken = listenersOf(others);
  return others.settings.flatMap((setting): readonly Issue[] => {
    const { key, value, file, line } = setting;
    const conflict = (message: string): Issue => ({
      severity: 'error',
      message,
      place: { file, line },
      cure: 'Delete the line, or put a # before it, and run this again.',
    });
    if (key === 'per_listener_settings' && perListener) {
      return [conflict('with per_listener_settings true the users and rights would hold for one listener only')];
    }
    if (OURS.has(key)) return [conflict(`${key} ${value} is set here already, and the set-up brings its own`)];
    if (deciders.some(plugin => plugin.setting === setting))
      return [conflict(`the plugin ${value} may decide in place of the password file and the ACL`)];
    const port = taken.find(listener => listener.setting === setting)?.port;
    if (!listeners.some(listener => listener.port === port)) return [];
    return [conflict(`port ${port} has a listener here already, and the set-up brings its own`)];
  });
}
