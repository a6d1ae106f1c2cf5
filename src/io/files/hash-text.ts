/** 64 bits of FNV-1a in two halves (draft-eastlake-fnv), as hex: loading crypto would cost a tenth of Node's own start. */
export function hashText(text: string): string {
  return [0x811c9dc5, 0x9dc5811c].map(basis => fnv(text, basis).toString(16).padStart(8, '0')).join('');
}

function fnv(text: string, basis: number): number {
  let hash = basis;
  for (let place = 0; place < text.length; place += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return hash >>> 0;
}
