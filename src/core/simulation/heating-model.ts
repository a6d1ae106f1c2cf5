import type { Random } from './random.ts';
import { drift } from './relax.ts';
import { outsideTemperature, type Weather } from './weather.ts';

/**
 * A small heating circuit as two bodies of water: the boiler (what the flow sensor feels) and the radiators (what the
 * return sensor feels). Heat in kW, capacities in kJ/K, conductances in kW/K, so that rates come out in K/s.
 */
const BURNER_KW = 10;
const BOILER_KJ_PER_K = 40;
const RADIATORS_KJ_PER_K = 110;
/** 0.17 kg/s of water at 4.19 kJ/(kg K). */
const PUMP_KW_PER_K = 0.7;
/** What still rises by itself with the pump off. */
const GRAVITY_KW_PER_K = 0.015;
const RADIATORS_LOSS_KW_PER_K = 0.3;
const BOILER_LOSS_KW_PER_K = 0.012;
/** Each K colder outside makes the house draw this much more of its radiators' heat. */
const COLD_DRAUGHT_PER_K = 0.012;

/** The circuit stands in the heated house and never gets colder than this, in °C. */
const SURROUNDINGS = 25;
/** The valves of the radiators open and close all the time: the share of the loss that comes and goes. */
const DEMAND_SPREAD = 0.12;
const MAX_DEMAND_OFFSET = 0.35;
const DEMAND_TIME_MS = 40_000;

/**
 * The safety temperature monitor of a boiler (EN 14597): off here, and by itself on again when the flow is well below. In °C.
 * A limiter would have to be unlocked by hand.
 */
const CUT_OFF_AT = 95;
const UNLOCKS_BELOW = 80;

/** The water of the circuit. */
export interface Heating {
  /** In °C, 25 to about 96. */
  readonly flow: number;
  /** In °C, 25 to about 90. */
  readonly return: number;
  /** How much more or less heat than usual the valves let through, as a share, within ±0.35. */
  readonly demandOffset: number;
  /** Whether the safety monitor keeps the burner off. */
  readonly isLockedOut: boolean;
}

/** What moves it from outside. */
export interface HeatingInputs {
  readonly isPumpOn: boolean;
  readonly isBurnerOn: boolean;
  readonly weather: Weather;
}

/** A circuit that was started a few minutes ago: it moves visibly from the first second. */
export function createHeating(): Heating {
  return { flow: 46, return: 37, demandOffset: 0, isLockedOut: false };
}

/** The longest stretch computed at once: a fiftieth of the shortest time constant, so that plain steps stay exact. */
const MAX_STRETCH_MS = 1_000;

/** The circuit `dtMs` later. A burner that is locked out gives no heat, whatever its relay says. */
export function stepHeating(heating: Heating, dtMs: number, inputs: HeatingInputs, random: Random): Heating {
  let current = heating;
  for (let leftMs = dtMs; leftMs > 0; leftMs -= MAX_STRETCH_MS) {
    current = stretch(current, Math.min(leftMs, MAX_STRETCH_MS), inputs, random);
  }
  return current;
}

function stretch(heating: Heating, dtMs: number, inputs: HeatingInputs, random: Random): Heating {
  const isLockedOut = heating.isLockedOut ? heating.flow > UNLOCKS_BELOW : heating.flow >= CUT_OFF_AT;
  const burnerKw = inputs.isBurnerOn && !isLockedOut ? BURNER_KW : 0;
  const movedKw = (inputs.isPumpOn ? PUMP_KW_PER_K : GRAVITY_KW_PER_K) * (heating.flow - heating.return);
  const cold = 1 + COLD_DRAUGHT_PER_K * (7 - outsideTemperature(inputs.weather));
  const drawn = RADIATORS_LOSS_KW_PER_K * cold * (1 + heating.demandOffset);
  const boilerLossKw = BOILER_LOSS_KW_PER_K * (heating.flow - SURROUNDINGS);
  const radiatorsLossKw = drawn * (heating.return - SURROUNDINGS);
  const seconds = dtMs / 1_000;
  const demandOffset = drift(heating.demandOffset, DEMAND_SPREAD, DEMAND_TIME_MS, dtMs, random);
  return {
    flow: heating.flow + ((burnerKw - movedKw - boilerLossKw) / BOILER_KJ_PER_K) * seconds,
    return: heating.return + ((movedKw - radiatorsLossKw) / RADIATORS_KJ_PER_K) * seconds,
    demandOffset: Math.max(-MAX_DEMAND_OFFSET, Math.min(MAX_DEMAND_OFFSET, demandOffset)),
    isLockedOut,
  };
}
