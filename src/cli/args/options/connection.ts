import type { OptionSpec } from './spec.ts';

/** The commands that connect to a broker. */
const linked = ['console', 'status', 'get', 'set', 'watch', 'daemon', 'history', 'simulate', 'acl', 'config'] as const;

/** How the broker is reached, and as whom. */
export const connectionOptions = {
  host: {
    short: 'h',
    value: 'HOST',
    fallback: 'localhost',
    help: "the broker's name or address",
    group: 'connection',
    commands: [...linked, 'setup'],
  },
  port: {
    short: 'p',
    value: 'PORT',
    number: { min: 1, max: 65_535, isWhole: true },
    fallback: '1883, with TLS 8883',
    help: "the broker's port",
    group: 'connection',
    commands: [...linked, 'setup'],
  },
  url: {
    short: 'L',
    value: 'URL',
    env: 'HOMETUI_URL',
    help: 'mqtt://, mqtts://, ws:// or wss:// URL in place of --host and --port',
    group: 'connection',
    commands: linked,
  },
  user: {
    short: 'u',
    value: 'NAME',
    env: 'HOMETUI_USER',
    help: 'the user to log in as',
    group: 'connection',
    commands: [...linked, 'demo'],
  },
  password: {
    short: 'P',
    value: 'PASSWORD',
    env: 'HOMETUI_PASSWORD',
    help: 'its password; others on this machine can read it here: prefer --password-file',
    group: 'connection',
    commands: linked,
  },
  passwordFile: {
    value: 'FILE',
    help: 'a file whose first line is the password',
    group: 'connection',
    commands: [...linked, 'users'],
    completes: 'file',
  },
  cafile: {
    value: 'FILE',
    help: 'PEM file of the authorities to trust; turns TLS on',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  cert: {
    value: 'FILE',
    help: 'PEM file of our own certificate',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  key: {
    value: 'FILE',
    help: 'PEM file of its private key',
    group: 'connection',
    commands: linked,
    completes: 'file',
  },
  insecure: {
    help: "TLS without checking the name in the broker's certificate",
    group: 'connection',
    commands: linked,
  },
  protocolVersion: {
    short: 'V',
    value: 'VERSION',
    choices: ['5', '311', 'auto'],
    fallback: 'auto: 5, then 3.1.1',
    help: 'the MQTT version',
    group: 'connection',
    commands: linked,
  },
  id: {
    short: 'i',
    value: 'ID',
    fallback: 'random for each start',
    help: 'our MQTT client identifier',
    group: 'connection',
    commands: linked,
  },
  keepalive: {
    short: 'k',
    value: 'SECONDS',
    number: { min: 5, max: 65_535, isWhole: true },
    fallback: '15',
    help: 'seconds between signs of life to the broker',
    group: 'connection',
    commands: linked,
  },
  profile: {
    value: 'NAME',
    help: 'a broker profile of the settings',
    group: 'connection',
    commands: linked,
  },
} as const satisfies Record<string, OptionSpec>;
