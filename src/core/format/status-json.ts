import { jsonText } from './json.ts';
import type { StatusSnapshot } from './status-snapshot.ts';

/** The snapshot as JSON, indented for people, with a line feed at its end. Its schema is status.schema.json. */
export function statusJson(snapshot: StatusSnapshot): string {
  return `${jsonText(snapshot, 2)}\n`;
}
