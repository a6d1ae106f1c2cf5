import { parseLogLine } from '../../../src/core/mosquitto/log/log-line.ts';
import { articleHouse, type HouseRun, runHouse } from './house-run.ts';

/**
 * A house in which there is one of everything: values at their limits and beyond, one without a scale and one without a
 * unit, a late client and one that was never heard, a relay in each position, denials of three kinds, issues.
 */
export function richHouse(): HouseRun {
  const { sensors, ...article } = articleHouse();
  const run = runHouse({
    ...article,
    sensors: {
      ...sensors,
      rain: { label: 'Rain', topic: 'roof/rain', unit: 'mm', decimals: 2, warning: { low: -1, high: 5 } },
      count: { label: 'Count', topic: 'roof/count', unit: '', decimals: 0 },
      power: {
        label: 'Power',
        topic: 'roof/power',
        unit: 'kW',
        range: { min: -5, max: 5 },
        critical: { low: -4, high: 4 },
      },
    },
    clients: { ...article.clients, roof: { label: 'Roof', publishes: ['rain', 'count', 'power'] } },
    panels: [...article.panels, { label: 'Roof', items: ['rain', 'count', 'power'] }],
  });
  run.connect();
  run.receive('heating/pump/done', 'on');
  run.receive('heating/burner/done', 'off', { retained: true });
  run.receive('cellar/humidity', '71', { retained: true });
  run.receive('heating/flow', '80.1');
  run.receive('heating/return', '85.5');
  run.receive('roof/rain', '0.05');
  run.receive('roof/count', '1234567');
  run.pass(11_000);
  run.receive('roof/power', '-4.5');
  run.acknowledge(run.request('fan', 'on').commandId, 0x87);
  for (const line of [
    "New client connected from 127.0.0.1:40102 as h-1 (p5, c1, k60, u'heating').",
    "Denied PUBLISH from h-1 (d0, q1, r0, m1, 'roof/rain', ... (2 bytes))",
    "Denied PUBLISH from h-1 (d0, q1, r0, m1, 'roof/rain', ... (2 bytes))",
    'Client stranger disconnected, not authorised.',
  ]) {
    const entry = parseLogLine(`${Math.floor(run.state.at / 1_000)}: ${line}`);
    if (entry === null) throw new Error(`no log line: ${line}`);
    run.dispatch({ type: 'log-line-read', at: run.state.at, entry, source: 'file', isPast: false });
  }
  const unread = {
    severity: 'warning',
    message: 'the broker log /var/log/m cannot be read',
    cure: 'Check it.',
  } as const;
  run.dispatch({ type: 'issue-found', at: run.state.at, issue: unread });
  run.dispatch({ type: 'issue-found', at: run.state.at, issue: { severity: 'info', message: 'the theme is dark' } });
  return run;
}
