import { commentText } from './literals.ts';

/** `seal_key.py`: the key of a device, 64 hexadecimal digits, as `seal.py` takes it. */
export function sealKeyFile(device: string, key: string): string {
  return [
    `# ${commentText(device)}: the key of its sealed payloads. Keep it to yourself.`,
    'import binascii',
    '',
    `KEY = binascii.unhexlify("${key}")`,
    '',
  ].join('\n');
}
