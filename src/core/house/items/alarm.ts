import * as v from 'valibot';
import { label, printable } from './fields.ts';

/** The alarms of a house file: what they have in common, and what makes each kind. */

const LONGEST_S = 2_592_000;
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_S));
const span = v.pipe(v.number(), v.minValue(1), v.maxValue(LONGEST_S));
const more = v.pipe(v.number(), v.gtValue(0));
const item = v.pipe(v.string(), v.description('The id of the item that it is about.'));
const hysteresis = v.exactOptional(
  v.pipe(
    v.number(),
    v.minValue(0),
    v.description('By how much it must come back before it is over; 1 K, 2 % or a hundredth of the scale if absent.'),
  ),
);

const common = {
  priority: v.exactOptional(
    v.pipe(
      v.picklist(['note', 'warning', 'alarm']),
      v.description('How much it matters: to be known, to be looked at today, to be looked at now.'),
    ),
  ),
  onDelay: v.exactOptional(
    v.pipe(
      seconds,
      v.description('For so many seconds it must be so before it is raised; 30 if absent, 0 of what is no value.'),
    ),
  ),
  offDelay: v.exactOptional(
    v.pipe(
      seconds,
      v.description(
        'For so many seconds it must not be so before it is over; 60 if absent, 0 of rate, lasting and often.',
      ),
    ),
  ),
  cure: v.exactOptional(
    v.pipe(v.string(), v.minLength(1), v.maxLength(200), printable, v.description('What to do about it.')),
  ),
  tell: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(40))),
      v.description('The names of those that it is told to; all if absent, nobody if empty.'),
    ),
  ),
  latched: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description('Whether it waits for an acknowledgement when it is over, too; false if absent.'),
    ),
  ),
  off: v.exactOptional(v.pipe(v.boolean(), v.description('Turns it off; false if absent.'))),
};

const own = { label, ...common };

const change = v.strictObject({
  kind: v.exactOptional(
    v.pipe(v.literal('built-in'), v.description('May be left out: the id names an alarm that hometui has by itself.')),
  ),
  label: v.exactOptional(label),
  hysteresis,
  ...common,
});

const limit = v.strictObject({
  kind: v.literal('limit'),
  of: item,
  above: v.exactOptional(v.pipe(v.number(), v.description('It is so while the value is above.'))),
  below: v.exactOptional(v.pipe(v.number(), v.description('It is so while the value is below.'))),
  hysteresis,
  ...own,
});

const lasting = v.strictObject({
  kind: v.literal('lasting'),
  of: item,
  is: v.pipe(
    v.string(),
    v.minLength(1),
    v.description('Where it stands, or what it says: on, off, an option, a word.'),
  ),
  for: v.pipe(span, v.description('For longer than so many seconds, without a gap in what is heard.')),
  ...own,
});

const often = v.strictObject({
  kind: v.literal('often'),
  of: item,
  is: v.exactOptional(
    v.pipe(v.string(), v.minLength(1), v.description('What it comes to say or to stand at; any change if absent.')),
  ),
  times: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000), v.description('More often than this.')),
  within: v.exactOptional(v.pipe(span, v.description('Within so many seconds; 3600 if absent.'))),
  ...own,
});

const rate = v.strictObject({
  kind: v.literal('rate'),
  of: item,
  rises: v.exactOptional(v.pipe(more, v.description('It is so when the value rose by more than this.'))),
  falls: v.exactOptional(v.pipe(more, v.description('It is so when the value fell by more than this.'))),
  within: v.pipe(span, v.description('Within so many seconds.')),
  ...own,
});

const compare = v.strictObject({
  kind: v.literal('compare'),
  of: item,
  above: v.exactOptional(v.pipe(v.string(), v.description('The id of a value that it is above.'))),
  below: v.exactOptional(v.pipe(v.string(), v.description('The id of a value that it is below.'))),
  by: v.exactOptional(v.pipe(v.number(), v.description('By more than this; 0 if absent.'))),
  hysteresis,
  ...own,
});

const who = v.pipe(v.string(), v.minLength(1), v.description('Of this user only; of all if absent.'));

const denial = v.strictObject({
  kind: v.literal('denial'),
  user: v.exactOptional(who),
  topic: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.description('On this topic only; on all if absent.'))),
  ...own,
});

const login = v.strictObject({ kind: v.literal('login'), user: v.exactOptional(who), ...own });

export const alarm = v.pipe(
  v.variant('kind', [change, limit, lasting, often, rate, compare, denial, login]),
  v.description('An alarm: one of its own by its kind, or by its id a change to one that hometui has by itself.'),
);
