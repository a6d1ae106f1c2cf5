import type { HouseConfig } from '../house/schema.ts';

/** The thresholds of all rules, by their names in the house file; temperatures in °C, differences in K, humidity in %. */
export interface HeatingLimits {
  readonly flowHigh: number;
  readonly flowTooHigh: number;
  readonly frost: number;
  readonly hardFrost: number;
  readonly condensing: number;
  readonly spreadLow: number;
  readonly spreadHigh: number;
  readonly shortRunMinutes: number;
  readonly shortCycleMinutes: number;
  readonly shortRunsPerHour: number;
  readonly pumpIdleHours: number;
  readonly mouldHumidity: number;
  readonly mouldHours: number;
  readonly dampHumidity: number;
  readonly dampHours: number;
  readonly airingFrom: number;
  readonly airingUntil: number;
}

const USUAL: HeatingLimits = {
  ...{ flowHigh: 85, flowTooHigh: 95, frost: 6, hardFrost: 3, condensing: 55, spreadLow: 3, spreadHigh: 25 },
  ...{ shortRunMinutes: 5, shortCycleMinutes: 10, shortRunsPerHour: 3, pumpIdleHours: 48 },
  ...{ mouldHumidity: 80, mouldHours: 6, dampHumidity: 70, dampHours: 24, airingFrom: 3, airingUntil: 1 },
};
/** Water under a floor of screed: EN 1264 allows no more than 55 °C. */
const UNDERFLOOR: Pick<HeatingLimits, 'flowHigh' | 'flowTooHigh'> = { flowHigh: 45, flowTooHigh: 55 };
/** Flue gas of oil holds less water than that of gas. */
const OIL: Pick<HeatingLimits, 'condensing'> = { condensing: 47 };

/** Where the thresholds of a rule come from: the house file where it has one of these, else what hometui goes by. */
export function sourceOf(
  { heating }: Pick<HouseConfig, 'heating'>,
  names: readonly (keyof HeatingLimits)[],
  usual: string,
): string {
  const told = names.filter(name => heating?.limits?.[name] !== undefined);
  return told.length === 0 ? usual : `the house file: ${told.map(name => `heating.limits.${name}`).join(', ')}`;
}

/** The thresholds of a house: the usual ones for its heating, and what its file says instead. */
export function limitsOf({ heating = {} }: Pick<HouseConfig, 'heating'>): HeatingLimits {
  return {
    ...USUAL,
    ...(heating.underfloor === true ? UNDERFLOOR : {}),
    ...(heating.fuel === 'oil' ? OIL : {}),
    ...heating.limits,
  };
}
