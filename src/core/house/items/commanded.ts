import * as v from 'valibot';
import { conversion, decimals, kept, label, path, place, presence, printable, topic, unit, word } from './fields.ts';

/** Items that can be commanded: each is a closed loop of a command topic and, where the device answers, its feedback. */

const loop = {
  label,
  command: v.pipe(topic, v.description('The topic that commands are published to.')),
  feedback: v.exactOptional(
    v.pipe(
      topic,
      v.description(
        'The topic on which the device answers with where it stands; without it no command is ever confirmed.',
      ),
    ),
  ),
  path: v.exactOptional(path),
  key: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9]$/, 'one character of a-z or 0-9'),
      v.description('The key that commands it; without one it is chosen with the arrow keys.'),
    ),
  ),
  ask: v.exactOptional(v.pipe(v.boolean(), v.description('Whether to ask before each command; false if absent.'))),
  timeout: v.exactOptional(
    v.pipe(v.number(), v.minValue(0.5), v.maxValue(120), v.description('Seconds to wait for feedback; 5 if absent.')),
  ),
  ...presence,
  ...place,
};

const template = v.pipe(
  v.string(),
  v.maxLength(1_024),
  v.regex(/^(?:[^%]|%%)*%s(?:[^%]|%%)*$/su, 'text with one %s in it, and %% for a percent sign'),
  v.description('What is published, where that is more than the word or number: {"state":"%s"}. %s stands for it.'),
);

const words = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1));

const answers = v.pipe(
  v.strictObject({
    on: v.exactOptional(v.pipe(words, v.description('Feedback that says on.'))),
    off: v.exactOptional(v.pipe(words, v.description('Feedback that says off.'))),
    matchCase: v.exactOptional(
      v.pipe(v.boolean(), v.description('Whether capitals count in these words; false if absent.')),
    ),
  }),
  v.description(
    'Words by which the device answers, where they are others than its commands: they beat on, off and the usual words.',
  ),
);

export const toggle = v.strictObject({
  ...loop,
  on: v.pipe(v.string(), v.minLength(1), v.description('The payload that switches on, as the device expects it.')),
  off: v.pipe(v.string(), v.minLength(1), v.description('The payload that switches off.')),
  template: v.exactOptional(template),
  answers: v.exactOptional(answers),
  ...kept,
});

export const number = v.strictObject({
  ...loop,
  unit,
  min: v.pipe(v.number(), v.description('The least that it can be set to, in its unit.')),
  max: v.pipe(v.number(), v.description('The most that it can be set to; more than min.')),
  step: v.exactOptional(
    v.pipe(
      v.number(),
      v.minValue(0.001),
      v.description('By how much + and - change it, and what its values are multiples of, from min on; 1 if absent.'),
    ),
  ),
  decimals: v.exactOptional(v.pipe(decimals, v.description('Digits after the point; those of step if absent.'))),
  template: v.exactOptional(template),
  ...conversion,
  ...kept,
});

export const select = v.strictObject({
  ...loop,
  options: v.pipe(
    v.array(v.pipe(word, v.maxLength(40), printable)),
    v.minLength(1),
    v.maxLength(100),
    v.description('What it can be set to, in the order in which it is offered.'),
  ),
  payloads: v.exactOptional(
    v.pipe(
      v.record(word, word),
      v.description(
        'The payload of an option, in commands and feedback, where that is another than the option itself.',
      ),
    ),
  ),
  template: v.exactOptional(template),
  ...kept,
});

export const button = v.strictObject({
  ...loop,
  payload: v.pipe(word, v.maxLength(1_024), v.description('What is published when it is pressed.')),
  answer: v.exactOptional(
    v.pipe(word, v.description('The feedback that says that it was pressed; any feedback that can be read if absent.')),
  ),
});
