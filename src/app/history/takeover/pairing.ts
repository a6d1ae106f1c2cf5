/** When two things are the same one: what two processes noted of it, each by its own look at the clock. */
export interface Sameness<One> {
  readonly keyOf: (one: One) => string;
  readonly atOf: (one: One) => number;
  /** Two moments are one up to this difference, in the unit of `atOf`. */
  readonly within: number;
}

/**
 * What of `ours` nobody of `theirs` is, in its order. One is one: who said the same twice and stands there once is left
 * once. The nearest ones belong together, so that what is said again and again is not held for the one before.
 */
export function unpaired<One>(
  ours: readonly One[],
  theirs: readonly One[],
  { keyOf, atOf, within }: Sameness<One>,
): readonly One[] {
  const slotOf = (one: One, beside = 0): string => `${Math.floor(atOf(one) / within) + beside} ${keyOf(one)}`;
  const slots = new Map<string, One[]>();
  for (const one of theirs) {
    const slot = slots.get(slotOf(one));
    if (slot === undefined) slots.set(slotOf(one), [one]);
    else slot.push(one);
  }
  const pairs = ours.flatMap(one =>
    [-1, 0, 1]
      .flatMap(beside => slots.get(slotOf(one, beside)) ?? [])
      .map(other => ({ one, other, apart: Math.abs(atOf(one) - atOf(other)) })),
  );
  const left = new Set(ours);
  const taken = new Set<One>();
  for (const { one, other, apart } of pairs.sort((a, b) => a.apart - b.apart)) {
    if (apart > within || !left.has(one) || taken.has(other)) continue;
    left.delete(one);
    taken.add(other);
  }
  return ours.filter(one => left.has(one));
}
