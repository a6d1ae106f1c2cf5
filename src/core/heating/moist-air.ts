/**
 * Humid air, by the Magnus formula over water with the coefficients of Sonntag (1990): as `dewPoint` has it. Temperatures
 * in °C, from -45 to 60; relative humidity in %.
 */

/** The pressure of water vapour in saturated air, hPa. */
function saturation(temperature: number): number {
  return 6.112 * Math.exp((17.62 * temperature) / (243.12 + temperature));
}

/** How much water is in the air, g/m³. */
export function absoluteHumidity(temperature: number, humidity: number): number {
  return (216.7 * (humidity / 100) * saturation(temperature)) / (273.15 + temperature);
}

/** The relative humidity of the air where it touches a surface, %; above 100 water stands on it. */
export function humidityAt(surface: number, temperature: number, humidity: number): number {
  return (humidity * saturation(temperature)) / saturation(surface);
}

/** How much of the difference to outside the inner surface of the worst corner keeps that is still allowed: DIN 4108-2. */
const F_RSI = 0.7;

/** How cold the coldest corner of an outer wall may be in a house that is built as it has to be. */
export function coldestCorner(inside: number, outside: number): number {
  return Math.min(inside, inside - (1 - F_RSI) * (inside - outside));
}
