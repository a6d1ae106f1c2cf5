import { describe, expect, it } from 'vitest';
import { useQuietDaemon } from '../helpers/house/use-quiet-daemon.ts';
import { isStopped, until } from '../helpers/lifecycle/processes.ts';
import { startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('beside a daemon', () => {
  const { house, env, keep, openConsole, speak, openDaemon } = useQuietDaemon();

  it('a console has all values as soon as it listens, though no device speaks', async () => {
    await openDaemon();
    speak();
    const console = await openConsole();
    await console.waitFor('All 4 values');
    const screen = await console.waitFor('live');
    expect(screen).toContain('54.3 °C');
    expect(screen).toMatch(/Pump.* on\b/);
    expect(screen).not.toContain('was on');
    // And then it hears for itself.
    house.heating.client.publish('heating/flow', '60.5');
    await console.waitFor('60.5 °C');
  });

  it('a console that has no link yet shows what was heard as what it is, and calls nothing live', async () => {
    await openDaemon();
    const { pid } = house.broker;
    process.kill(pid(), 'SIGSTOP');
    try {
      await until(() => isStopped(pid()), 'the broker to be stopped');
      const console = await openConsole();
      const screen = await console.waitFor('54.3 °C');
      expect(screen).not.toMatch(/\blive\b|All 4 values/);
      expect(screen).toMatch(/not connected|connecting/);
      await console.waitFor('was on');
      process.kill(pid(), 'SIGCONT');
      speak();
      await console.waitFor('All 4 values');
    } finally {
      process.kill(pid(), 'SIGCONT');
    }
  });

  it('a console that is told to go past it waits for the devices', async () => {
    await openDaemon();
    const console = await openConsole({ args: ['--direct'] });
    await console.waitFor('0 of 4 values heard');
    expect(console.screen()).not.toContain('54.3 °C');
    speak();
    await console.waitFor('54.3 °C');
  });

  it('watch knows what was so before', async () => {
    await openDaemon();
    const watch = keep(startHometui(['watch'], { env: env() }));
    await watch.waitFor(/connected to/);
    // It asks again when it listens, and nothing tells when it has its answer.
    let isOn = true;
    const toggling = setInterval(() => {
      isOn = !isOn;
      house.heating.client.publish('heating/pump/done', isOn ? 'on' : 'off');
    }, 100);
    keep({ close: () => clearInterval(toggling) });
    await watch.waitFor(/Pump is off: switched by somebody else or at the device/);
    expect(watch.stdout().split('\n')[0]).toMatch(/connected to/);
  });
});
