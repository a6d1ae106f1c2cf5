import { assertNever } from '../assert-never.ts';
import type {
  CommandOutcome,
  Device,
  DeviceEvent,
  DeviceInput,
  DeviceMessage,
  DeviceRandom,
  DeviceState,
  DeviceStep,
  PendingCommand,
} from './device.ts';
import type { DeviceRelay, RelayId } from './device-description.ts';
import { type FaultKind, garbagePayload, hasFault } from './fault.ts';
import { parseRelayWord } from './relay-word.ts';
import { isBurnerLockedOut, readQuantity, stepRoom } from './room.ts';

/**
 * The model moves in quanta of this length on a fixed grid, so that the same seed gives the same house however the
 * time is cut into steps.
 */
const QUANTUM_MS = 250;
/** A computer that slept for a night is not made up for: the model goes on as if ten minutes had passed. */
const LONGEST_STEP_MS = 600_000;

/** How long a device takes to move a relay and say so, in milliseconds of the clock. */
const REACTION_MS = { min: 30, max: 150 };
const SLOW_REACTION_MS = { min: 3_000, max: 8_000 };
/** How far a round of readings may be off its time: the sensors take as long as they take. */
const JITTER_MS = { min: -12, max: 38 };

/** What is collected while one step goes on. */
interface Work {
  readonly device: Device;
  readonly random: DeviceRandom;
  readonly messages: DeviceMessage[];
  readonly events: DeviceEvent[];
}

/**
 * One step of a device: `dtMs` of the model pass, then the inputs arrive, then all is published that is due. A step
 * that is longer than the cadence publishes one round of readings, as a device would that was asleep.
 */
export function stepDevice(
  device: Device,
  state: DeviceState,
  dtMs: number,
  inputs: readonly DeviceInput[],
  random: DeviceRandom,
): DeviceStep {
  const work: Work = { device, random, messages: [], events: [] };
  let next = advance(work, state, Math.max(0, Math.min(dtMs, LONGEST_STEP_MS)));
  for (const input of inputs) next = receive(work, next, input);
  next = answerDue(work, next);
  next = publishReadings(work, next);
  return { state: next, messages: work.messages, events: work.events };
}

function isFaulty(work: Work, state: DeviceState, kind: FaultKind): boolean {
  return hasFault(work.device.faults, kind, state.elapsedMs / work.device.speed);
}

function advance(work: Work, state: DeviceState, dtMs: number): DeviceState {
  const elapsedMs = state.elapsedMs + dtMs;
  const quanta = Math.floor(elapsedMs / QUANTUM_MS) - Math.floor(state.elapsedMs / QUANTUM_MS);
  let next = state;
  for (let count = 0; count < quanta; count += 1) next = moveRoom(work, next);
  noteFaults(work, state.elapsedMs, elapsedMs);
  return { ...next, elapsedMs };
}

function noteFaults(work: Work, beforeMs: number, elapsedMs: number): void {
  const { faults, speed } = work.device;
  for (const fault of faults) {
    const fromMs = fault.fromMs * speed;
    if (fromMs > 0 && fromMs > beforeMs && fromMs <= elapsedMs) work.events.push({ kind: 'fault-began', fault });
  }
}

function moveRoom(work: Work, state: DeviceState): DeviceState {
  const room = stepRoom(state.room, QUANTUM_MS, state.relays, work.random.house);
  const moved = { ...state, room };
  const isLockedOut = isBurnerLockedOut(room);
  if (isLockedOut === isBurnerLockedOut(state.room)) return cycleBurner(work, moved);
  const flow = room.kind === 'heating' ? room.heating.flow : Number.NaN;
  work.events.push({ kind: isLockedOut ? 'burner-locked-out' : 'burner-released', flow });
  if (!isLockedOut || !state.relays.burner || isFaulty(work, state, 'stuck')) return moved;
  const off = { ...moved, relays: { ...moved.relays, burner: false } };
  announce(work, off, 'burner');
  return off;
}

/** A thermostat that is set too narrow for its boiler: the flow, °C, at which it switches the burner off, and on again. */
const NARROW = { off: 60, on: 50 };

function cycleBurner(work: Work, state: DeviceState): DeviceState {
  if (state.room.kind !== 'heating' || !isFaulty(work, state, 'short-cycling')) return state;
  const { flow } = state.room.heating;
  const isOff = state.relays.burner && flow >= NARROW.off;
  const isOn = state.isBurnerResting && flow <= NARROW.on;
  if (!isOff && !isOn) return state;
  const next = { ...state, relays: { ...state.relays, burner: isOn }, isBurnerResting: isOff };
  announce(work, next, 'burner');
  return next;
}

function receive(work: Work, state: DeviceState, input: DeviceInput): DeviceState {
  switch (input.kind) {
    case 'connected': {
      const connected = { ...state, isConnected: true, nextReadingsAtMs: state.elapsedMs };
      for (const relay of work.device.description.relays) announce(work, connected, relay.id);
      return connected;
    }
    case 'disconnected':
      return { ...state, isConnected: false, nextReadingsAtMs: Number.POSITIVE_INFINITY };
    case 'command': {
      const relay = work.device.description.relays.find(known => known.command === input.topic);
      return relay === undefined ? state : hear(work, state, relay, input);
    }
    default:
      return assertNever(input);
  }
}

function hear(
  work: Work,
  state: DeviceState,
  relay: DeviceRelay,
  { payload, isRetained, sealId }: DeviceInput & { readonly kind: 'command' },
): DeviceState {
  const { min, max } = isFaulty(work, state, 'slow') ? SLOW_REACTION_MS : REACTION_MS;
  const reactionMs = work.random.timing.between(min, max) * work.device.speed;
  // A device does one thing after the other: a second command never overtakes the first.
  const lastDueAtMs = state.pending.at(-1)?.dueAtMs ?? 0;
  const dueAtMs = Math.max(state.elapsedMs + reactionMs, lastDueAtMs);
  const command: PendingCommand = {
    ...{ relay: relay.id, payload, isRetained, heardAtMs: state.elapsedMs, dueAtMs },
    ...(sealId === undefined ? {} : { sealId }),
  };
  return { ...state, pending: [...state.pending, command] };
}

function answerDue(work: Work, state: DeviceState): DeviceState {
  let next = state;
  for (const command of state.pending) {
    if (command.dueAtMs > state.elapsedMs) break;
    next = answer(work, { ...next, pending: next.pending.slice(1) }, command);
  }
  return next;
}

function answer(work: Work, state: DeviceState, command: PendingCommand): DeviceState {
  const relay = work.device.description.relays.find(known => known.id === command.relay);
  if (relay === undefined) return state;
  const wanted = parseRelayWord(command.payload, relay);
  const outcome = judge(work, state, command.relay, wanted);
  const isOn = outcome === 'obeyed' && wanted !== null ? wanted : state.relays[command.relay];
  // Who is told where to stand waits for no thermostat.
  const isBurnerResting = state.isBurnerResting && command.relay !== 'burner';
  const next = { ...state, relays: { ...state.relays, [command.relay]: isOn }, isBurnerResting };
  const { payload, isRetained } = command;
  const afterMs = Math.round((command.dueAtMs - command.heardAtMs) / work.device.speed);
  work.events.push({ kind: 'command-handled', relay: relay.id, payload, isRetained, outcome, isOn, afterMs });
  announce(work, next, relay.id, command.sealId);
  return next;
}

function judge(work: Work, state: DeviceState, relay: RelayId, wanted: boolean | null): CommandOutcome {
  if (isFaulty(work, state, 'silent')) return 'silent';
  if (wanted === null) return 'not-understood';
  if (isFaulty(work, state, 'stuck') && wanted !== state.relays[relay]) return 'stuck';
  if (relay === 'burner' && wanted && isBurnerLockedOut(state.room)) return 'locked-out';
  return 'obeyed';
}

/** Says what a relay's state is on its feedback topic; `sealId` is that of the command that it answers. */
function announce(work: Work, state: DeviceState, id: RelayId, sealId?: string): void {
  const relay = work.device.description.relays.find(known => known.id === id);
  if (relay !== undefined) send(work, state, relay.feedback, state.relays[id] ? relay.on : relay.off, sealId);
}

function publishReadings(work: Work, state: DeviceState): DeviceState {
  if (state.elapsedMs < state.nextReadingsAtMs) return state;
  const { cadenceMs, sensors } = work.device.description;
  for (const sensor of sensors) {
    const reading = readQuantity(state.room, sensor.quantity, work.random.chip);
    if (reading !== null) send(work, state, sensor.topic, reading);
  }
  const jitterMs = work.random.timing.between(JITTER_MS.min, JITTER_MS.max) * work.device.speed;
  // From the planned time, not from now: a step that came late must not stretch the cadence, one that came very late must not bunch.
  const plannedAtMs = Math.max(state.nextReadingsAtMs + cadenceMs, state.elapsedMs + cadenceMs / 2);
  return { ...state, nextReadingsAtMs: plannedAtMs + jitterMs };
}

function send(work: Work, state: DeviceState, topic: string, payload: string, sealId?: string): void {
  if (!state.isConnected || isFaulty(work, state, 'silent')) return;
  const isGarbage = isFaulty(work, state, 'garbage');
  const said = isGarbage ? garbagePayload(work.random.chip) : payload;
  work.messages.push({ topic, payload: said, ...(sealId === undefined ? {} : { sealId }) });
}
