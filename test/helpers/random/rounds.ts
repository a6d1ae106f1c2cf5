/** How often a property is tried: so many times, and a twentieth of that where each mutant of the code waits for it. */
export function rounds(count: number): number {
  return process.env.HOMETUI_MUTATE_TESTS === undefined ? count : Math.ceil(count / 20);
}
