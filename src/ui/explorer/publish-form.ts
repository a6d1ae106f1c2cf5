import { cleanText } from '../../core/clean-text.ts';
import type { TopicMessage } from '../../core/explorer/publish-verdict.ts';
import { tailText } from '../../core/fit-text.ts';
import { topicNameFault } from '../../core/mqtt/topic.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { keyHints } from '../keys/key-hints.ts';
import { frameLines } from '../panels/frame-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';

/** A message that is being written. */
export interface PublishForm extends TopicMessage {
  readonly field: Field;
  /** Payloads to begin with: the last one, the house's words for this topic, what was published before. */
  readonly templates: readonly string[];
  /** Which of them was last taken; -1 for none. */
  readonly template: number;
}

type Field = 'topic' | 'payload' | 'qos' | 'retain';

const FIELDS: readonly Field[] = ['topic', 'payload', 'qos', 'retain'];
/** Longer ones are sent by programs. */
const LONGEST = 10_000;

/** A form for a topic; it begins with the first of the payloads. */
export function openForm(topic: string, templates: readonly string[]): PublishForm {
  const payload = templates[0] ?? '';
  return {
    topic,
    payload,
    qos: 1,
    retain: false,
    field: 'payload',
    templates,
    template: templates.length === 0 ? -1 : 0,
  };
}

/** What a key makes of a form: another one, none where it is given up, a message to be asked about, or a complaint. */
export interface FormStep {
  readonly form: PublishForm | null;
  readonly message?: TopicMessage;
  readonly say?: string;
}

/** What a key does while a message is written. */
export function editForm(form: PublishForm, key: KeyEvent): FormStep {
  const { field } = form;
  if (key.type === 'paste') return typed(form, textIn(form) + (field === 'topic' ? key.text.trim() : key.text));
  if (key.name === 'character') {
    if (key.ctrl) return key.character === 'u' ? typed(form, '') : { form };
    return key.alt ? { form } : character(form, key.character);
  }
  switch (key.name) {
    case 'escape':
      return { form: null, say: 'Nothing was published' };
    case 'enter':
      return submit(form);
    case 'tab':
      return { form: step(form, key.shift ? -1 : 1) };
    case 'down':
      return { form: step(form, 1) };
    case 'up':
      return { form: step(form, -1) };
    case 'pageDown':
      return { form: takeTemplate(form, 1) };
    case 'pageUp':
      return { form: takeTemplate(form, -1) };
    case 'left':
    case 'right':
      return field === 'qos' || field === 'retain' ? character(form, ' ') : { form };
    case 'backspace':
      return typed(form, [...textIn(form)].slice(0, -1).join(''));
    default:
      return { form };
  }
}

const textIn = ({ field, topic, payload }: PublishForm): string => (field === 'topic' ? topic : payload);

function step(form: PublishForm, by: 1 | -1): PublishForm {
  const place = (FIELDS.indexOf(form.field) + by + FIELDS.length) % FIELDS.length;
  return { ...form, field: FIELDS[place] ?? 'payload' };
}

function takeTemplate(form: PublishForm, by: 1 | -1): PublishForm {
  const { templates } = form;
  if (templates.length === 0) return form;
  const template = (form.template + by + templates.length) % templates.length;
  return { ...form, template, payload: templates[template] ?? '', field: 'payload' };
}

function character(form: PublishForm, sign: string): FormStep {
  if (form.field === 'retain') return { form: { ...form, retain: sign === ' ' ? !form.retain : form.retain } };
  if (form.field !== 'qos') return typed(form, textIn(form) + sign);
  const next = sign === ' ' ? (form.qos + 1) % 3 : Number(sign);
  return { form: next === 0 || next === 1 || next === 2 ? { ...form, qos: next } : form };
}

function typed(form: PublishForm, text: string): FormStep {
  if (form.field === 'qos' || form.field === 'retain' || text.length > LONGEST) return { form };
  return { form: { ...form, [form.field]: text } };
}

function submit(form: PublishForm): FormStep {
  const { topic, payload, qos, retain } = form;
  const fault = topicNameFault(topic);
  if (fault !== null) return { form: { ...form, field: 'topic' }, say: `This is no topic: ${fault}` };
  return { form, message: { topic, payload, qos, retain } };
}

const QOS = ['0, at most once', '1, at least once', '2, exactly once'] as const;

/** The form in the place of the tree. */
export function formLines(view: HouseView, form: PublishForm, size: Size): Lines {
  const others = form.templates.length;
  const line = (field: Field, name: string, text: string): Line => [
    span(form.field === field ? view.glyphs.symbols.selected : ' ', 'focus'),
    span(` ${name.padEnd(9)}`, 'label'),
    // What is typed last is what one wants to see.
    span(tailText(text, Math.max(1, size.columns - 20)), form.field === field ? 'input' : 'value'),
    span(form.field === field ? ' ' : '', 'focus'),
  ];
  const lines: Lines = [
    [],
    line('topic', 'Topic', cleanText(form.topic, LONGEST)),
    line('payload', 'Payload', cleanText(form.payload, LONGEST)),
    line('qos', 'QoS', QOS[form.qos]),
    line('retain', 'Retain', form.retain ? 'yes: the broker keeps it for whoever comes' : 'no'),
    [],
    [span(others > 1 ? `  PgDn PgUp: ${form.template + 1} of ${others} payloads to begin with` : '', 'muted')],
  ];
  return frameLines(view, { text: 'Publish', remark: '' }, lines, { width: size.columns, rows: size.rows });
}

/** The keys while a message is written. */
export function formKeys({ glyphs }: HouseView, width: number): Line {
  const keys = [
    ['Enter', 'publish'],
    ['Tab', 'next'],
    ['Esc', 'leave it'],
  ] as const;
  return fitLine(keyHints(keys, glyphs), width);
}
