import * as v from 'valibot';
import type { Issue } from '../issue.ts';
import { fail, ok, type Result } from '../result.ts';
import { siftBySchema } from '../schema/schema-faults.ts';

/** The file of the keys of sealed payloads: each by the name of its device, which is the client's id in the house file. */

const key = v.pipe(v.string('a text'), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'));
const moment = v.pipe(v.string('a text'), v.isoTimestamp('a moment as in 2026-11-29T14:02:05.000Z'));

const deviceKey = v.strictObject(
  {
    key,
    madeAt: moment,
    /** Taken beside the new one until then: a device gets its new key by hand. */
    previous: v.exactOptional(v.strictObject({ key, until: moment }, 'an object with key and until')),
  },
  'an object with key and madeAt',
);

const schema = v.strictObject(
  { keys: v.record(v.string(), deviceKey, 'an object with one entry for each device') },
  'an object with keys',
);

/** The key of a device, 64 hexadecimal digits, and the one before it as long as that is taken. */
export type DeviceKey = Readonly<v.InferOutput<typeof deviceKey>>;

/** All keys by the names of their devices. */
export type Keys = Readonly<Record<string, DeviceKey>>;

const CURE = 'It is written by hometui keys: put back what was changed by hand, or make the keys anew.';

/** The keys in the text of their file; the error names place and field and never a key. */
export function parseKeys(text: string, file: string): Result<Keys, Issue> {
  const issue = (message: string): Result<Keys, Issue> =>
    fail({
      severity: 'error',
      message: `the keys of sealed payloads cannot be read: ${message}`,
      place: { file },
      cure: CURE,
    });
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return issue('it is no JSON');
  }
  const { faults, rest } = siftBySchema(schema, document);
  const [fault] = faults;
  if (fault === undefined && rest !== null) return ok(rest.keys);
  const path = fault === undefined || fault.path.length === 0 ? 'the file' : fault.path.join('.');
  return issue(fault?.kind === 'unknown' ? `it has ${path}, which nobody reads` : `${path} is to be ${fault?.message}`);
}

/** The text of the file. */
export function keysText(keys: Keys): string {
  return `${JSON.stringify({ keys }, undefined, 2)}\n`;
}
