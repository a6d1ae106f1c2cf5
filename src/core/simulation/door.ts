import type { HouseConfig } from '../house/schema.ts';
import type { Random } from './random.ts';

/** The user of the simulated door, its bell, and where that is heard. */
export const DOOR = 'door';
const BELL = 'doorbell';
const BELL_TOPIC = 'door/bell';
const PICTURE_TOPIC = 'door/picture';
const RING = 'ring';

/**
 * A house with a door whose bell rings now and then, and whose camera shows who is there. It is no client of the house: who
 * speaks only when somebody rings cannot be called silent, and that it is there nothing says.
 */
export function withDoor(house: HouseConfig): HouseConfig {
  const bell = { label: 'Door bell', topic: BELL_TOPIC, words: { [RING]: 'rings' }, snapshot: PICTURE_TOPIC };
  return {
    ...house,
    events: { ...house.events, [BELL]: bell },
    panels: [...house.panels, { label: 'Door', items: [BELL] }],
  };
}

/** Whether there is a door to be simulated. */
export function hasDoor({ events }: HouseConfig): boolean {
  return events?.[BELL]?.topic === BELL_TOPIC;
}

/** The topics that the door publishes to. */
export const DOOR_TOPICS: readonly string[] = [BELL_TOPIC, PICTURE_TOPIC];

/** Where the door stands, in milliseconds of the model since its start. */
export interface DoorState {
  readonly elapsedMs: number;
  readonly nextRingAtMs: number;
  /** When the camera has its picture of who rang; infinity: nobody is there. */
  readonly pictureAtMs: number;
}

/** What the door publishes. */
export interface DoorMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

/** The first visitor comes soon, so that nobody has to wait to see what a ring looks like. */
const FIRST_RING_MS = { min: 20_000, max: 35_000 };
const PAUSE_MS = { min: 120_000, max: 420_000 };
const CAMERA_MS = 1_500;
/** The picture of a small camera, points. */
const [WIDTH, HEIGHT] = [64, 48];

/** A door at which nobody has rung yet. */
export function createDoor(random: Random): DoorState {
  const nextRingAtMs = random.between(FIRST_RING_MS.min, FIRST_RING_MS.max);
  return { elapsedMs: 0, nextRingAtMs, pictureAtMs: Number.POSITIVE_INFINITY };
}

/** The door `dtMs` later, and what it published in that time: at most one ring. */
export function stepDoor(
  door: DoorState,
  dtMs: number,
  random: Random,
): { readonly state: DoorState; readonly messages: readonly DoorMessage[] } {
  const elapsedMs = door.elapsedMs + dtMs;
  const messages: DoorMessage[] = [];
  let { nextRingAtMs, pictureAtMs } = door;
  if (elapsedMs >= nextRingAtMs) {
    messages.push({ topic: BELL_TOPIC, payload: RING });
    pictureAtMs = nextRingAtMs + CAMERA_MS;
    nextRingAtMs = elapsedMs + random.between(PAUSE_MS.min, PAUSE_MS.max);
  }
  if (elapsedMs >= pictureAtMs) {
    messages.push({ topic: PICTURE_TOPIC, payload: pictureOf(random) });
    pictureAtMs = Number.POSITIVE_INFINITY;
  }
  return { state: { elapsedMs, nextRingAtMs, pictureAtMs }, messages };
}

/** Somebody in the dusk, as a portable graymap (PGM, "P5"). */
function pictureOf(random: Random): Uint8Array {
  const head = new TextEncoder().encode(`P5 ${WIDTH} ${HEIGHT} 255\n`);
  const middle = random.between(0.3 * WIDTH, 0.7 * WIDTH);
  const points = Array.from({ length: WIDTH * HEIGHT }, (_, place) => {
    const isPerson = Math.abs((place % WIDTH) - middle) < 8 && place > 10 * WIDTH;
    return Math.round((isPerson ? 150 : 60) + 12 * random.normal());
  });
  return Uint8Array.of(...head, ...points);
}
