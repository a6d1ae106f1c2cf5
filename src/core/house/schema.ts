import * as v from 'valibot';
import { alarm } from './items/alarm.ts';
import { button, number, select, toggle } from './items/commanded.ts';
import { availabilities, availability, label, printable, seconds, topic } from './items/fields.ts';
import { heating } from './items/heating.ts';
import { binary, counter, event, type limits, sensor, state } from './items/read.ts';

/**
 * The house file: what there is in a house and on which topics, so that any house can be described.
 * This schema checks it, types it (`HouseConfig`) and is published as JSON Schema (house.schema.json).
 *
 * Version 2 brought the kinds of items beside sensors and switches, bases, and lists of availability topics; each file of
 * version 1 is one of version 2 as it stands.
 */

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

const client = v.strictObject({
  label: v.exactOptional(label),
  user: v.exactOptional(
    v.pipe(v.string(), v.description("The user it logs in as; the client's id in this file if absent.")),
  ),
  sealed: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description('Whether it seals its payloads, with the key of hometui keys that has its id; false if absent.'),
    ),
  ),
  base: v.exactOptional(
    v.pipe(
      topic,
      v.description(
        'What ~ stands for in the topics of what it serves: "home/cellar" makes "home/cellar/set" of "~/set".',
      ),
    ),
  ),
  publishes: v.pipe(v.array(v.string()), v.minLength(1), v.description('Ids of the items that it serves.')),
  availability: v.exactOptional(
    v.pipe(
      availability,
      v.description(
        'Where the client or its will says whether it is there: plain words, Tasmota LWT, ESPHome status, Zigbee2MQTT, Homie $state.',
      ),
    ),
  ),
  availabilities: v.exactOptional(
    v.pipe(
      availabilities,
      v.description('The same where several topics say it: of a device and of the bridge that it stands behind.'),
    ),
  ),
});

const panel = v.strictObject({
  label,
  items: v.pipe(v.array(v.string()), v.minLength(1), v.description('Ids of items of any kind, in their order.')),
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
    version: v.exactOptional(
      v.pipe(v.picklist([1, 2]), v.description('The version of this schema that the file was written for.')),
    ),
    name: label,
    cadence: v.exactOptional(
      v.pipe(
        seconds,
        v.description('Seconds between two messages that are assumed until the real cadence is learned; 5 if absent.'),
      ),
    ),
    heating: v.exactOptional(heating),
    sensors: v.pipe(v.record(id, sensor), v.description('What is measured, as numbers.')),
    states: v.exactOptional(v.pipe(v.record(id, state), v.description('What is said in words.'))),
    binaries: v.exactOptional(v.pipe(v.record(id, binary), v.description('What is one of two: doors, motion, leaks.'))),
    events: v.exactOptional(
      v.pipe(v.record(id, event), v.description('What happens now and then: a press, a tag, a motion.')),
    ),
    counters: v.exactOptional(
      v.pipe(v.record(id, counter), v.description('The same where it is so frequent that it is only counted.')),
    ),
    derived: v.exactOptional(v.record(id, derived)),
    switches: v.exactOptional(v.pipe(v.record(id, toggle), v.description('What is switched on and off.')), {}),
    numbers: v.exactOptional(v.pipe(v.record(id, number), v.description('What is set to a number: set-points.'))),
    selects: v.exactOptional(v.pipe(v.record(id, select), v.description('What is set to one of several words.'))),
    buttons: v.exactOptional(v.pipe(v.record(id, button), v.description('What is pressed, and does something once.'))),
    clients: v.exactOptional(v.record(id, client), {}),
    panels: v.pipe(v.array(panel), v.minLength(1)),
    alarms: v.exactOptional(
      v.pipe(
        v.record(id, alarm),
        v.description('What a person is to be told, and changes to what they are told anyway.'),
      ),
    ),
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
/** Something said in words, each with its level. */
export type StateConfig = v.InferOutput<typeof state>;
/** Something that is one of two. */
export type BinaryConfig = v.InferOutput<typeof binary>;
/** Something that happens now and then. */
export type EventConfig = v.InferOutput<typeof event>;
/** The same where it is only counted. */
export type CounterConfig = v.InferOutput<typeof counter>;
/** One relay: where commands go, where it answers; `timeout` in seconds. */
export type SwitchConfig = v.InferOutput<typeof toggle>;
/** One set-point: `min`, `max` and `step` in its unit. */
export type NumberConfig = v.InferOutput<typeof number>;
/** One choice among several. */
export type SelectConfig = v.InferOutput<typeof select>;
/** One momentary command. */
export type ButtonConfig = v.InferOutput<typeof button>;
/** One MQTT client of the house: the device that serves its items. */
export type ClientConfig = v.InferOutput<typeof client>;
/** One alarm of its own, or a change to one that each such house has; delays and spans in seconds. */
export type AlarmConfig = v.InferOutput<typeof alarm>;
/** One panel of the console: a room. */
export type PanelConfig = v.InferOutput<typeof panel>;
/** One page of the console: some of the panels, by their labels. */
export type TabConfig = v.InferOutput<typeof tab>;
/** Bounds beyond which a value has a level. */
export type Limits = v.InferOutput<typeof limits>;
