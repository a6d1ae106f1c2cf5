import * as v from 'valibot';

/**
 * The house file: what there is in a house and on which topics, so that any house can be described.
 * This schema checks it, types it (`HouseConfig`) and is published as JSON Schema (house.schema.json).
 */

/** What moves a cursor, breaks a line or turns the text after it round (see `cleanText`) would tear the screen. */
const printable = v.regex(
  /^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*$/,
  'text without line breaks, control characters and marks of direction',
);
const label = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(40),
  printable,
  v.description('What people call it, up to 40 characters.'),
);
const topic = v.pipe(
  v.string(),
  v.minLength(1),
  v.description('An MQTT topic name without wildcards, case-sensitive.'),
);
const seconds = v.pipe(v.number(), v.minValue(0.1), v.maxValue(604_800));
const path = v.pipe(
  v.string(),
  v.minLength(1),
  v.description(
    'Where the value stands in a JSON payload: keys and indexes joined by dots, as in "ENERGY.Power.0"; a key that holds dots in brackets, as in ["1-0:1.8.0"].',
  ),
);

const limits = v.pipe(
  v.strictObject({ low: v.exactOptional(v.number()), high: v.exactOptional(v.number()) }),
  v.description('A value below low or above high has this level. In the unit of the sensor.'),
);

const sensor = v.strictObject({
  label,
  topic,
  path: v.exactOptional(path),
  unit: v.pipe(
    v.string(),
    v.maxLength(8),
    printable,
    v.description('As shown behind the number: °C, %, W. May be empty.'),
  ),
  range: v.exactOptional(
    v.pipe(
      v.strictObject({ min: v.number(), max: v.number() }),
      v.description(
        'The scale of sparklines and charts, in the unit of the sensor; min is below max. Learned from its values if absent.',
      ),
    ),
  ),
  decimals: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0),
      v.maxValue(3),
      v.description('Digits after the point; 1 if absent.'),
    ),
  ),
  warning: v.exactOptional(limits),
  critical: v.exactOptional(limits),
  every: v.exactOptional(
    v.pipe(seconds, v.description('How often it is published, in seconds. Beats what hometui learns by listening.')),
  ),
  expireAfter: v.exactOptional(
    v.pipe(seconds, v.description('After so many seconds of silence it is stale. Beats every and what was learned.')),
  ),
});

const derived = v.variant('kind', [
  v.strictObject({
    kind: v.literal('difference'),
    label,
    unit: v.pipe(v.string(), v.maxLength(8), printable),
    minuend: v.pipe(v.string(), v.description('The id of the sensor that is subtracted from.')),
    subtrahend: v.pipe(v.string(), v.description('The id of the sensor that is subtracted.')),
  }),
  v.strictObject({
    kind: v.literal('dew-point'),
    label,
    temperature: v.pipe(v.string(), v.description('The id of a sensor in °C.')),
    humidity: v.pipe(v.string(), v.description('The id of a sensor of relative humidity in %.')),
  }),
]);

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

const toggle = v.strictObject({
  label,
  command: v.pipe(topic, v.description('The topic that commands are published to.')),
  feedback: v.pipe(topic, v.description('The topic on which the device answers with the state of the relay.')),
  path: v.exactOptional(path),
  on: v.pipe(v.string(), v.minLength(1), v.description('The payload that switches on, as the device expects it.')),
  off: v.pipe(v.string(), v.minLength(1), v.description('The payload that switches off.')),
  answers: v.exactOptional(answers),
  key: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]$/, 'one character of a-z or 0-9'),
    v.description('The key that switches it.'),
  ),
  ask: v.exactOptional(v.pipe(v.boolean(), v.description('Whether to ask before each switching; false if absent.'))),
  timeout: v.exactOptional(
    v.pipe(v.number(), v.minValue(0.5), v.maxValue(120), v.description('Seconds to wait for feedback; 5 if absent.')),
  ),
});

const client = v.strictObject({
  label: v.exactOptional(label),
  user: v.exactOptional(
    v.pipe(v.string(), v.description("The user it logs in as; the client's id in this file if absent.")),
  ),
  publishes: v.pipe(
    v.array(v.string()),
    v.minLength(1),
    v.description('Ids of the sensors and switches that it serves.'),
  ),
  availability: v.exactOptional(
    v.pipe(
      v.strictObject({
        topic,
        path: v.exactOptional(path),
        online: v.exactOptional(v.pipe(words, v.description('Payloads that say online; the usual words if absent.'))),
        offline: v.exactOptional(v.pipe(words, v.description('Payloads that say offline; the usual words if absent.'))),
      }),
      v.description(
        'Where the client or its will says whether it is there: plain words, Tasmota LWT, ESPHome status, Zigbee2MQTT, Homie $state.',
      ),
    ),
  ),
});

const panel = v.strictObject({
  label,
  items: v.pipe(
    v.array(v.string()),
    v.minLength(1),
    v.description('Ids of sensors, derived values and switches, in their order.'),
  ),
});

const tab = v.strictObject({
  label,
  panels: v.pipe(
    v.array(v.string()),
    v.minLength(1),
    v.description(
      'Labels of panels, in their order. Where several panels have one label, the first that is named so is the first of them.',
    ),
  ),
});

const id = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'an id: a letter, then up to 39 letters, digits, - or _'),
);

/** The schema of a house file. References between its parts are checked by `checkHouse`. */
export const houseSchema = v.pipe(
  v.strictObject({
    $schema: v.exactOptional(v.string()),
    name: label,
    cadence: v.exactOptional(
      v.pipe(
        seconds,
        v.description('Seconds between two messages that are assumed until the real cadence is learned; 5 if absent.'),
      ),
    ),
    sensors: v.record(id, sensor),
    derived: v.exactOptional(v.record(id, derived)),
    switches: v.exactOptional(v.record(id, toggle), {}),
    clients: v.exactOptional(v.record(id, client), {}),
    panels: v.pipe(v.array(panel), v.minLength(1)),
    tabs: v.exactOptional(
      v.pipe(
        v.array(tab),
        v.minLength(1),
        v.description('Pages of the console, each with some of the panels; all panels are on one if absent.'),
      ),
    ),
  }),
  v.title('hometui house file'),
);

/** A whole house, as the house file describes it. */
export type HouseConfig = v.InferOutput<typeof houseSchema>;
/** One measured value. Range and limits in its unit; `every` and `expireAfter` in seconds. */
export type SensorConfig = v.InferOutput<typeof sensor>;
/** One value computed from others. */
export type DerivedConfig = v.InferOutput<typeof derived>;
/** One relay: where commands go, where it answers; `timeout` in seconds. */
export type SwitchConfig = v.InferOutput<typeof toggle>;
/** One MQTT client of the house: the device that serves sensors and switches. */
export type ClientConfig = v.InferOutput<typeof client>;
/** One panel of the console: a room. */
export type PanelConfig = v.InferOutput<typeof panel>;
/** Bounds beyond which a value has a level. */
export type Limits = v.InferOutput<typeof limits>;
