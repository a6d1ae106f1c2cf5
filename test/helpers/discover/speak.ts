import { connectAsync, type MqttClient } from 'mqtt';
import type { Recorded } from './recorded.ts';

/** Simulated devices on a real broker: they say what was recorded of them. */
export interface Speaking {
  readonly close: () => Promise<void>;
}

/** Publishes what is retained now, and the rest now and again and again, each half second. */
export async function speak(url: string, recorded: readonly Pick<Recorded, 'messages'>[]): Promise<Speaking> {
  const client: MqttClient = await connectAsync(url);
  const messages = recorded.flatMap(one => one.messages);
  const bytes = (payload: unknown): string => (typeof payload === 'string' ? payload : JSON.stringify(payload));
  for (const { topic, payload } of messages.filter(one => one.retained === true))
    await client.publishAsync(topic, bytes(payload), { retain: true, qos: 1 });
  const say = (): void => {
    for (const { topic, payload, retained } of messages) if (retained !== true) client.publish(topic, bytes(payload));
  };
  say();
  const timer = setInterval(say, 500);
  return {
    close: async () => {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
}
