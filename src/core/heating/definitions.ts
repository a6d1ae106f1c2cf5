import type { AlarmDefinition } from '../alarms/condition.ts';
import { allAlarms } from '../alarms/house-file.ts';
import type { House } from '../house/house.ts';
import { airingDries, airingWets } from './airing.ts';
import {
  burnerWithoutPump,
  type Circuit,
  flowDoesNotRise,
  returnAboveFlow,
  spreadTooLarge,
  spreadTooSmall,
} from './circuit.ts';
import { noCondensing } from './condensing.ts';
import { type Air, condensation, damp, mould } from './moisture.ts';
import { itemsOf, partnerOf, type Role } from './parts.ts';
import { type HeatSign, idlePump } from './pump-idle.ts';
import { shortCycling } from './short-cycling.ts';
import { stuckSensor } from './stuck.ts';
import { frost, frostOutside, hotFlow } from './temperatures.ts';

const MEASURED: readonly Role[] = ['flow', 'return', 'room', 'cellar', 'outside', 'wall', 'humidity'];

/** All alarms that a house has: those of each house, what is found of its heating and its cellar, and its own. */
export function houseAlarms(house: House): readonly AlarmDefinition[] {
  return allAlarms(house, heatingDefinitions(house));
}

/**
 * What is known to go wrong with heatings and cellars, for the items that the house file gives a role; none where it gives
 * no roles. Each is an alarm like any other, and can be turned off by its id.
 */
function heatingDefinitions(house: House): readonly AlarmDefinition[] {
  return [
    ...itemsOf(house, 'burner').flatMap((burner, place) => burnerDefinitions(house, burner, place)),
    ...itemsOf(house, 'pump').flatMap((pump, place) => pumpDefinitions(house, pump, place)),
    ...itemsOf(house, 'flow').flatMap(flow => hotFlow(house, flow)),
    ...(['flow', 'return', 'room'] as const).flatMap(role => itemsOf(house, role).flatMap(id => frost(house, id))),
    ...(['room', 'cellar'] as const).flatMap(role =>
      itemsOf(house, role).flatMap(id => airDefinitions(house, id, role)),
    ),
    ...MEASURED.flatMap(role => itemsOf(house, role).map(id => stuckSensor(house, id))),
  ];
}

/** The first of a house has the plain name, so that the names of a house with one boiler say what they mean. */
function named(name: string, item: string, place: number): string {
  return place === 0 ? `heat-${name}` : `heat-${name}-${item}`;
}

function burnerDefinitions(house: House, burner: string, place: number): readonly AlarmDefinition[] {
  const id = (name: string): string => named(name, burner, place);
  const pump = partnerOf(house, burner, 'pump');
  const [flow, back] = [partnerOf(house, burner, 'flow'), partnerOf(house, burner, 'return')];
  const circuit: Circuit | null = flow === null || back === null ? null : { flow, return: back, burner, pump };
  return [
    ...(pump === null ? [] : [burnerWithoutPump(house, burner, pump, id('no-pump'))]),
    shortCycling(house, burner, id('short-cycling')),
    ...(circuit === null
      ? []
      : [
          returnAboveFlow(house, circuit, id('reversed')),
          spreadTooSmall(house, circuit, id('spread-small')),
          spreadTooLarge(house, circuit, id('spread-large')),
          flowDoesNotRise(house, circuit, id('no-rise')),
          // Not each boiler is made to condense: only where the house file says what it burns.
          ...(house.config.heating?.fuel === undefined ? [] : [noCondensing(house, circuit, id('no-condensing'))]),
        ]),
  ];
}

function pumpDefinitions(house: House, pump: string, place: number): readonly AlarmDefinition[] {
  const sign = heatSign(house, pump);
  const [outside, ...others] = itemsOf(house, 'outside');
  return [
    ...(sign === null ? [] : [idlePump(house, pump, sign, named('pump-idle', pump, place))]),
    ...(outside === undefined || others.length > 0
      ? []
      : [frostOutside(house, outside, pump, named('frost-outside', pump, place))]),
  ];
}

function heatSign(house: House, pump: string): HeatSign | null {
  const burner = partnerOf(house, pump, 'burner');
  if (burner !== null) return { kind: 'burner', id: burner };
  const flow = partnerOf(house, pump, 'flow');
  return flow === null ? null : { kind: 'flow', id: flow };
}

function airDefinitions(house: House, temperature: string, role: 'room' | 'cellar'): readonly AlarmDefinition[] {
  const humidity = partnerOf(house, temperature, 'humidity');
  if (humidity === null) return [];
  const air: Air = { temperature, humidity, wall: wallOf(house, temperature, role) };
  const outside = outsideAir(house);
  const fan = partnerOf(house, temperature, 'fan');
  const airs = outside === null ? null : { inside: air, outside };
  return [
    ...(air.wall === null ? [damp(house, air)] : [mould(house, air, air.wall), condensation(house, air, air.wall)]),
    ...(airs === null ? [] : [airingDries(house, airs, fan)]),
    ...(airs === null || fan === null ? [] : [airingWets(house, airs, fan)]),
  ];
}

/** How cold a wall in the ground is nobody knows by the weather. */
function wallOf(house: House, temperature: string, role: 'room' | 'cellar'): Air['wall'] {
  const wall = partnerOf(house, temperature, 'wall');
  if (wall !== null) return { kind: 'measured', id: wall };
  const [outside, ...others] = itemsOf(house, 'outside');
  return role === 'cellar' || outside === undefined || others.length > 0 ? null : { kind: 'outside', id: outside };
}

function outsideAir(house: House): Pick<Air, 'temperature' | 'humidity'> | null {
  const [temperature, ...others] = itemsOf(house, 'outside');
  const humidity = temperature === undefined || others.length > 0 ? null : partnerOf(house, temperature, 'humidity');
  return temperature === undefined || humidity === null ? null : { temperature, humidity };
}
