import type { Random } from './random.ts';

/** How a sensor chip sees a true value: it adds noise and rounds to its own steps. */
export interface SensorChip {
  /** The smallest difference it can tell, in the unit of the value. */
  readonly step: number;
  /** The standard deviation of its noise, in the unit of the value. */
  readonly noise: number;
  /** Digits after the point that a device prints. */
  readonly decimals: number;
}

/** Maxim DS18B20 at 12 bits: steps of 1/16 K. */
export const DS18B20: SensorChip = { step: 0.0625, noise: 0.03, decimals: 2 };
/** Aosong DHT22 (AM2302), temperature: steps of 0.1 K. */
export const DHT22_TEMPERATURE: SensorChip = { step: 0.1, noise: 0.04, decimals: 1 };
/** Aosong DHT22 (AM2302), relative humidity: steps of 0.1 %. */
export const DHT22_HUMIDITY: SensorChip = { step: 0.1, noise: 0.12, decimals: 1 };

/** One reading of `truth` as text with a decimal point, as devices publish it. */
export function readChip(chip: SensorChip, truth: number, random: Random): string {
  const noisy = truth + chip.noise * random.normal();
  return (Math.round(noisy / chip.step) * chip.step).toFixed(chip.decimals);
}
