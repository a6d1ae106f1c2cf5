import type { DeviceAccess } from './device-access.ts';
import { commentText, cText, pythonBytes, pythonText, yamlText } from './literals.ts';

/** Seconds after which the broker takes a silent device for gone, one and a half times over (MQTT 3.1.1, 3.1.2.10). */
const KEEPALIVE_S = 30;

/** A device whose password is known. */
export type OpenAccess = DeviceAccess & { readonly password: string };

/** `settings.py`: what a MicroPython program imports. Bytes, but for the host, which is looked up by its name. */
export function micropythonSettings({ id, user, password, host, port }: OpenAccess): string {
  return [
    `# ${commentText(id)}: what it needs for its network and its broker. Keep it to yourself.`,
    'WIFI = ("your network", "its password")',
    '',
    `BROKER = ${pythonText(host)}`,
    `PORT = ${port}`,
    `USER = ${pythonBytes(user)}`,
    `PASSWORD = ${pythonBytes(password)}`,
    `CLIENT_ID = ${pythonBytes(id)}`,
    `KEEPALIVE = ${KEEPALIVE_S}`,
    '',
  ].join('\n');
}

/** A header for a sketch: names, topics and words. */
export function arduinoHeader({ id, user, password, host, port, values, relays, availability }: OpenAccess): string {
  const define = (name: string, text: string): string => `#define MQTT_${name} ${cText(text)}`;
  return [
    `// ${commentText(id)}: what it needs for its network and its broker. Keep it to yourself.`,
    '#pragma once',
    '#define WIFI_NETWORK "your network"',
    '#define WIFI_PASSWORD "its password"',
    '',
    define('HOST', host),
    `#define MQTT_PORT ${port}`,
    ...[define('USER', user), define('PASSWORD', password), define('CLIENT_ID', id)],
    `#define MQTT_KEEPALIVE_SECONDS ${KEEPALIVE_S}`,
    ...values.map(value => define(`VALUE_${macro(value.id)}`, value.topic)),
    ...relays.flatMap(relay => [
      define(`COMMAND_${macro(relay.id)}`, relay.command),
      define(`FEEDBACK_${macro(relay.id)}`, relay.feedback),
      define(`ON_${macro(relay.id)}`, relay.on),
      define(`OFF_${macro(relay.id)}`, relay.off),
    ]),
    ...(availability === null
      ? []
      : [
          define('WILL_TOPIC', availability.topic),
          define('WILL_OFFLINE', availability.offline),
          define('WILL_ONLINE', availability.online),
        ]),
    '',
  ].join('\n');
}

/** Lines for the `mqtt:` of an ESPHome file. */
export function esphomeYaml({ id, user, password, host, port, availability }: OpenAccess): string {
  const message = (name: string, payload: string): readonly string[] =>
    availability === null
      ? []
      : [
          `  ${name}:`,
          `    topic: ${yamlText(availability.topic)}`,
          `    payload: ${yamlText(payload)}`,
          '    retain: true',
        ];
  return [
    `# ${commentText(id)}: for its ESPHome file. Keep it to yourself.`,
    ...(/\$/.test(user + password)
      ? ['# ESPHome takes $name for a substitution: have none of a name that stands here.']
      : []),
    'mqtt:',
    `  broker: ${yamlText(host)}`,
    `  port: ${port}`,
    `  username: ${yamlText(user)}`,
    `  password: ${yamlText(password)}`,
    `  client_id: ${yamlText(id)}`,
    `  keepalive: ${KEEPALIVE_S}s`,
    ...message('birth_message', availability?.online ?? ''),
    ...message('will_message', availability?.offline ?? ''),
    '',
  ].join('\n');
}

/** Lines for Tasmota's console, one at a time: `Backlog` would take a `;` in a password for its end. */
export function tasmotaLines({ id, user, password, host, port }: OpenAccess): string {
  const given = [
    ['MqttHost', host],
    ['MqttPort', String(port)],
    ['MqttUser', user],
    ['MqttPassword', password],
    ['MqttClient', id],
  ] as const;
  const unclear = given.filter(([, word]) => /^\s|\s$/.test(word) || /^[01"]$/.test(word));
  return [
    `# ${commentText(id)}: for Tasmota's console, a line at a time. Keep it to yourself.`,
    ...unclear.map(
      ([name]) => `# ${name}: the console takes this word for something else; type it on the page Configure MQTT.`,
    ),
    ...given.map(([name, word]) => `${name} ${word}`),
    '',
  ].join('\n');
}

/** What to fill into the dialog of a broker in Node-RED. */
export function nodeRedFields(
  user: string,
  password: string,
  { host, port }: Pick<DeviceAccess, 'host' | 'port'>,
): string {
  return [
    `For the mqtt-broker of a Node-RED that logs in as ${commentText(user)}. Keep it to yourself.`,
    'Connection',
    `  Server     ${host}`,
    `  Port       ${port}`,
    '  Client ID  leave it empty: two with one identifier throw each other out',
    'Security',
    `  Username   ${user}`,
    `  Password   ${password}`,
    '',
  ].join('\n');
}

function macro(id: string): string {
  return id
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toUpperCase();
}
