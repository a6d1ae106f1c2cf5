import type { Issue, Place } from '../issue.ts';
import type { HouseConfig, Limits, SelectConfig } from './schema.ts';

/** Where a field stands in the house file, by its path of keys and indexes. */
export type Locate = (path: (string | number)[]) => Place;

/** An error of a house file with what to write instead. */
export function error(place: Place, message: string, cure: string): Issue {
  return { severity: 'error', message, place, cure };
}

/** What a schema cannot say of single items: scales, limits, and words that must differ. Nothing found is an empty list. */
export function checkItems(house: HouseConfig, locate: Locate): readonly Issue[] {
  return [
    ...checkRanges(house, locate),
    ...checkNumbers(house, locate),
    ...checkWords(house, locate),
    ...checkAnswers(house, locate),
    ...checkBinaries(house, locate),
    ...checkPresumed(house, locate),
    ...checkSelects(house, locate),
    ...checkEvents(house, locate),
  ];
}

function checkRanges(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.sensors).flatMap(([id, sensor]) => {
    const issues: Issue[] = [];
    if (sensor.range !== undefined && sensor.range.min >= sensor.range.max) {
      const message = `sensors.${id}.range runs from ${sensor.range.min} to ${sensor.range.max}`;
      issues.push(error(locate(['sensors', id, 'range']), message, 'Let min be below max'));
    }
    for (const level of ['warning', 'critical'] as const) {
      if (isCrossed(sensor[level])) {
        const message = `sensors.${id}.${level} has its low limit above its high one`;
        issues.push(error(locate(['sensors', id, level]), message, 'Let low be below high'));
      }
    }
    return issues;
  });
}

function isCrossed(limits: Limits | undefined): boolean {
  return limits?.low !== undefined && limits.high !== undefined && limits.low >= limits.high;
}

/** A set-point of which no value can be reached by its steps would refuse each. */
function checkNumbers(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.numbers ?? {}).flatMap(([id, { min, max, step = 1 }]) => {
    if (min >= max) {
      const message = `numbers.${id} runs from ${min} to ${max}`;
      return [error(locate(['numbers', id, 'max']), message, 'Let min be below max')];
    }
    if (step <= max - min) return [];
    const message = `numbers.${id} has steps of ${step}, and only ${max - min} from min to max`;
    return [error(locate(['numbers', id, 'step']), message, 'Let step be no more than that')];
  });
}

/** With one word for both, each feedback would say "on". */
function checkWords(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.switches)
    .filter(([, toggle]) => toggle.on === toggle.off)
    .map(([id, toggle]) =>
      error(
        locate(['switches', id, 'off']),
        `switches.${id} has one word, ${JSON.stringify(toggle.on)}, for on and off`,
        'Write the payloads by which the device tells the two apart',
      ),
    );
}

/** A word in both lists would say on and off. */
function checkAnswers(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.switches).flatMap(([id, { answers }]) => {
    const folded = (word: string): string => (answers?.matchCase === true ? word : word.toLowerCase());
    const on = new Set((answers?.on ?? []).map(folded));
    return (answers?.off ?? []).flatMap((word, index) =>
      on.has(folded(word))
        ? [
            error(
              locate(['switches', id, 'answers', 'off', index]),
              `switches.${id}.answers has ${JSON.stringify(word)} for on and off`,
              'Leave it in the list of the position that the device means by it',
            ),
          ]
        : [],
    );
  });
}

/** Neither what is read nor what is shown may be the same for both. */
function checkBinaries(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.binaries ?? {}).flatMap(([id, { on, off, words }]) => [
    ...(on === undefined || on !== off
      ? []
      : [
          error(
            locate(['binaries', id, 'off']),
            `binaries.${id} has one payload, ${JSON.stringify(on)}, for ${words.on} and ${words.off}`,
            'Write the payloads by which the device tells the two apart',
          ),
        ]),
    ...(words.on === words.off
      ? [
          error(
            locate(['binaries', id, 'words']),
            `binaries.${id} has one word, ${JSON.stringify(words.on)}, for both`,
            'Write two words that people can tell apart, as open and closed',
          ),
        ]
      : []),
  ]);
}

/** What is stale before it is presumed would never be. */
function checkPresumed(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.binaries ?? {}).flatMap(([id, { offAfter, expireAfter, every }]) => {
    const limit = expireAfter ?? (every === undefined ? Number.POSITIVE_INFINITY : 3 * every);
    if (offAfter === undefined || offAfter < limit) return [];
    const message = `binaries.${id} is stale after ${limit} s of silence, before its offAfter of ${offAfter} s is over`;
    return [error(locate(['binaries', id, 'offAfter']), message, 'Let offAfter be less, or expireAfter more')];
  });
}

/** A picture on the topic of its event would be one more of it. */
function checkEvents(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.events ?? {})
    .filter(([, { topic, snapshot }]) => topic === snapshot)
    .map(([id]) =>
      error(
        locate(['events', id, 'snapshot']),
        `events.${id} has one topic for what happens and for its picture`,
        'Write the topic that the picture alone is published to, or leave it out',
      ),
    );
}

/** Two options that people or the device could not tell apart, and payloads of options that there are not. */
function checkSelects(house: HouseConfig, locate: Locate): Issue[] {
  return Object.entries(house.selects ?? {}).flatMap(([id, select]) => {
    const unknown = Object.keys(select.payloads ?? {}).filter(option => !select.options.includes(option));
    return [
      ...twins(select).map(({ index, message }) =>
        error(locate(['selects', id, 'options', index]), `selects.${id} ${message}`, 'Give each option one of its own'),
      ),
      ...unknown.map(option =>
        error(
          locate(['selects', id, 'payloads', option]),
          `selects.${id}.payloads names "${option}", which is none of its options`,
          `Its options are: ${select.options.slice(0, 12).join(', ')}`,
        ),
      ),
    ];
  });
}

function twins({
  options,
  payloads = {},
}: SelectConfig): readonly { readonly index: number; readonly message: string }[] {
  const [words, told] = [new Set<string>(), new Set<string>()];
  return options.flatMap((option, index) => {
    const payload = Object.hasOwn(payloads, option) ? (payloads[option] ?? option) : option;
    const isTwin = words.has(option.toLowerCase());
    const isSame = told.has(payload);
    words.add(option.toLowerCase());
    told.add(payload);
    if (isTwin) return [{ index, message: `has the option "${option}" twice` }];
    return isSame ? [{ index, message: `has the payload ${JSON.stringify(payload)} for two options` }] : [];
  });
}
