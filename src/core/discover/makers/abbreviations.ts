import { type Fields, fieldsOf } from '../document.ts';
import { lookUp } from '../look-up.ts';

/** The short names of Home Assistant's discovery that mean something here, and what they stand for. */
const NAMES: Readonly<Record<string, string>> = {
  avty: 'availability',
  avty_mode: 'availability_mode',
  avty_t: 'availability_topic',
  avty_tpl: 'availability_template',
  cmd_t: 'command_topic',
  cmd_tpl: 'command_template',
  cmps: 'components',
  dev: 'device',
  dev_cla: 'device_class',
  ent_cat: 'entity_category',
  evt_typ: 'event_types',
  exp_aft: 'expire_after',
  o: 'origin',
  obj_id: 'object_id',
  off_dly: 'off_delay',
  ops: 'options',
  opt: 'optimistic',
  p: 'platform',
  pl: 'payload',
  pl_avail: 'payload_available',
  pl_cls: 'payload_close',
  pl_lock: 'payload_lock',
  pl_not_avail: 'payload_not_available',
  pl_off: 'payload_off',
  pl_on: 'payload_on',
  pl_open: 'payload_open',
  pl_prs: 'payload_press',
  pl_unlk: 'payload_unlock',
  stat_cla: 'state_class',
  stat_closed: 'state_closed',
  stat_locked: 'state_locked',
  stat_off: 'state_off',
  stat_on: 'state_on',
  stat_open: 'state_open',
  stat_t: 'state_topic',
  stat_tpl: 'state_template',
  stat_unlocked: 'state_unlocked',
  stat_val_tpl: 'state_value_template',
  sug_dsp_prc: 'suggested_display_precision',
  t: 'topic',
  tpl: 'value_template',
  uniq_id: 'unique_id',
  unit_of_meas: 'unit_of_measurement',
  val_tpl: 'value_template',
};
const DEVICE_NAMES: Readonly<Record<string, string>> = { ids: 'identifiers', mf: 'manufacturer', mdl: 'model' };

/** A discovery document with each short name written out, and `~` replaced in all that ends in `topic`. */
export function writeOut(document: Fields): Fields {
  const base = typeof document['~'] === 'string' ? document['~'] : '';
  return expand(document, base);
}

function expand(fields: Fields, base: string): Fields {
  const entries = Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
    const name = lookUp(NAMES, key) ?? key;
    if (key === '~') return [];
    if (name === 'device') return [[name, named(value, DEVICE_NAMES)]];
    if (name === 'availability' && Array.isArray(value))
      return [[name, value.map(one => expand(fieldsOf(one) ?? {}, base))]];
    if (name === 'components') return [[name, components(value, base)]];
    return [[name, name.endsWith('topic') && typeof value === 'string' ? insertBase(value, base) : value]];
  });
  return Object.fromEntries(entries);
}

/** A component may have a base of its own. */
function components(value: unknown, base: string): Fields {
  return Object.fromEntries(
    Object.entries(fieldsOf(value) ?? {}).map(([key, one]) => {
      const fields = fieldsOf(one) ?? {};
      return [key, expand(fields, typeof fields['~'] === 'string' ? fields['~'] : base)];
    }),
  );
}

function named(value: unknown, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(
    Object.entries(fieldsOf(value) ?? {}).map(([key, one]) => [lookUp(names, key) ?? key, one]),
  );
}

function insertBase(topic: string, base: string): string {
  if (topic.startsWith('~')) return base + topic.slice(1);
  return topic.endsWith('~') ? topic.slice(0, -1) + base : topic;
}
