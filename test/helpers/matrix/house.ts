import type { Mosquitto } from '../brokers/mosquitto.ts';
import { articlePasswords, startArticleBroker, startDevice, type TestDevice } from '../house/article-house.ts';

/** A house on a real mosquitto whose values move, so that every level of a sparkline is drawn. */
export interface MovingHouse {
  readonly url: string;
  readonly heating: TestDevice;
  readonly cellar: TestDevice;
  readonly close: () => Promise<void>;
}

/** The user of the tours: may not write the fan. */
export const TOURIST = { user: 'monitor', password: articlePasswords.monitor ?? '' };

const EVERY_MS = 250;

/** Starts broker and devices. Always `await house.close()`. */
export async function startMovingHouse(): Promise<MovingHouse> {
  const broker: Mosquitto = await startArticleBroker();
  const heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
  const cellar = await startDevice(broker.url, 'dhtclient', ['cellar/fan']);
  let step = 0;
  const speak = (): void => {
    step += 1;
    const swing = Math.sin(step / 4);
    heating.client.publish('heating/flow', (50 + 25 * swing).toFixed(1));
    heating.client.publish('heating/return', (40 - 15 * swing).toFixed(1));
    cellar.client.publish('cellar/temperature', (13 + 4 * swing).toFixed(1));
    cellar.client.publish('cellar/humidity', (60 + 15 * swing).toFixed(0));
  };
  speak();
  const timer = setInterval(speak, EVERY_MS);
  return {
    url: broker.url,
    heating,
    cellar,
    close: async () => {
      clearInterval(timer);
      await heating.close();
      await cellar.close();
      await broker.close();
    },
  };
}
