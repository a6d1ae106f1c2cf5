import { connectAsync, type MqttClient } from 'mqtt';
import { type Mosquitto, startMosquitto } from '../brokers/mosquitto.ts';

/** The contract's users; each password is the name backwards. */
export const articlePasswords: Readonly<Record<string, string>> = {
  dhtclient: 'tneilcthd',
  heating: 'gnitaeh',
  monitor: 'rotinom',
  master: 'retsam',
};

/** The contract's rights, but for one: `monitor` may not write the fan. */
const articleAcl = `user dhtclient
topic write cellar/temperature
topic write cellar/humidity
topic write cellar/fan/done
topic read cellar/fan

user heating
topic write heating/flow
topic write heating/return
topic write heating/pump/done
topic write heating/burner/done
topic read heating/pump
topic read heating/burner

user monitor
topic read heating/#
topic read cellar/#
topic write heating/pump
topic write heating/burner

user master
topic readwrite #
topic read $SYS/#
`;

/** A mosquitto with the contract's users and rights. Always `await broker.close()`. */
export function startArticleBroker(conf = ''): Promise<Mosquitto> {
  return startMosquitto({ acl: articleAcl, passwords: articlePasswords, conf });
}

/** A device in a test's hands: it speaks when it is told to, and answers commands while it is willing. */
export interface TestDevice {
  readonly client: MqttClient;
  /** Sends its values, now and each half second from now on. */
  readonly speak: (values: Readonly<Record<string, string>>) => void;
  readonly fallSilent: () => void;
  /** Whether commands are answered on `…/done`; they are unless told otherwise. */
  readonly answer: (isWilling: boolean) => void;
  /** Commands that came, as `topic payload`. */
  readonly commands: readonly string[];
  readonly close: () => Promise<void>;
}

/** Logs a device in and subscribes its commands. */
export async function startDevice(url: string, user: string, commands: readonly string[]): Promise<TestDevice> {
  const client = await connectAsync(url, {
    username: user,
    password: articlePasswords[user] ?? '',
    protocolVersion: 4,
  });
  const received: string[] = [];
  let isWilling = true;
  let timer: NodeJS.Timeout | undefined;
  client.on('message', (topic, payload) => {
    received.push(`${topic} ${payload}`);
    if (isWilling) client.publish(`${topic}/done`, payload);
  });
  if (commands.length > 0) await client.subscribeAsync([...commands]);
  const fallSilent = (): void => clearInterval(timer);
  return {
    client,
    speak: values => {
      fallSilent();
      const say = (): void => {
        for (const [topic, value] of Object.entries(values)) client.publish(topic, value);
      };
      say();
      timer = setInterval(say, 500);
    },
    fallSilent,
    answer: willing => {
      isWilling = willing;
    },
    commands: received,
    close: async () => {
      fallSilent();
      await client.endAsync(true);
    },
  };
}

/** Values of a house in which all is well. */
export const wellHeating = { 'heating/flow': '54.3', 'heating/return': '41.0' };
export const wellCellar = { 'cellar/temperature': '14.2', 'cellar/humidity': '71' };
