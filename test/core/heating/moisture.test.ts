import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, outsideHumidity, runHeating, warmth } from '../../helpers/heating/heating-run.ts';

const HOUR = minutes(60);
const air = (temperature: string, humidity: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ 'cellar/temperature': temperature, 'cellar/humidity': humidity },
  ...more,
});
const wall = { 'garden/wall': '12.6' };
const walled = () => heatedHouse({ limits: { mouldHours: 1 } }, { wall: warmth('wall') });

describe('mould', () => {
  it('is hours of 80 % at the wall, and says what is there and what the limit is', () => {
    const run = runHeating(walled());
    run.speak(HOUR, air('20', '50', wall));
    expect(run.raised()).not.toContain('temperature-mould');
    run.speak(10_000, air('20', '50', wall));
    expect(run.alarm('temperature-mould')).toMatchObject({
      ...{ phase: 'active', priority: 'warning', value: '80.1 %', about: ['humidity', 'temperature'] },
      detail: '80.1 % at the wall of 12.6 °C; 1 h of 80 % and more, drier time taken off',
    });
  });

  it('is none at less, and drier time is taken off', () => {
    const dry = runHeating(walled());
    dry.speak(2 * HOUR, air('20', '49.9', wall));
    expect(dry.raised()).toEqual([]);
    const mixed = runHeating(walled());
    for (let time = 0; time < 4; time++) {
      mixed.speak(minutes(40), air('20', '51', wall));
      mixed.speak(minutes(40), air('20', '40', wall));
    }
    expect(mixed.raised()).toEqual([]);
  });

  it('is over an hour after it is dry again', () => {
    const run = runHeating(heatedHouse({ limits: { mouldHours: 2 } }, { wall: warmth('wall') }));
    run.speak(2 * HOUR + minutes(1), air('20', '51', wall));
    expect(run.raised()).toContain('temperature-mould');
    run.speak(minutes(59), air('20', '40', wall));
    expect(run.raised()).toContain('temperature-mould');
    run.speak(minutes(3), air('20', '40', wall));
    expect(run.raised()).toEqual([]);
  });

  it('counts no time in which nothing was heard', () => {
    const run = runHeating(walled());
    run.speak(minutes(40), air('20', '51', wall));
    run.run.pass(2 * HOUR);
    run.speak(minutes(10), air('20', '51', wall));
    expect(run.raised()).toEqual([]);
    run.run.disconnect();
    run.run.pass(2 * HOUR);
    run.run.connect();
    run.speak(minutes(5), air('20', '51', wall));
    expect(run.raised()).toEqual([]);
    run.speak(minutes(10), air('20', '51', wall));
    expect(run.raised()).toEqual(['temperature-mould']);
  });

  it('goes by the weather in a room, and never in a cellar, whose walls stand in the ground', () => {
    const outside = { outside: warmth('outside') };
    const cellar = heatedHouse({ limits: { mouldHours: 1 } }, outside);
    const frost = { 'garden/outside': '-5' };
    const low = runHeating(cellar);
    low.speak(HOUR + minutes(1), air('20', '51', frost));
    expect(low.raised()).toEqual([]);
    const { temperature = warmth('cellar') } = cellar.sensors;
    const room = { ...cellar, sensors: { ...cellar.sensors, temperature: { ...temperature, role: 'room' as const } } };
    const high = runHeating(room);
    high.speak(HOUR + minutes(1), air('20', '51', frost));
    expect(high.raised()).toEqual(['temperature-mould']);
    expect(high.alarm('temperature-mould')?.detail).toMatch(
      /^82\.\d % at a corner of 12\.5 °C, as cold as DIN 4108-2 allows it;/,
    );
  });
});

describe('damp air', () => {
  const damp = () => runHeating(heatedHouse({ limits: { dampHours: 1 } }));

  it('is a note after hours of 70 %, where nothing is known of the walls', () => {
    const run = damp();
    run.speak(HOUR + minutes(1), air('13', '70'));
    expect(run.raised()).toEqual(['humidity-damp']);
    expect(run.alarm('humidity-damp')).toMatchObject({
      ...{ priority: 'note', label: 'Humidity 70 % and more for 1 h' },
      detail: '70.0 % now; 1 h of 70 % and more, drier time taken off',
    });
  });

  it('is none below, and where a wall is measured that one tells', () => {
    const dry = damp();
    dry.speak(2 * HOUR, air('13', '69.9'));
    expect(dry.raised()).toEqual([]);
    const known = runHeating(heatedHouse({ limits: { dampHours: 1 } }, { wall: warmth('wall') }));
    known.speak(2 * HOUR, air('13', '75', { 'garden/wall': '12.9' }));
    expect(known.raised()).toEqual([]);
  });
});

describe('water on the wall', () => {
  it.each([
    // The dew point of 20 °C and 50 % is 9.26 °C.
    ['10.26 °C', '10.27', []],
    ['1 K above the dew point', '10.25', ['temperature-condensation']],
  ])('may stand at %s', (_, surface, raised) => {
    const run = runHeating(walled());
    run.speak(minutes(1), air('20', '50', { 'garden/wall': surface }));
    expect(run.raised()).toEqual(raised);
  });

  it('says both temperatures, and is over at 2 K', () => {
    const run = runHeating(walled());
    run.speak(minutes(1), air('20', '50', { 'garden/wall': '10' }));
    expect(run.alarm('temperature-condensation')).toMatchObject({
      ...{ priority: 'alarm', value: 'dew point 9.3 °C', about: ['temperature', 'humidity', 'wall'] },
      detail: 'dew point 9.3 °C, at the wall of 10.0 °C; they may not come nearer than 1 K',
    });
    run.speak(minutes(5), air('20', '50', { 'garden/wall': '11.2' }));
    expect(run.raised()).toEqual(['temperature-condensation']);
    run.speak(minutes(1), air('20', '51', { 'garden/wall': '11.2' }));
    expect(run.alarm('temperature-condensation')?.detail).toMatch(
      /nearer than 1 K, and it is over from more than 2 K on$/,
    );
    run.speak(minutes(5), air('20', '50', { 'garden/wall': '11.3' }));
    expect(run.raised()).toEqual([]);
  });
});

describe('airing', () => {
  const house = () => heatedHouse({}, { outside: warmth('outside'), moist: outsideHumidity });
  /** 13.8 °C and 72.2 % have a dew point of 8.88 °C. */
  const inside = (humidity = '72.2', temperature = '13.8') => air(temperature, humidity);
  const outside = (temperature: string, humidity: string) => ({
    ...{ 'garden/outside': temperature, 'garden/humidity': humidity },
  });
  const raisedBy = (payloads: Readonly<Record<string, string>>) => {
    const run = runHeating(house());
    run.speak(minutes(11), payloads);
    return run.raised();
  };

  it.each([
    // 5.88 °C and 5.9 °C at 100 %: 3.0 K and less below.
    ['from 3 K of dew point on', { ...inside(), ...outside('5.8', '100') }, ['humidity-airing']],
    ['not at less', { ...inside(), ...outside('5.95', '100') }, []],
    ['not where it is as dry as 60 %', { ...inside('60', '20'), ...outside('-5', '50') }, []],
    ['where it is less dry', { ...inside('60.1', '20'), ...outside('-5', '50') }, ['humidity-airing']],
    ['not where it is colder than 10 °C inside', { ...inside('90', '9.9'), ...outside('-5', '50') }, []],
    ['at 10 °C', { ...inside('90', '10'), ...outside('-5', '50') }, ['humidity-airing']],
  ])('is worth it %s', (_, payloads, raised) => {
    expect(raisedBy(payloads)).toEqual(raised);
  });

  it('says the dew points and the water in the air, and ends at 1 K', () => {
    const run = runHeating(house());
    run.speak(minutes(9), { ...inside(), ...outside('0', '50') });
    expect(run.raised()).toEqual([]);
    run.speak(minutes(2), { ...inside(), ...outside('0', '50') });
    expect(run.alarm('humidity-airing')).toMatchObject({
      ...{ priority: 'note', phase: 'active', cure: 'Switch Fan on, if it is not' },
      detail: expect.stringMatching(
        /^dew point 8\.9 °C inside and -9\.2 °C outside, 8\.6 g\/m³ of water and 2\.4 g\/m³; 3 K of difference are enough$/,
      ),
    });
    run.speak(minutes(12), { ...inside(), ...outside('7.8', '99.9') });
    expect(run.raised()).toEqual(['humidity-airing']);
    expect(run.alarm('humidity-airing')?.detail).toMatch(/; it is over at 1 K$/);
    run.speak(minutes(12), { ...inside(), ...outside('7.95', '99.9') });
    expect(run.raised()).toEqual([]);
  });

  it('advises what the fan does not do already', () => {
    const run = runHeating(house());
    const dry = { ...inside(), ...outside('0', '50') };
    run.speak(minutes(11), { ...dry, 'cellar/fan/done': 'off' });
    expect(run.alarm('humidity-airing')).toMatchObject({ phase: 'active', cure: 'Switch Fan on' });
    run.speak(minutes(1), { ...dry, 'cellar/fan/done': 'on' });
    expect(run.alarm('humidity-airing')).toMatchObject({ phase: 'active', cure: 'Leave Fan on' });
    run.speak(minutes(1), { ...dry, 'cellar/fan/done': 'off' });
    expect(run.alarm('humidity-airing')).toMatchObject({ phase: 'active', cure: 'Switch Fan on' });
  });

  it('says what is so outside too while it is raised', () => {
    const run = runHeating(house());
    run.speak(minutes(11), { ...inside(), ...outside('0', '50') });
    run.speak(minutes(1), { ...inside(), ...outside('0.1', '50') });
    const { detail } = run.alarm('humidity-airing') ?? {};
    run.speak(minutes(1), { ...inside(), ...outside('0', '50') });
    expect(run.alarm('humidity-airing')?.detail).not.toBe(detail);
  });

  it('makes it wetter where the dew point is no lower outside and the fan runs', () => {
    const on = { 'cellar/fan/done': 'on' };
    expect(raisedBy({ ...inside(), ...outside('8.8', '100'), ...on })).toEqual([]);
    expect(raisedBy({ ...inside(), ...outside('8.9', '100'), ...on })).toEqual(['humidity-airing-wets']);
    expect(raisedBy({ ...inside(), ...outside('8.9', '100'), 'cellar/fan/done': 'off' })).toEqual([]);
  });

  it('is nothing where the air outside is not known', () => {
    const run = runHeating(house());
    run.speak(minutes(11), inside());
    expect(run.raised()).toEqual([]);
    expect(run.unwatched('humidity-airing')).toMatch(/^The outside was not heard/);
  });
});
