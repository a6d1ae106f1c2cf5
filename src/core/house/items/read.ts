import * as v from 'valibot';
import {
  conversion,
  decimals,
  kept,
  label,
  level,
  pace,
  path,
  place,
  presence,
  seconds,
  topic,
  unit,
  word,
} from './fields.ts';

/** Items that a house says something with: numbers, states, two words, and what happens now and then. */

export const limits = v.pipe(
  v.strictObject({ low: v.exactOptional(v.number()), high: v.exactOptional(v.number()) }),
  v.description('A value below low or above high has this level. In the unit of the sensor.'),
);

export const sensor = v.strictObject({
  label,
  topic,
  path: v.exactOptional(path),
  unit,
  map: v.exactOptional(
    v.pipe(
      v.record(word, v.number()),
      v.description('Numbers for payloads that are words, in the unit of the sensor: {"low": 1, "high": 2}.'),
    ),
  ),
  ...conversion,
  range: v.exactOptional(
    v.pipe(
      v.strictObject({ min: v.number(), max: v.number() }),
      v.description(
        'The scale of sparklines and charts, in the unit of the sensor; min is below max. Learned from its values if absent.',
      ),
    ),
  ),
  decimals: v.exactOptional(decimals),
  warning: v.exactOptional(limits),
  critical: v.exactOptional(limits),
  ...pace,
  ...kept,
  ...presence,
  ...place,
});

export const state = v.strictObject({
  label,
  topic,
  path: v.exactOptional(path),
  words: v.exactOptional(
    v.pipe(
      v.record(
        word,
        v.strictObject({
          text: v.exactOptional(v.pipe(label, v.description('What is shown for it; the payload if absent.'))),
          level: v.exactOptional(v.pipe(level, v.description('ok if absent.'))),
        }),
      ),
      v.description(
        'What it may say, by payload. Where one of them has a level, a payload that is none of them is a warning.',
      ),
    ),
  ),
  ...pace,
  ...kept,
  ...presence,
  ...place,
});

export const binary = v.strictObject({
  label,
  topic,
  path: v.exactOptional(path),
  on: v.exactOptional(v.pipe(word, v.description('The payload of the first word; the usual ones of on if absent.'))),
  off: v.exactOptional(v.pipe(word, v.description('The payload of the second word; the usual ones of off if absent.'))),
  words: v.pipe(
    v.strictObject({ on: label, off: label }),
    v.description('What is shown: open and closed, motion and quiet, wet and dry.'),
  ),
  levels: v.exactOptional(
    v.pipe(
      v.strictObject({ on: v.exactOptional(level), off: v.exactOptional(level) }),
      v.description('How bad each of the two is; ok if absent.'),
    ),
  ),
  offAfter: v.exactOptional(
    v.pipe(
      seconds,
      v.description(
        'Of a device that never says the second word, as many that tell of motion: after so many seconds without the first one it is presumed, and called so.',
      ),
    ),
  ),
  ...pace,
  ...kept,
  ...presence,
  ...place,
});

const happening = {
  label,
  topic,
  path: v.exactOptional(path),
  only: v.exactOptional(
    v.pipe(v.array(word), v.minLength(1), v.description('The payloads that count; all that can be read if absent.')),
  ),
  words: v.exactOptional(v.pipe(v.record(word, label), v.description('What is shown for a payload.'))),
};

/** A press, a tag, a motion: something that happens, and is over. */
export const event = v.strictObject({
  ...happening,
  snapshot: v.exactOptional(
    v.pipe(
      topic,
      v.description('Where a picture of it is published: its size is told with it, and nothing else of it.'),
    ),
  ),
  ...presence,
  ...place,
});

/** The same where it is too frequent to be told each time. */
export const counter = v.strictObject({ ...happening, ...presence, ...place });
