import type { Line } from '../trace/wanted.ts';

/** What is made of a number, as the fields that a house file has for it; none where it stays as it is. */
export function conversionOf({ scale, offset }: Line): Readonly<Record<string, number>> {
  return { ...(scale === 1 ? {} : { scale }), ...(offset === 0 ? {} : { offset }) };
}
