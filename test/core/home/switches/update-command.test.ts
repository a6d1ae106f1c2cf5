import { describe, expect, test } from 'vitest';
import { mayWrite } from '../../../../src/core/home/select.ts';
import { nextDueAt } from '../../../../src/core/home/update-time.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { articleHouse, runConnected, runHouse } from '../../../helpers/house/house-run.ts';

/** What every verdict must keep: exactly one per command, and the switch free for the next. */
function expectVerdict(run: ReturnType<typeof runHouse>, id: string, kind: string, evidence: string | null): void {
  expect(run.switchState(id).command).toBeNull();
  expect(run.verdict(id)).toMatchObject({ kind, evidence });
}

describe('with MQTT 5', () => {
  test('feedback after the acknowledgement confirms, with its milliseconds', () => {
    const run = runConnected('5');
    const command = run.request('pump', 'on');
    expect(command).toMatchObject({ topic: 'heating/pump', payload: 'on', expirySeconds: 5 });
    run.acknowledge(command.commandId);
    expect(run.verdict('pump')).toBeNull();
    run.pass(84);
    run.receive('heating/pump/done', 'on');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
    expect(run.verdict('pump')?.elapsedMs).toBe(84);
    expect(run.texts().at(-1)).toBe('Pump on: confirmed in 84 ms');
  });

  test('feedback before the acknowledgement waits for it: it may be the answer to somebody else', () => {
    const run = runConnected('5');
    const command = run.request('pump', 'on');
    run.receive('heating/pump/done', 'on');
    expect(run.verdict('pump')).toBeNull();
    run.acknowledge(command.commandId, 0x87);
    expectVerdict(run, 'pump', 'denied', 'refused');
    expect(run.state.denials[0]).toMatchObject({ access: 'publish', topic: 'heating/pump', evidence: 'refused' });
    expect(run.state.denials[0]?.remedy).toContain('topic write heating/pump');
    expect(mayWrite(run.state, 'pump')).toBe(false);
  });

  test('a refusal that is not about rights is told as such, and locks nothing', () => {
    const run = runConnected('5');
    run.publish('pump', 'on', 0x97);
    expectVerdict(run, 'pump', 'denied', 'refused');
    expect(run.verdict('pump')?.detail).toContain('quota exceeded');
    expect(run.verdict('pump')?.cure).not.toContain('topic write');
    expect(run.state.denials).toEqual([]);
    expect(mayWrite(run.state, 'pump')).toBeNull();
  });

  test('what the broker said that it does not take is not sent, with what to change there', () => {
    const run = runConnected('5');
    const { commandId } = run.request('pump', 'on');
    const why = 'the broker takes no message at QoS 1';
    const cure = 'Have the broker take QoS 1';
    run.dispatch({ type: 'command-not-sent', at: run.state.at, commandId, why, cure });
    expectVerdict(run, 'pump', 'not-sent', null);
    expect(run.verdict('pump')).toMatchObject({ detail: why, cure });
  });

  test('without an acknowledgement a denial is among the reasons: Moquette gives none for a refused publish', () => {
    const run = runConnected('5');
    run.request('pump', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.cure).toContain('the broker refuses without a word');
  });

  test('0x10 is the proof that nobody listens', () => {
    const run = runConnected('5');
    run.publish('fan', 'on', 0x10);
    expectVerdict(run, 'fan', 'nobody-listening', 'refused');
    expect(mayWrite(run.state, 'fan')).toBe(true);
  });

  test('silence ends as not confirmed and never as anything else', () => {
    const run = runConnected('5');
    run.publish('fan', 'on');
    run.pass(4_000);
    expect(run.verdict('fan')).toBeNull();
    run.pass(1_000);
    expectVerdict(run, 'fan', 'not-confirmed', null);
    expect(run.verdict('fan')?.detail).toBe(
      'the broker took it, no feedback came within 5 s; it may still be carried out',
    );
  });

  test('feedback that contradicts is told as such', () => {
    const run = runConnected('5');
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'off');
    expect(run.verdict('pump')).toBeNull();
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toBe('heating answered off instead');
    expect(run.switchState('pump').position).toBe('off');
  });

  test.each(['yes', 'open', '"on"', 'opening', '100', 'Ein!', 'constructor'])(
    'an answer that is neither on nor off is named, each time: %j',
    word => {
      const run = runConnected('5');
      for (const target of ['on', 'off'] as const) {
        run.publish('pump', target);
        run.receive('heating/pump/done', word);
        run.pass(5_000);
        expectVerdict(run, 'pump', 'not-confirmed', null);
        expect(run.verdict('pump')?.detail).toBe(
          `Pump answered ${word === '"on"' ? `'"on"'` : `"${word}"`}, which is neither on nor off`,
        );
        expect(run.verdict('pump')?.cure).toContain('house file: switches.pump.answers');
      }
    },
  );

  test('an answer that is unreadable in another way is told as such', () => {
    const run = runConnected('5');
    run.publish('pump', 'on');
    run.receive('heating/pump/done', '');
    run.pass(5_000);
    expect(run.verdict('pump')?.detail).toBe('Pump answered, and its feedback cannot be read: the payload is empty');
  });

  test('an unreadable answer in between is forgotten once a readable one comes', () => {
    const run = runConnected('5');
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'opening');
    run.receive('heating/pump/done', 'on');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
  });

  test('answers are read by the words of the house file, and commands are not', () => {
    const house = articleHouse();
    const { pump } = house.switches;
    if (pump === undefined) throw new Error('the house has no pump');
    const other = { ...pump, answers: { on: ['open'], off: ['closed'] }, path: 'state' };
    const run = runHouse({ ...house, switches: { ...house.switches, pump: other } });
    run.connect('3.1.1');
    run.publish('pump', 'on');
    run.receive('heating/pump', 'on');
    expect(run.switchState('pump').command?.echoedAt).not.toBeNull();
    run.receive('heating/pump/done', '{"state":"OPEN"}');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
  });

  test('no acknowledgement: the command is withdrawn so that it is never sent later', () => {
    const run = runConnected('5');
    const command = run.request('pump', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.effects).toContainEqual({ type: 'withdraw-command', commandId: command.commandId });
  });

  test('feedback without any acknowledgement confirms nothing', () => {
    const run = runConnected('5');
    run.request('pump', 'on');
    run.receive('heating/pump/done', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toContain('never acknowledged');
  });
});

describe('with MQTT 3.1.1', () => {
  test('the first denial cannot be proven and is not called one', () => {
    const run = runConnected('3.1.1');
    run.publish('pump', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.state.denials).toEqual([]);
    expect(mayWrite(run.state, 'pump')).toBeNull();
  });

  /** One command that is carried out, with the echo before the acknowledgement, as mosquitto does it. */
  function learnEcho(run: ReturnType<typeof runHouse>): void {
    run.connect('3.1.1');
    const first = run.request('pump', 'on');
    run.receive('heating/pump', 'on');
    run.acknowledge(first.commandId);
    run.receive('heating/pump/done', 'on');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
  }

  test('once the echo came before the acknowledgement, a missing echo is soon a denial', () => {
    const run = runHouse();
    learnEcho(run);
    run.publish('pump', 'off');
    expect(run.verdict('pump')).toBeNull();
    expect(nextDueAt(run.state)).toBe(run.state.at + 300);
    run.pass(300);
    expectVerdict(run, 'pump', 'denied', 'echo');
  });

  test('a device that answers shows that the echo, and not the command, was kept from us', () => {
    const run = runHouse();
    learnEcho(run);
    run.publish('pump', 'off');
    run.pass(40);
    run.receive('heating/pump/done', 'off');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
    run.publish('pump', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
  });

  test('a device that takes its time is given it before a missing echo counts', () => {
    const run = runConnected('3.1.1');
    const first = run.request('pump', 'on');
    run.receive('heating/pump', 'on');
    run.acknowledge(first.commandId);
    run.pass(800);
    run.receive('heating/pump/done', 'on');
    run.publish('pump', 'off');
    expect(nextDueAt(run.state)).toBe(run.state.at + 1_600);
  });

  test('an answer after the denial takes it back: it was not denied', () => {
    const run = runHouse();
    learnEcho(run);
    run.publish('pump', 'off');
    run.pass(300);
    expect(run.state.denials).toHaveLength(1);
    run.pass(700);
    run.receive('heating/pump/done', 'off');
    expect(run.verdict('pump')).toMatchObject({
      kind: 'not-confirmed',
      detail: 'answered late, 1 s after it was asked for',
    });
    expect(run.state.denials).toEqual([]);
    expect(mayWrite(run.state, 'pump')).toBeNull();
  });

  test('an echo that comes before its acknowledgement by chance does not make a broker quick', () => {
    const run = runConnected('3.1.1');
    const first = run.request('pump', 'on');
    run.acknowledge(first.commandId);
    run.receive('heating/pump', 'on');
    run.receive('heating/pump/done', 'on');
    const second = run.request('pump', 'off');
    run.receive('heating/pump', 'off');
    run.acknowledge(second.commandId);
    run.receive('heating/pump/done', 'off');
    run.publish('pump', 'on');
    run.pass(1_000);
    expect(run.verdict('pump')).toBeNull();
  });

  test('a relay that says its position again and again confirms nothing by it', () => {
    const run = runConnected('3.1.1');
    run.receive('heating/pump/done', 'on');
    run.pass(5_000);
    run.receive('heating/pump/done', 'on');
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'on');
    expect(run.verdict('pump')).toBeNull();
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toContain('says so unasked too');
    run.publish('pump', 'off');
    run.receive('heating/pump/done', 'off');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
  });

  test('with the ACL file a missing echo is a denial where the file denies it, and none where it does not', () => {
    const run = runConnected('3.1.1');
    const read = (lines: string): void =>
      run.dispatch({ type: 'acl-read', at: run.state.at, acl: parseAclFile(`user monitor\n${lines}\n`, 'acl') });
    read('topic read heating/#');
    run.publish('pump', 'on');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'denied', 'echo');
    learnEcho(run);
    read('topic readwrite heating/pump\ntopic read heating/#');
    run.publish('burner', 'on');
    run.pass(300);
    expectVerdict(run, 'burner', 'denied', 'echo');
    read('topic readwrite heating/#');
    run.publish('burner', 'on');
    run.pass(5_000);
    expectVerdict(run, 'burner', 'not-confirmed', null);
  });

  test('a broker that sends the echo after the acknowledgement is waited for', () => {
    const run = runConnected('3.1.1');
    const first = run.request('pump', 'on');
    run.acknowledge(first.commandId);
    run.receive('heating/pump', 'on');
    run.receive('heating/pump/done', 'on');
    expectVerdict(run, 'pump', 'confirmed', 'feedback');
    const second = run.request('pump', 'off');
    run.acknowledge(second.commandId);
    expect(run.verdict('pump')).toBeNull();
    run.pass(5_000);
    expectVerdict(run, 'pump', 'denied', 'echo');
  });

  test('after a reconnect nothing of that counts any more', () => {
    const run = runHouse();
    learnEcho(run);
    run.reconnect('3.1.1');
    run.publish('pump', 'off');
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
  });
});

describe('a connection that goes', () => {
  test('before anything: nothing is sent, now or later', () => {
    const run = runHouse();
    run.disconnect();
    run.dispatch({ type: 'switch-requested', at: run.state.at, switchId: 'pump', target: 'on' });
    expectVerdict(run, 'pump', 'not-sent', null);
    expect(run.verdict('pump')?.detail).toContain('connection refused; next try in 1 s');
    run.connect();
    expect(run.effects).toEqual([]);
  });

  const protocols = ['5', '3.1.1'] as const;
  const ends = ['lost', 'closed', 'not-authorized'] as const;
  const cases = protocols.flatMap(protocol => ends.map(end => [protocol, end] as const));

  test.each(cases)(
    'with MQTT %s, %s before the acknowledgement: not confirmed, and never sent again',
    (protocol, end) => {
      const run = runConnected(protocol);
      run.lose(run.request('pump', 'on').commandId, end);
      expectVerdict(run, 'pump', 'not-confirmed', null);
      for (let again = 0; again < 3; again += 1) run.reconnect(protocol);
      run.pass(60_000);
      expect(run.effects.filter(effect => effect.type === 'publish-command')).toHaveLength(1);
      expect(run.state.denials).toEqual([]);
      expect(mayWrite(run.state, 'pump')).toBeNull();
    },
  );

  test('closed without a word: both reasons are named, however often it happens', () => {
    const run = runConnected('3.1.1');
    for (let time = 0; time < 3; time += 1) {
      run.lose(run.request('pump', 'on').commandId);
      run.reconnect('3.1.1');
      expectVerdict(run, 'pump', 'not-confirmed', null);
      expect(run.verdict('pump')?.detail).toBe(
        'the connection was closed before the broker acknowledged it: the line was cut, or the broker closes on what it denies; it may still be carried out',
      );
    }
  });

  test('closed without a word where the ACL file denies it: probably denied, with the line to add', () => {
    const run = runConnected('3.1.1');
    const acl = parseAclFile('user monitor\ntopic read heating/#\n', 'acl');
    run.dispatch({ type: 'acl-read', at: run.state.at, acl });
    run.lose(run.request('pump', 'on').commandId);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toContain('probably denied, for acl does not allow it');
    expect(run.verdict('pump')?.cure).toContain('topic write heating/pump');
  });

  test('closed as not authorized: probably denied, and no proof of it', () => {
    const run = runConnected('5');
    run.lose(run.request('pump', 'on').commandId, 'not-authorized');
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toBe(
      'the broker closed the connection after it with not authorized (135): it probably denied it',
    );
  });

  test('closed after the echo: it was delivered, and the words do not call that a question', () => {
    const run = runConnected('3.1.1');
    const first = run.request('pump', 'on');
    run.receive('heating/pump', 'on');
    run.lose(first.commandId);
    expect(run.verdict('pump')?.detail).toBe(
      'the broker delivered it, then the link was lost: an answer could not be heard',
    );
  });

  test.each([
    ['5', 'the broker took it'],
    ['3.1.1', 'the broker acknowledged it'],
  ] as const)('with MQTT %s, after the acknowledgement: %s', (protocol, taken) => {
    const run = runConnected(protocol);
    run.publish('pump', 'on');
    run.disconnect();
    run.pass(5_000);
    expectVerdict(run, 'pump', 'not-confirmed', null);
    expect(run.verdict('pump')?.detail).toBe(
      `${taken}, then nothing could be heard for a while: its answer may have been missed; it may still be carried out`,
    );
  });

  test('carried out after the verdict, as by a broker that was frozen: told with its time', () => {
    const run = runConnected('5');
    run.request('pump', 'on');
    run.pass(5_000);
    expect(run.verdict('pump')?.detail).toBe(
      'the broker did not acknowledge it within 5 s; it may still be carried out',
    );
    run.disconnect();
    run.pass(6_000);
    run.connect('5');
    run.pass(1_000);
    run.receive('heating/pump/done', 'on');
    expect(run.texts().at(-1)).toBe('Pump on after all, 12 s after it was asked for');
  });
});

describe('fingers and others', () => {
  test('an impatient finger sends nothing twice', () => {
    const run = runConnected();
    run.request('pump', 'on');
    for (let press = 0; press < 5; press += 1) {
      run.dispatch({ type: 'switch-requested', at: run.state.at, switchId: 'pump', target: 'off' });
    }
    expect(run.effects).toHaveLength(1);
  });

  test('somebody else switched: news, and the own verdict is gone', () => {
    const run = runConnected();
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'on');
    run.pass(10_000);
    run.receive('heating/pump/done', 'off');
    expect(run.texts().at(-1)).toBe('Pump is off: switched by somebody else or at the device');
    expect(run.verdict('pump')).toBeNull();
    expect(run.switchState('pump').changedAt).toBe(run.state.at);
  });

  test('what a relay says first is called a report, for another client may have asked for it', () => {
    for (const protocol of ['5', '3.1.1'] as const) {
      const run = runConnected(protocol);
      if (protocol === '3.1.1') run.receive('heating/pump', 'on');
      run.receive('heating/pump/done', 'on');
      expect(run.texts().at(-1)).toBe('Pump reported on');
    }
  });

  test('an answer that comes late is told as late', () => {
    const run = runConnected();
    run.publish('pump', 'on');
    run.pass(7_000);
    run.receive('heating/pump/done', 'on');
    expect(run.verdict('pump')?.kind).toBe('not-confirmed');
    expect(run.texts().at(-1)).toBe('Pump on after all, 7 s after it was asked for');
  });

  test('one answer comes late once: what the relay then repeats is no further answer', () => {
    const run = runConnected();
    run.publish('pump', 'on');
    run.pass(7_000);
    run.receive('heating/pump/done', 'on');
    run.pass(5_000);
    run.receive('heating/pump/done', 'on');
    expect(run.texts().filter(text => text.includes('after all'))).toEqual([
      'Pump on after all, 7 s after it was asked for',
    ]);
    expect(run.verdict('pump')?.detail).toBe('answered late, 7 s after it was asked for');
    expect(run.switchState('pump').repeatsItself).toBe(true);
  });

  test('what a relay says unasked again and again is no late answer', () => {
    const run = runConnected('3.1.1');
    run.receive('heating/pump/done', 'on');
    run.pass(5_000);
    run.receive('heating/pump/done', 'on');
    run.publish('pump', 'on');
    run.pass(6_000);
    const { detail } = run.verdict('pump') ?? {};
    run.receive('heating/pump/done', 'on');
    expect(run.texts().filter(text => text.includes('after all'))).toEqual([]);
    expect(run.verdict('pump')).toMatchObject({ kind: 'not-confirmed', detail });
  });

  test('an answer after the time limit is late, also before the clock has ticked', () => {
    const run = runConnected();
    run.publish('pump', 'on');
    const deadlineAt = run.switchState('pump').command?.deadlineAt ?? 0;
    expect(nextDueAt(run.state)).toBe(deadlineAt);
    const payload = new TextEncoder().encode('on');
    run.dispatch({
      type: 'message-received',
      at: deadlineAt + 1,
      topic: 'heating/pump/done',
      payload,
      isRetained: false,
    });
    expect(run.verdict('pump')).toMatchObject({
      kind: 'not-confirmed',
      detail: 'answered late, 5 s after it was asked for',
    });
    expect(nextDueAt(run.state)).toBeNull();
  });

  test('retained feedback confirms nothing and is not live', () => {
    const run = runConnected();
    run.publish('pump', 'on');
    run.receive('heating/pump/done', 'on', { retained: true });
    expect(run.verdict('pump')).toBeNull();
    expect(run.switchState('pump')).toMatchObject({ position: 'on', isRetained: true });
  });

  test('a retained command is a danger with a cure', () => {
    const run = runConnected();
    run.receive('heating/burner', 'on', { retained: true });
    expect(run.switchState('burner').retainedCommand).toMatchObject({ payload: 'on' });
    expect(run.texts().at(-1)).toContain("mosquitto_pub -r -n -t 'heating/burner'");
    const said = run.texts().length;
    run.receive('heating/burner', '');
    expect(run.texts()).toHaveLength(said);
    run.receive('heating/burner', '', { retained: true });
    expect(run.switchState('burner').retainedCommand).toBeNull();
  });
});
