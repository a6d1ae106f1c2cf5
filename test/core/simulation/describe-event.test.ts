import { describe, expect, it } from 'vitest';
import { describeDeviceEvent } from '../../../src/core/simulation/describe-event.ts';
import type { CommandOutcome, DeviceEvent } from '../../../src/core/simulation/device.ts';

const handled = (outcome: CommandOutcome, payload = 'on', isRetained = false): DeviceEvent => ({
  kind: 'command-handled',
  relay: 'pump',
  payload,
  isRetained,
  outcome,
  isOn: outcome === 'obeyed',
  afterMs: 84,
});

describe('describeDeviceEvent', () => {
  it.each([
    [handled('obeyed'), 'command "on" for the pump: on, answered after 84 ms'],
    [handled('not-understood', 'hm'), 'command "hm" for the pump: not understood, it stays off'],
    [handled('locked-out'), 'command "on" for the pump: refused by the safety monitor, it stays off'],
    [handled('stuck'), 'command "on" for the pump: the relay is stuck, it stays off'],
    [handled('silent'), 'command "on" for the pump: not answered, the device is silent'],
    [{ kind: 'burner-locked-out', flow: 95.04 }, 'flow 95.0 °C: the safety monitor has switched the burner off'],
    [{ kind: 'burner-released', flow: 79.96 }, 'flow 80.0 °C: the safety monitor lets the burner on again'],
    [{ kind: 'fault-began', fault: { kind: 'slow', fromMs: 1 } }, 'fault slow begins'],
  ] as [DeviceEvent, string][])('says %j in one line', (event, line) => {
    expect(describeDeviceEvent(event)).toBe(line);
  });

  it('warns of a retained command', () => {
    expect(describeDeviceEvent(handled('obeyed', 'on', true))).toContain(
      '(retained: it comes again at each reconnect)',
    );
  });

  it('lets no escape sequence and no flood of text through', () => {
    const line = describeDeviceEvent(handled('not-understood', `\u001b[2J\r\n${'x'.repeat(10_000)}`));
    expect(line).not.toMatch(/[\u0000-\u001f]/);
    expect(line.length).toBeLessThan(120);
  });
});
