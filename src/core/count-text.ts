/** One or many, with the number: `1 value`, `4 values`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How often something happened: `once`, `2 times`. */
export function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
