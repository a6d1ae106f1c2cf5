import { assertNever } from '../assert-never.ts';
import { type Cellar, cellarHumidity, cellarTemperature, createCellar, stepCellar } from './cellar-model.ts';
import type { DeviceName, Quantity, RelayId } from './device-description.ts';
import { createHeating, type Heating, stepHeating } from './heating-model.ts';
import type { Random } from './random.ts';
import { DHT22_HUMIDITY, DHT22_TEMPERATURE, DS18B20, readChip } from './sensor-chip.ts';
import { createWeather, stepWeather, type Weather } from './weather.ts';

/** Which relays are closed. */
export type Relays = Readonly<Record<RelayId, boolean>>;

/** The part of the house that a device measures and moves. */
export type Room =
  | { readonly kind: 'heating'; readonly weather: Weather; readonly heating: Heating }
  | { readonly kind: 'cellar'; readonly weather: Weather; readonly cellar: Cellar };

/** The room of a device at a time of day (milliseconds since midnight). */
export function createRoom(device: DeviceName, timeOfDayMs: number): Room {
  const weather = createWeather(timeOfDayMs);
  return device === 'heating'
    ? { kind: 'heating', weather, heating: createHeating() }
    : { kind: 'cellar', weather, cellar: createCellar() };
}

/** The room `dtMs` later, with the relays as they stand. */
export function stepRoom(room: Room, dtMs: number, relays: Relays, random: Random): Room {
  const weather = stepWeather(room.weather, dtMs, random);
  if (room.kind === 'heating') {
    const inputs = { isPumpOn: relays.pump, isBurnerOn: relays.burner, weather };
    return { kind: 'heating', weather, heating: stepHeating(room.heating, dtMs, inputs, random) };
  }
  return { kind: 'cellar', weather, cellar: stepCellar(room.cellar, dtMs, { isFanOn: relays.fan, weather }, random) };
}

/** What a sensor in this room publishes, as text; `null` where the room has no such quantity. */
export function readQuantity(room: Room, quantity: Quantity, random: Random): string | null {
  if (room.kind === 'heating') return readHeating(room.heating, quantity, random);
  return readCellar(room.cellar, quantity, random);
}

/** Whether the boiler's safety monitor keeps the burner off. */
export function isBurnerLockedOut(room: Room): boolean {
  return room.kind === 'heating' && room.heating.isLockedOut;
}

function readHeating(heating: Heating, quantity: Quantity, random: Random): string | null {
  switch (quantity) {
    case 'flow':
      return readChip(DS18B20, heating.flow, random);
    case 'return':
      return readChip(DS18B20, heating.return, random);
    case 'temperature':
    case 'humidity':
      return null;
    default:
      return assertNever(quantity);
  }
}

function readCellar(cellar: Cellar, quantity: Quantity, random: Random): string | null {
  switch (quantity) {
    case 'temperature':
      return readChip(DHT22_TEMPERATURE, cellarTemperature(cellar), random);
    case 'humidity':
      return readChip(DHT22_HUMIDITY, cellarHumidity(cellar), random);
    case 'flow':
    case 'return':
      return null;
    default:
      return assertNever(quantity);
  }
}
