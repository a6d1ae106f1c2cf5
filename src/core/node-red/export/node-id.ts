/**
 * An id of a node, 16 hexadecimal digits, made of what the node is: exported again it is the same, so that a second import
 * replaces what the first one brought. Two FNV-1a sums of 32 bits.
 */
export function nodeId(...parts: readonly string[]): string {
  const text = parts.join('\n');
  return sum(text, 0x811c9dc5) + sum(text, 0x1000193);
}

function sum(text: string, begin: number): string {
  let hash = begin;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
