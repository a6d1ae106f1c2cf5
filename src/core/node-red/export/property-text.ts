/** The property of a message that a path of a house file is in a flow: `payload.ENERGY["a.b"][0]`. */
export function propertyOf(keys: readonly string[]): string {
  const steps = keys.map(key => {
    if (/^\d+$/.test(key)) return `[${key}]`;
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `payload${steps.join('')}`;
}
