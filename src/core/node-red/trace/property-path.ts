import { jsonPathOf, parseJsonPath } from '../../mqtt/json-path.ts';

/** The keys behind `payload` in a property of a message, `payload.a["b.c"][0]`; `null` for another property. */
export function payloadKeys(property: string): readonly string[] | null {
  const text = property.trim().replace(/^msg\./, '');
  if (text === 'payload') return [];
  if (!/^payload[.[]/.test(text)) return null;
  const keys = parseJsonPath(text.slice('payload'.length));
  return keys.ok ? keys.value : null;
}

/** Keys as a path of a house file; `undefined` for none. */
export function pathOfKeys(keys: readonly string[]): string | undefined {
  return keys.length === 0 ? undefined : jsonPathOf(keys);
}
