/** A value with its unit as people write it: `54.3 °C`; without a unit the number alone. */
export function formatValue(value: number, unit: string, decimals = 1): string {
  const number = value.toFixed(decimals);
  const unsigned = Number(number) === 0 ? number.replace('-', '') : number;
  return unit === '' ? unsigned : `${unsigned} ${unit}`;
}

/** What a value says against its limit: of now only where it is of now, else with its age. `limit` as `limitText` gives it. */
export function limitSentence(
  of: { readonly label: string; readonly value: string; readonly limit: string },
  when: 'now' | 'retained' | `${string} ago`,
): string {
  const { label, value, limit } = of;
  if (when === 'now') return `${label} is ${value}, ${limit}`;
  const past = when === 'retained' ? 'in a retained message of unknown age' : `when it was last heard, ${when}`;
  return `${label} was ${value}, ${limit}, ${past}`;
}
