import { join } from 'node:path';

/** Where the keys of sealed payloads are, beside the settings. */
export function keyFileIn(folder: string): string {
  return join(folder, 'keys.json');
}
