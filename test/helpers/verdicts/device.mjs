// A device in a process of its own, so that it can be frozen: node device.mjs URL USER PASSWORD COMMAND FEEDBACK
import { connect } from 'mqtt';

const [url = '', username = '', password = '', command = '', feedback = ''] = process.argv.slice(2);
const client = connect(url, { username, password, protocolVersion: 4, reconnectPeriod: 0 });
client.on('message', (_topic, payload) => {
  process.stdout.write(`got ${payload}\n`);
  client.publish(feedback, payload);
});
client.subscribe(command, { qos: 1 }, () => process.stdout.write('ready\n'));
