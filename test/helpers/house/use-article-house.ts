import { afterAll, beforeAll } from 'vitest';
import type { Mosquitto } from '../brokers/mosquitto.ts';
import {
  articlePasswords,
  startArticleBroker,
  startDevice,
  type TestDevice,
  wellCellar,
  wellHeating,
} from './article-house.ts';

/** The article's house on a real mosquitto: both devices speak, and all is well. */
export interface ArticleHouse {
  readonly broker: Mosquitto;
  readonly heating: TestDevice;
  readonly cellar: TestDevice;
  /** The environment in which hometui logs in as this user. */
  readonly login: (user: string, password?: string) => Record<string, string>;
}

/**
 * A house for the tests of this `describe`: started before the first and closed after the last of them. `conf` are more
 * lines for the broker's conf. What is read of it before a test runs throws.
 */
export function useArticleHouse(conf = ''): ArticleHouse {
  let broker: Mosquitto | undefined;
  let heating: TestDevice | undefined;
  let cellar: TestDevice | undefined;
  beforeAll(async () => {
    broker = await startArticleBroker(conf);
    heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
    cellar = await startDevice(broker.url, 'dhtclient', ['cellar/fan']);
    heating.speak(wellHeating);
    cellar.speak(wellCellar);
  });
  afterAll(async () => {
    await heating?.close();
    await cellar?.close();
    await broker?.close();
  });
  return {
    get broker() {
      return started(broker);
    },
    get heating() {
      return started(heating);
    },
    get cellar() {
      return started(cellar);
    },
    login: (user, password = articlePasswords[user] ?? '') => ({
      HOMETUI_URL: started(broker).url,
      HOMETUI_USER: user,
      HOMETUI_PASSWORD: password,
    }),
  };
}

function started<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the house is not there before the first test');
  return part;
}
