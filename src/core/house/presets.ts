import type { HouseConfig } from './schema.ts';

/** The house of the article, as the contract fixes it. */
const article: HouseConfig = {
  name: 'Home',
  cadence: 5,
  sensors: {
    flow: {
      label: 'Flow',
      topic: 'heating/flow',
      unit: '°C',
      range: { min: 20, max: 90 },
      warning: { high: 80 },
      critical: { high: 90 },
      role: 'flow',
    },
    return: {
      label: 'Return',
      topic: 'heating/return',
      unit: '°C',
      range: { min: 20, max: 90 },
      warning: { high: 70 },
      critical: { high: 85 },
      role: 'return',
    },
    temperature: {
      label: 'Temperature',
      topic: 'cellar/temperature',
      unit: '°C',
      range: { min: 0, max: 30 },
      warning: { low: 4 },
      critical: { low: 1 },
      role: 'cellar',
    },
    humidity: {
      label: 'Humidity',
      topic: 'cellar/humidity',
      unit: '%',
      range: { min: 30, max: 100 },
      warning: { high: 80 },
      critical: { high: 95 },
      role: 'humidity',
    },
  },
  derived: {
    spread: { kind: 'difference', label: 'Spread', unit: 'K', minuend: 'flow', subtrahend: 'return' },
    dewPoint: { kind: 'dew-point', label: 'Dew point', temperature: 'temperature', humidity: 'humidity' },
  },
  switches: {
    pump: {
      label: 'Pump',
      command: 'heating/pump',
      feedback: 'heating/pump/done',
      on: 'on',
      off: 'off',
      key: 'p',
      role: 'pump',
    },
    burner: {
      label: 'Burner',
      command: 'heating/burner',
      feedback: 'heating/burner/done',
      on: 'on',
      off: 'off',
      key: 'b',
      ask: true,
      role: 'burner',
    },
    fan: {
      label: 'Fan',
      command: 'cellar/fan',
      feedback: 'cellar/fan/done',
      on: 'on',
      off: 'off',
      key: 'f',
      role: 'fan',
    },
  },
  clients: {
    heating: { publishes: ['flow', 'return', 'pump', 'burner'] },
    dhtclient: { publishes: ['temperature', 'humidity', 'fan'] },
  },
  panels: [
    { label: 'Heating', items: ['flow', 'return', 'spread', 'pump', 'burner'] },
    { label: 'Cellar', items: ['temperature', 'humidity', 'dewPoint', 'fan'] },
  ],
};

/** The same house with the German topics and payloads of the article's first edition; labels stay English. */
const articleDe: HouseConfig = {
  ...article,
  sensors: renameTopics(article.sensors, {
    flow: { topic: 'heizung/vorlauf' },
    return: { topic: 'heizung/ruecklauf' },
    temperature: { topic: 'keller/temperatur' },
    humidity: { topic: 'keller/feuchte' },
  }),
  switches: renameTopics(article.switches, {
    pump: { command: 'heizung/pumpe', feedback: 'heizung/pumpe/done', on: 'an', off: 'aus' },
    burner: { command: 'heizung/brenner', feedback: 'heizung/brenner/done', on: 'an', off: 'aus' },
    fan: { command: 'keller/luefter', feedback: 'keller/luefter/done', on: 'an', off: 'aus' },
  }),
};

/** The houses that need no file, by the name that `--house` takes. */
export const presets: Readonly<Record<string, HouseConfig>> = { article, 'article-de': articleDe };

function renameTopics<Item>(
  items: Record<string, Item>,
  changes: Record<string, Partial<NoInfer<Item>>>,
): Record<string, Item> {
  return Object.fromEntries(Object.entries(items).map(([id, item]) => [id, { ...item, ...changes[id] }]));
}
