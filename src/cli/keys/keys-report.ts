import { momentText } from '../../core/moment-text.ts';
import type { Keys } from '../../core/sealed/keys.ts';
import { shownWord } from '../../core/to-copy.ts';

/** The devices with what tells their keys apart, never the keys; `null` where there is none. `now` is ms since 1970. */
export function keysTable(keys: Keys, fingerprint: (key: string) => string, now: number): string | null {
  const rows = Object.entries(keys).map(([device, { key, madeAt, previous }]) => {
    const until = previous === undefined ? 0 : Date.parse(previous.until);
    const old =
      previous === undefined
        ? ''
        : until > now
          ? `${fingerprint(previous.key)} until ${momentText(until)}`
          : 'not taken any more';
    return [device, fingerprint(key), momentText(Date.parse(madeAt), { hasYear: true }), old] as const;
  });
  if (rows.length === 0) return null;
  const head = ['Device', 'Key', 'Made', rows.some(([, , , old]) => old !== '') ? 'The one before' : ''] as const;
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map(row => (row[column] ?? '').length)));
  return all
    .map(
      row =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** After a key was made. */
export function newKeyText(device: string, print: string, path: string, output: string | undefined): string {
  const next =
    output === undefined ? `Its file for the device: hometui keys show ${device} --output seal_key.py\n` : '';
  return (
    `Made the key ${print} of ${device}. It stands in ${shownWord(path)}, mode 0600, and nowhere else.\n` +
    `${next}In the house file, say of the client ${device}: "sealed": true\n`
  );
}

/** After a key took the place of another, which is taken until `until`, ms since 1970. */
export function rotatedText(device: string, print: string, until: number, output: string | undefined): string {
  const next =
    output === undefined ? `Its file for the device: hometui keys show ${device} --output seal_key.py\n` : '';
  return `Made the key ${print} of ${device}. The one before is taken as well until ${momentText(until)}.\n${next}`;
}
