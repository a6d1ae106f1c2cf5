import { assertNever } from '../assert-never.ts';
import { cleanText } from '../clean-text.ts';
import { formatDuration } from '../duration.ts';
import type { DeviceEvent } from './device.ts';

/** How much of a command's payload is shown. */
const SHOWN_PAYLOAD = 40;

/** What a device did, as one line of plain text that is safe to show. */
export function describeDeviceEvent(event: DeviceEvent): string {
  switch (event.kind) {
    case 'command-handled':
      return describeCommand(event);
    case 'burner-locked-out':
      return `flow ${event.flow.toFixed(1)} °C: the safety monitor has switched the burner off`;
    case 'burner-released':
      return `flow ${event.flow.toFixed(1)} °C: the safety monitor lets the burner on again`;
    case 'fault-began':
      return `fault ${event.fault.kind} begins`;
    default:
      return assertNever(event);
  }
}

function describeCommand(event: Extract<DeviceEvent, { kind: 'command-handled' }>): string {
  const { relay, outcome, isOn, afterMs } = event;
  const retained = event.isRetained ? ' (retained: it comes again at each reconnect)' : '';
  const command = `command "${cleanText(event.payload, SHOWN_PAYLOAD)}" for the ${relay}${retained}`;
  const stays = `it stays ${isOn ? 'on' : 'off'}`;
  switch (outcome) {
    case 'obeyed':
      return `${command}: ${isOn ? 'on' : 'off'}, answered after ${formatDuration(afterMs)}`;
    case 'not-understood':
      return `${command}: not understood, ${stays}`;
    case 'locked-out':
      return `${command}: refused by the safety monitor, ${stays}`;
    case 'stuck':
      return `${command}: the relay is stuck, ${stays}`;
    case 'silent':
      return `${command}: not answered, the device is silent`;
    default:
      return assertNever(outcome);
  }
}
