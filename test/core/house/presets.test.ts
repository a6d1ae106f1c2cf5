import { describe, expect, test } from 'vitest';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';

/** What the contract says of the article's values: range, warning, critical. */
const VALUES = {
  flow: ['°C', '20 to 90', 'above 80', 'above 90'],
  return: ['°C', '20 to 90', 'above 70', 'above 85'],
  temperature: ['°C', '0 to 30', 'below 4', 'below 1'],
  humidity: ['%', '30 to 100', 'above 80', 'above 95'],
};
/** The topics of the two editions of the article, and the words of their relays. */
const TOPICS = {
  article: {
    values: ['heating/flow', 'heating/return', 'cellar/temperature', 'cellar/humidity'],
    commands: ['heating/pump', 'heating/burner', 'cellar/fan'],
    words: 'on off',
  },
  'article-de': {
    values: ['heizung/vorlauf', 'heizung/ruecklauf', 'keller/temperatur', 'keller/feuchte'],
    commands: ['heizung/pumpe', 'heizung/brenner', 'keller/luefter'],
    words: 'an aus',
  },
};

test('there is a house for each edition of the article', () => {
  expect(Object.keys(presets)).toEqual(Object.keys(TOPICS));
});

describe.each(Object.entries(TOPICS))('the preset %s', (name, topics) => {
  const config = presets[name];
  if (config === undefined) throw new Error(`there is no preset ${name}`);
  const house = createHouse(config);
  const limit = (limits: { low?: number | undefined; high?: number | undefined } = {}): string =>
    limits.low === undefined ? `above ${limits.high}` : `below ${limits.low}`;

  test('has the values of the contract with their ranges and limits', () => {
    const values = [...house.sensors].map(([id, { unit, range, warning, critical }]) => [
      id,
      [unit, `${range?.min} to ${range?.max}`, limit(warning), limit(critical)],
    ]);
    expect(Object.fromEntries(values)).toEqual(VALUES);
    expect(config.cadence).toBe(5);
  });

  test('has the topics and payloads of its edition', () => {
    expect([...house.sensors.values()].map(sensor => sensor.topic)).toEqual(topics.values);
    const relays = Object.values(config.switches);
    expect(relays.map(({ command }) => command)).toEqual(topics.commands);
    expect(relays.map(({ feedback }) => feedback)).toEqual(topics.commands.map(topic => `${topic}/done`));
    expect(relays.map(({ on, off }) => `${on} ${off}`)).toEqual(relays.map(() => topics.words));
  });

  test('asks before the burner, and has a key for each relay', () => {
    expect([...house.switches].map(([id, { key, ask = false }]) => [id, key, ask])).toEqual([
      ['pump', 'p', false],
      ['burner', 'b', true],
      ['fan', 'f', false],
    ]);
  });

  test('knows which of the two clients sends what, and shows all of it', () => {
    const served = { flow: 'heating', return: 'heating', pump: 'heating', burner: 'heating' };
    const cellar = { temperature: 'dhtclient', humidity: 'dhtclient', fan: 'dhtclient' };
    expect(Object.fromEntries(house.servedBy)).toEqual({ ...served, ...cellar });
    expect(config.panels.map(({ label, items }) => [label, ...items])).toEqual([
      ['Heating', 'flow', 'return', 'spread', 'pump', 'burner'],
      ['Cellar', 'temperature', 'humidity', 'dewPoint', 'fan'],
    ]);
    expect(Object.fromEntries(house.derived)).toEqual({
      spread: { kind: 'difference', label: 'Spread', unit: 'K', minuend: 'flow', subtrahend: 'return' },
      dewPoint: { kind: 'dew-point', label: 'Dew point', temperature: 'temperature', humidity: 'humidity' },
    });
  });
});
