/**
 * Ends a `switch` over a closed union: a variant that was forgotten is a compile error here.
 * Throws `TypeError` if it is reached at run time, which only a value from outside the types can do.
 */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected variant: ${JSON.stringify(value)}`);
}
