import {
  DYNSEC_ANSWERS,
  DYNSEC_QUESTION,
  DYNSEC_TOPIC,
  type DynamicSecurity,
  parseDynsecAnswer,
} from '../../core/mosquitto/dynsec/dynsec.ts';
import { describeReason, ReasonCode } from '../../core/mqtt/reason-code.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { openConnection } from '../mqtt-connection/open-connection.ts';
import { describeEnd } from '../mqtt-link/failure.ts';
import { within } from '../mqtt-link/within.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

/** How long its answer is waited for, ms. */
const ANSWER_LIMIT_MS = 5_000;
const CLOSE_LIMIT_MS = 1_000;

/** Asks the plugin for dynamic security for all that it knows, as `options` say who; nothing is changed. The error is one clause. */
export async function readDynsec(options: LinkOptions, clock: Clock): Promise<Result<DynamicSecurity, string>> {
  const credentials = { user: options.session.user, password: options.password };
  const opened: { connection: Connection | null } = { connection: null };
  const { answer, drop } = start();
  const limited = new Promise<Result<DynamicSecurity, string>>(resolve => {
    clock.after(ANSWER_LIMIT_MS, () => resolve(fail('it did not answer')), { isBackground: true });
  });
  const result = await Promise.race([answer, limited]);
  if (opened.connection !== null) await within(clock, CLOSE_LIMIT_MS, opened.connection.close());
  drop();
  return result;

  function start(): { readonly answer: Promise<Result<DynamicSecurity, string>>; readonly drop: () => void } {
    let drop: () => void = () => {};
    const answer = new Promise<Result<DynamicSecurity, string>>(resolve => {
      const onOpened = async (connection: Connection): Promise<void> => {
        opened.connection = connection;
        const granted = await connection.subscribe(DYNSEC_ANSWERS, 1);
        if (granted >= ReasonCode.unspecifiedError)
          return resolve(fail(`its answers are not for us: ${describeReason(granted)}`));
        connection.publish({ topic: DYNSEC_TOPIC, payload: DYNSEC_QUESTION, expirySeconds: 5 }, code => {
          if (code >= ReasonCode.unspecifiedError) resolve(fail(`we may not ask it: ${describeReason(code)}`));
        });
      };
      const opening = openConnection({
        ...{ options, credentials, protocol: '5', clock },
        handlers: {
          onOpened: connection => void onOpened(connection),
          onMessage: (topic, payload) => {
            if (topic === DYNSEC_ANSWERS) resolve(parseDynsecAnswer(new TextDecoder().decode(payload)));
          },
          onEnded: end => resolve(fail(describeEnd(end, { options, credentials }).message)),
        },
      });
      drop = opening.drop;
    });
    return { answer, drop: () => drop() };
  }
}
