import * as v from 'valibot';

/**
 * What `doctor --format json` prints, as a schema: published as doctor.schema.json, and held against the output by the
 * tests. Within schema 1 fields and kinds of checks may be added; none goes away or changes its meaning.
 */

const id = v.pipe(
  v.picklist([
    ...(['reachable', 'protocol', 'tls', 'version', 'broker'] as const),
    ...(['conf', 'acl', 'passwords', 'certificate', 'in-use', 'log'] as const),
    ...(['anonymous', 'login', 'in-force', 'rights', 'denial'] as const),
    ...(['device', 'retained-command', 'will', 'keepalive', 'session'] as const),
    ...(['clock', 'history', 'daemon', 'space'] as const),
  ]),
  v.description('What was examined. More may come within schema 1.'),
);

const sign = v.pipe(
  v.picklist(['well', 'warning', 'fault', 'unexamined']),
  v.description('unexamined says nothing about how it is: the evidence is the reason.'),
);

const place = v.pipe(
  v.nullable(
    v.object({
      file: v.string(),
      line: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      column: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
  v.description('Where it stands; lines count from 1.'),
);

const check = v.object({
  id,
  sign,
  subject: v.pipe(v.string(), v.description('What it is about, a few words: login of monitor.')),
  evidence: v.pipe(v.string(), v.description('What was seen, or why it was not examined, without a full stop.')),
  cure: v.pipe(v.nullable(v.string()), v.description('What to do about it; null where there is nothing to do.')),
  place,
});

/** The report as `doctor --format json` prints it. */
export const reportSchema = v.object({
  schema: v.literal(1),
  at: v.pipe(v.string(), v.isoTimestamp(), v.description('When it was written, ISO 8601 in UTC.')),
  overall: v.pipe(
    v.picklist(['ok', 'warning', 'critical', 'unknown']),
    v.description('By the worst check, as the exit code: 0, 1, 2, 3. unknown where nothing could be examined.'),
  ),
  checks: v.array(check),
});
