import type { HouseConfig } from '../../../src/core/house/schema.ts';

/** A house with one of each kind of item, in version 2 of its file. */
export const kindsHouse: HouseConfig = {
  version: 2,
  name: 'Kinds',
  sensors: {
    room: {
      ...{ label: 'Room', topic: 'room/temperature', unit: '°C', range: { min: 10, max: 30 }, warning: { high: 26 } },
      ...{ role: 'room', room: 'Living room' },
    },
    power: { label: 'Power', topic: 'plug/state', path: '["1-0:16.7.0"]', unit: 'W', scale: 0.1, retained: true },
    fan: { label: 'Fan level', topic: 'fan/level', unit: '', map: { low: 1, high: 2 }, decimals: 0 },
  },
  states: {
    heater: {
      ...{ label: 'Heater', topic: 'heater/state', retained: true },
      words: { '0': { text: 'idle' }, '1': { text: 'heating' }, E7: { text: 'error E7', level: 'critical' } },
    },
    program: { label: 'Program', topic: 'washer/program' },
  },
  binaries: {
    door: { label: 'Front door', topic: 'door/contact', words: { on: 'open', off: 'closed' } },
    leak: {
      ...{ label: 'Cellar floor', topic: 'cellar/leak', words: { on: 'wet', off: 'dry' } },
      levels: { on: 'critical' },
    },
  },
  events: { bell: { label: 'Door bell', topic: 'door/bell', words: { single: 'ring' } } },
  counters: { motion: { label: 'Motion', topic: 'hall/motion', only: ['ON'] } },
  switches: {
    lamp: {
      ...{ label: 'Lamp', command: 'lamp/set', feedback: 'lamp/state', path: 'state', on: 'ON', off: 'OFF', key: 'a' },
      template: '{"state":"%s"}',
    },
  },
  numbers: {
    target: {
      ...{ label: 'Target', command: 'heater/target/set', feedback: 'heater/target', unit: '°C', min: 5, max: 30 },
      ...{ step: 0.5, key: 'h' },
    },
  },
  selects: {
    mode: {
      ...{ label: 'Mode', command: 'heater/mode/set', feedback: 'heater/mode', options: ['auto', 'heat', 'off'] },
      key: 'm',
    },
  },
  buttons: {
    restart: { label: 'Restart', command: 'heater/restart', payload: 'PRESS', ask: true },
  },
  clients: {
    boiler: { publishes: ['room', 'heater', 'target', 'mode', 'restart', 'fan'] },
    hall: { publishes: ['door', 'bell', 'motion', 'leak'], availability: { topic: 'door/online' } },
    plug: { publishes: ['power', 'lamp'], availability: { topic: 'plug/online' } },
  },
  panels: [
    { label: 'Heating', items: ['room', 'heater', 'target', 'mode', 'restart', 'fan'] },
    { label: 'House', items: ['door', 'leak', 'bell', 'motion', 'lamp', 'power', 'program'] },
  ],
};
