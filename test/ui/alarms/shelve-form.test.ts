import { describe, expect, it } from 'vitest';
import { editShelveForm, openShelveForm, type ShelveStep } from '../../../src/ui/alarms/shelve-form.ts';
import { keysOf } from '../../helpers/ui/keys.ts';

const HOUR = 3_600_000;

function typed(keys: string): ShelveStep {
  let step: ShelveStep = { form: openShelveForm('flow-high', 'Flow above 70 °C') };
  for (const key of keysOf(keys)) if (step.form !== null) step = editShelveForm(step.form, key);
  return step;
}

describe('shelving an alarm', () => {
  it('is for an hour where nobody says otherwise, with what was typed', () => {
    expect(typed('the sweep is here<enter>')).toEqual({
      form: null,
      shelve: { id: 'flow-high', forMs: HOUR, reason: 'the sweep is here' },
    });
  });

  it.each([
    ['<right>', 2 * HOUR],
    ['<up><up>', 4 * HOUR],
    ['<left>', HOUR / 2],
    ['<down><down>', HOUR / 4],
    ['<left><left><left><left>', HOUR / 4],
    ['<right><right><right><right><right><right><right><right>', 24 * HOUR],
  ])('is for as long as %s says, a quarter of an hour to a day', (keys, forMs) => {
    expect(typed(`x${keys}<enter>`).shelve).toEqual({ id: 'flow-high', forMs, reason: 'x' });
  });

  it('takes a reason, without the blanks around it', () => {
    const { form } = typed('  <enter>');
    expect(form?.fault).toBe('Say why: whoever looks next will want to know');
    expect(typed('  <enter>why <enter>').shelve?.reason).toBe('why');
    expect(typed('<enter>w').form?.fault).toBeNull();
  });

  it('takes letters that mean something elsewhere for text', () => {
    expect(typed('q').form?.reason).toBe('q');
    expect(typed('aASv<backspace>?').form?.reason).toBe('aAS?');
  });

  it('is given up with Esc', () => {
    expect(typed('why<escape>')).toEqual({ form: null, say: 'Flow above 70 °C is not shelved' });
  });

  it('has room for 80 characters, from the clipboard too', () => {
    const form = openShelveForm('flow-high', 'Flow above 70 °C');
    expect(editShelveForm(form, { type: 'paste', text: 'x'.repeat(100) }).form?.reason).toBe('x'.repeat(80));
  });
});
