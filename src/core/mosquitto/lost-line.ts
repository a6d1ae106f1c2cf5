/** Where mosquitto's line buffer starts, and by how much it grows, in bytes. */
const BUFFER_BYTES = 256;
const BUFFER_STEP_BYTES = 1_000;

/**
 * mosquitto reads with fgets into a buffer that grows by need. A last line without a line feed that fills it to the
 * last byte makes it read on, meet the end of the file, and drop what it had (seen in 2.0.11 and 2.0.21).
 */
export function isLastLineLost(lines: readonly string[], text: string): boolean {
  if (text === '' || text.endsWith('\n')) return false;
  let buffer = BUFFER_BYTES;
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    length = byteLength(line) + (isLast ? 0 : 1);
    while (length > buffer - 1) buffer += BUFFER_STEP_BYTES;
  }
  return length === buffer - 1;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
