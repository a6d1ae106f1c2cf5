import { connectAsync, type MqttClient } from 'mqtt';
import type { HouseConfig } from '../../src/core/house/schema.ts';

/** Who talks while the bench listens. */
export interface Devices {
  /** Publishes so many messages a second, turn by turn on all topics, until the returned function is called. */
  readonly talk: (messagesPerSecond: number) => () => void;
  /** Publishes one new value. */
  readonly say: (topic: string, value: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the devices of the article's house measure. */
export const ARTICLE_TOPICS = ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'] as const;

const TURN_MS = 5;

/** Logs in at a broker as everything that publishes in a house. */
export async function openDevices(url: string, topics: readonly string[]): Promise<Devices> {
  const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 });
  return {
    talk: messagesPerSecond => talk(client, topics, messagesPerSecond),
    say: async (topic, value) => void (await client.publishAsync(topic, value)),
    close: () => client.endAsync(true),
  };
}

function talk(client: MqttClient, topics: readonly string[], messagesPerSecond: number): () => void {
  let said = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) * messagesPerSecond) / 1_000;
    for (; said < due; said += 1) {
      const topic = topics[said % topics.length] ?? '';
      client.publish(topic, (50 + 20 * Math.sin(said / 50)).toFixed(1));
    }
  }, TURN_MS);
  return () => clearInterval(timer);
}

/** A house of so many sensors, in panels of ten, all of one client. */
export function houseOf(sensorCount: number): HouseConfig {
  const ids = Array.from({ length: sensorCount }, (_, index) => `s${index}`);
  const panels = Array.from({ length: Math.ceil(sensorCount / 10) }, (_, index) => ({
    label: `Room ${index}`,
    items: ids.slice(index * 10, index * 10 + 10),
  }));
  return {
    name: `${sensorCount} sensors`,
    sensors: Object.fromEntries(
      ids.map(id => [id, { label: `Sensor ${id}`, topic: `bench/${id}`, unit: '°C', range: { min: 0, max: 100 } }]),
    ),
    switches: {},
    clients: { bench: { label: 'bench', publishes: ids } },
    panels,
  };
}

/** The same in so many panels, on tabs. */
export function tabbedHouseOf(sensorCount: number, panelCount: number, tabCount: number): HouseConfig {
  const config = houseOf(sensorCount);
  const ids = Object.keys(config.sensors);
  const [perPanel, perTab] = [Math.ceil(sensorCount / panelCount), Math.ceil(panelCount / tabCount)];
  const panels = Array.from({ length: panelCount }, (_, index) => ({
    label: `Room ${index}`,
    items: ids.slice(index * perPanel, (index + 1) * perPanel),
  }));
  const tabs = Array.from({ length: tabCount }, (_, index) => ({
    label: `Floor ${index}`,
    panels: panels.slice(index * perTab, (index + 1) * perTab).map(panel => panel.label),
  }));
  return { ...config, panels, tabs };
}
