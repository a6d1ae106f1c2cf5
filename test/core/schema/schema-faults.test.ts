import * as v from 'valibot';
import { expect, it } from 'vitest';
import { siftBySchema } from '../../../src/core/schema/schema-faults.ts';

const schema = v.strictObject({
  ids: v.exactOptional(v.record(v.string(), v.array(v.string('a text'), 'a list'), 'an object of lists')),
  one: v.exactOptional(v.strictObject({ name: v.string('a text') }, 'an object')),
});

it('a list is one where the schema wants one, and none where it wants an object', () => {
  expect(siftBySchema(schema, { ids: { a: ['x', 'y'] } })).toEqual({ faults: [], rest: { ids: { a: ['x', 'y'] } } });
  expect(siftBySchema(schema, { one: ['x'] })).toMatchObject({
    faults: [{ path: ['one'], message: 'an object' }],
    rest: {},
  });
  expect(siftBySchema(schema, { ids: ['x'] })).toMatchObject({
    faults: [{ path: ['ids'], message: 'an object of lists' }],
  });
  expect(siftBySchema(schema, { ids: { a: { 0: 'x' } } })).toMatchObject({
    faults: [{ path: ['ids', 'a'] }],
    rest: { ids: {} },
  });
});

it('what is wrong in a list is left out, and named', () => {
  const { faults, rest } = siftBySchema(schema, { ids: { a: ['x', 1, 'y'] } });
  expect(faults).toMatchObject([{ path: ['ids', 'a', '1'], kind: 'wrong', message: 'a text', value: 1 }]);
  expect(rest).toEqual({ ids: { a: ['x', 'y'] } });
});
