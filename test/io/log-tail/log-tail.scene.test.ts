import { connect } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';
import { type Mosquitto, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('a scene on the mosquitto that is here', () => {
  it('is read as it happened: logins, a wrong password, take-overs, a freeze, garbage, a clean leave', async () => {
    const broker = await startMosquitto({ passwords: { heating: 'a' } });
    const open: MqttClient[] = [];
    const login = async (clientId: string, password = 'a'): Promise<MqttClient> => {
      const options = { clientId, username: 'heating', password, reconnectPeriod: 0 } as const;
      const client = mqtt.connect(broker.url, options);
      client.on('error', () => {});
      open.push(client);
      await new Promise<void>(resolve => client.once(password === 'a' ? 'connect' : 'close', () => resolve()));
      return client;
    };
    try {
      await login('dht-1');
      await login('wrong', 'b');
      for (let round = 0; round < 4; round++) await login('dht-1');
      await sayRaw(broker, Buffer.from('GET / HTTP/1.1\r\n\r\n'));
      const leaving = await login('leaving');
      await leaving.endAsync();
      const frozen = generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId: 'frozen',
        keepalive: 1,
        username: 'heating',
        password: Buffer.from('a'),
      });
      await sayRaw(broker, frozen);
      const ours =
        /^(?:login|taken-over|left|keepalive-expired) (?:dht-1|leaving|frozen)$|^protocol-error null$|^login-refused (?:wrong|null)$/;
      expect(
        entries(broker)
          .filter(line => ours.test(line))
          .map(line => line.replace('refused wrong', 'refused null')),
      ).toEqual([
        'login dht-1',
        'login-refused null',
        ...Array.from({ length: 4 }, () => ['taken-over dht-1', 'login dht-1']).flat(),
        'protocol-error null',
        'login leaving',
        'left leaving',
        'login frozen',
        'keepalive-expired frozen',
      ]);
    } finally {
      for (const client of open) client.end(true);
      await broker.close();
    }
  }, 30_000);
});

/** Says it and nothing more, until the broker closes the connection. */
async function sayRaw(broker: Mosquitto, bytes: Buffer): Promise<void> {
  const socket = connect(broker.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.write(bytes);
  await new Promise<void>(resolve => socket.once('close', () => resolve()));
}

function entries(broker: Mosquitto): readonly string[] {
  return broker
    .readLog()
    .split('\n')
    .flatMap(line => {
      const entry = parseLogLine(line);
      return entry !== null && 'clientId' in entry ? [`${entry.kind} ${entry.clientId}`] : [];
    });
}
