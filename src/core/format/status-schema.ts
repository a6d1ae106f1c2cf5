import * as v from 'valibot';

/**
 * What `status --format json` prints, as a schema: published as status.schema.json, and held against the output by the
 * tests. Within schema 1 fields may be added; none goes away or changes its meaning.
 */

const time = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601 in UTC, with milliseconds.'));
const freshness = v.pipe(
  v.picklist(['waiting', 'retained', 'live', 'late', 'stale', 'offline', 'forged', 'replayed', 'unsealed']),
  v.description(
    'waiting: never heard on this link. retained: only a retained message, its age is unknown. forged, replayed, unsealed: all that comes from a device that seals is none of its own.',
  ),
);
const level = v.picklist(['ok', 'warning', 'critical']);
const reason = v.pipe(v.nullable(v.string()), v.description('Why it is not live, one sentence; null while it is.'));
const amount = v.pipe(v.number(), v.minValue(0));

const broker = v.object({
  url: v.string(),
  user: v.nullable(v.string()),
  protocol: v.nullable(v.picklist(['5', '3.1.1'])),
  connected: v.boolean(),
  encrypted: v.boolean(),
  error: v.pipe(v.nullable(v.string()), v.description('What stands in the way of the connection, and its cure.')),
});

const daemon = v.pipe(
  v.nullable(v.object({ pid: v.pipe(v.number(), v.integer()), listeningSince: time })),
  v.description('The daemon that has heard all this; null where hometui has asked the broker itself.'),
);

const sensor = v.object({
  label: v.string(),
  value: v.nullable(v.number()),
  unit: v.string(),
  at: v.nullable(time),
  ageMs: v.nullable(amount),
  freshness,
  level,
  reason,
});

const derived = v.object({ label: v.string(), value: v.nullable(v.number()), unit: v.string(), freshness, reason });

const toggle = v.object({
  label: v.string(),
  state: v.picklist(['on', 'off', 'unknown']),
  at: v.nullable(time),
  freshness,
  mayWrite: v.pipe(v.nullable(v.boolean()), v.description('Whether our user may switch it; null where unknown.')),
  reason,
});

const item = v.object({
  kind: v.picklist(['state', 'binary', 'event', 'counter', 'number', 'select', 'button']),
  label: v.string(),
  value: v.pipe(
    v.nullable(v.union([v.number(), v.string()])),
    v.description(
      'A number of a set-point or a counter, else a word as the house file shows it; null: never received.',
    ),
  ),
  word: v.pipe(v.nullable(v.string()), v.description('on or off of a binary, else the word as the device says it.')),
  presumed: v.exactOptional(
    v.pipe(
      v.literal(true),
      v.description(
        'There where the device did not say the other word for the offAfter of the house file: this one was not heard, and at is of the other one.',
      ),
    ),
  ),
  unit: v.nullable(v.string()),
  at: v.nullable(time),
  ageMs: v.nullable(amount),
  freshness,
  level,
  mayWrite: v.nullable(v.boolean()),
  since: v.pipe(v.nullable(time), v.description('Of events and counters since when they are counted.')),
  reason,
});

const client = v.object({ freshness, lastSeenAt: v.nullable(time), cadenceMs: amount, reason });

const denial = v.object({
  at: time,
  evidence: v.picklist(['refused', 'logged', 'echo']),
  client: v.nullable(v.string()),
  user: v.nullable(v.string()),
  access: v.picklist(['connect', 'subscribe', 'publish']),
  topic: v.nullable(v.string()),
  detail: v.string(),
  remedy: v.string(),
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const issue = v.object({
  severity: v.picklist(['error', 'warning', 'info']),
  message: v.string(),
  cure: v.nullable(v.string()),
});

const alarm = v.object({
  id: v.string(),
  label: v.string(),
  priority: v.picklist(['note', 'warning', 'alarm']),
  state: v.pipe(
    v.picklist(['active', 'acknowledged', 'returned', 'normal']),
    v.description('returned: over, and nobody has acknowledged it. normal: only where it is shelved.'),
  ),
  raisedAt: v.nullable(time),
  quietSince: v.pipe(
    v.nullable(time),
    v.description('Raised, and not so since then, but not yet for as long as it takes to be over.'),
  ),
  returnedAt: v.nullable(time),
  acknowledgedAt: v.nullable(time),
  acknowledgedBy: v.nullable(v.string()),
  raisedValue: v.pipe(v.nullable(v.string()), v.description('The value when it was raised, with its unit.')),
  value: v.pipe(v.nullable(v.string()), v.description('The value when it was last judged, with its unit.')),
  detail: v.pipe(v.nullable(v.string()), v.description('The evidence, a clause.')),
  cure: v.nullable(v.string()),
  source: v.pipe(
    v.nullable(v.string()),
    v.description('Where its threshold comes from; null where the house file says it.'),
  ),
  about: v.pipe(v.array(v.string()), v.description('The items and clients that it is about.')),
  unwatched: v.pipe(v.nullable(v.string()), v.description('Why it cannot be judged now; null while it can.')),
  shelved: v.nullable(v.object({ until: time, by: v.nullable(v.string()), reason: v.nullable(v.string()) })),
});

const alarms = v.object({
  total: v.pipe(amount, v.integer(), v.description('How many are watched over.')),
  active: v.pipe(
    v.array(alarm),
    v.description('Those that are raised, over and not acknowledged, or shelved; the most urgent first.'),
  ),
  unwatched: v.array(v.object({ why: v.string(), ids: v.array(v.string()) })),
  flood: v.pipe(
    v.nullable(v.object({ since: time, count: v.pipe(amount, v.integer()), first: v.string() })),
    v.description('More alarms than anybody can read each of, and the label of the one that came first.'),
  ),
});

/** The schema of one snapshot. */
export const statusSchema = v.pipe(
  v.object({
    schema: v.literal(1),
    at: time,
    overall: v.picklist(['ok', 'warning', 'critical', 'unknown']),
    reasons: v.pipe(v.array(v.string()), v.description('What makes it so, the worst first.')),
    broker,
    daemon,
    sensors: v.record(v.string(), sensor),
    derived: v.record(v.string(), derived),
    switches: v.record(v.string(), toggle),
    items: v.exactOptional(
      v.pipe(v.record(v.string(), item), v.description('Everything of another kind; absent where the house has none.')),
    ),
    clients: v.record(v.string(), client),
    denials: v.array(denial),
    alarms: v.pipe(
      v.nullable(alarms),
      v.description('The alarms that the daemon watches over; null where no daemon was asked.'),
    ),
    issues: v.pipe(
      v.array(issue),
      v.description('What stands in the way of seeing more, as a log that cannot be read.'),
    ),
  }),
  v.title('hometui status'),
);
