import * as v from 'valibot';

/** The fields that the items of a house file have in common. */

/** What moves a cursor, breaks a line or turns the text after it round (see `cleanText`) would tear the screen. */
export const printable = v.regex(
  /^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*$/,
  'text without line breaks, control characters and marks of direction',
);

export const label = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(40),
  printable,
  v.description('What people call it, up to 40 characters.'),
);

export const topic = v.pipe(
  v.string(),
  v.minLength(1),
  v.description(
    'An MQTT topic name without wildcards, case-sensitive. ~ at its begin or end stands for the base of the client that serves it.',
  ),
);

export const seconds = v.pipe(v.number(), v.minValue(0.1), v.maxValue(604_800));

export const path = v.pipe(
  v.string(),
  v.minLength(1),
  v.description(
    'Where the value stands in a JSON payload: keys and indexes joined by dots, as in "ENERGY.Power.0"; a key that holds dots in brackets, as in ["1-0:1.8.0"].',
  ),
);

export const unit = v.pipe(
  v.string(),
  v.maxLength(8),
  printable,
  v.description('As shown behind the number: °C, %, W. May be empty.'),
);

export const decimals = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(3),
  v.description('Digits after the point; 1 if absent.'),
);

export const level = v.picklist(['ok', 'warning', 'critical']);

/** One word that a device says or understands. */
export const word = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** Numbers that are another than what the payload says. */
export const conversion = {
  scale: v.exactOptional(
    v.pipe(
      v.number(),
      v.check(factor => factor !== 0, 'a number other than 0'),
      v.description('The number in the payload is multiplied by it; 1 if absent. A unit in the payload is left aside.'),
    ),
  ),
  offset: v.exactOptional(v.pipe(v.number(), v.description('Added to it after that; 0 if absent.'))),
};

const words = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1));

/** One topic on which it is said whether something is there. */
export const availability = v.strictObject({
  topic,
  path: v.exactOptional(path),
  online: v.exactOptional(v.pipe(words, v.description('Payloads that say online; the usual words if absent.'))),
  offline: v.exactOptional(v.pipe(words, v.description('Payloads that say offline; the usual words if absent.'))),
});

/** Several of them, and which one decides. */
export const availabilities = v.strictObject({
  mode: v.exactOptional(
    v.pipe(
      v.picklist(['all', 'any', 'latest']),
      v.description(
        'all: it is there while each says so. any: while one says so. latest: as the last word said, which is so if absent.',
      ),
    ),
  ),
  topics: v.pipe(v.array(availability), v.minLength(1)),
});

/** Where it is said of one item alone whether it is there. */
export const presence = {
  availability: v.exactOptional(
    v.pipe(
      availability,
      v.description(
        'Where it is said of this item alone whether it is there, beside what its client says of itself. Only the words there decide, whatever else is heard of it.',
      ),
    ),
  ),
  availabilities: v.exactOptional(v.pipe(availabilities, v.description('The same where several topics say it.'))),
};

/** What an item is in the house, beside what it measures. */
export const place = {
  role: v.exactOptional(
    v.pipe(
      v.picklist(['flow', 'return', 'pump', 'burner', 'room', 'cellar', 'outside', 'wall', 'humidity', 'fan']),
      v.description(
        'What it is to a heating or a cellar: hometui then knows what a failed sensor says there, and what goes wrong.',
      ),
    ),
  ),
  room: v.exactOptional(v.pipe(label, v.description('The room or area that it is in.'))),
};

/** How a message of its own is kept by the broker. */
export const kept = {
  retained: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description(
        'Whether its device lets the broker keep its last message (retain): then a retained one is no finding, and without every and expireAfter a silence is none either: whether the device is there its availability says. false if absent.',
      ),
    ),
  ),
};

/** How long it may be silent. */
export const pace = {
  every: v.exactOptional(
    v.pipe(seconds, v.description('How often it is published, in seconds. Beats what hometui learns by listening.')),
  ),
  expireAfter: v.exactOptional(
    v.pipe(seconds, v.description('After so many seconds of silence it is stale. Beats every and what was learned.')),
  ),
};
