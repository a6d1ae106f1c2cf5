/**
 * The dew point of humid air in °C, from its temperature in °C (-45 to 60) and relative humidity in % (above 0 to 100):
 * the Magnus formula over water with the coefficients of Sonntag (1990), 17.62 and 243.12 °C, which
 * WMO-No. 8, annex 4.B gives too. `null` outside these bounds, where it does not hold.
 */
export function dewPoint(temperature: number, humidity: number): number | null {
  if (!(humidity > 0 && humidity <= 100) || !(temperature >= -45 && temperature <= 60)) return null;
  const gamma = Math.log(humidity / 100) + (17.62 * temperature) / (243.12 + temperature);
  return (243.12 * gamma) / (17.62 - gamma);
}
