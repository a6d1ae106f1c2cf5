import { expect, it } from 'vitest';
import { systemClock } from '../../../src/io/clock.ts';
import { postJson } from '../../../src/io/notices/http-post.ts';
import { closeAfterEach } from '../../helpers/close-after-each.ts';
import { answer, type Behave, hangUp, stall, startHttpServer } from '../../helpers/notices/http-server.ts';

const keep = closeAfterEach();

async function post(behave: Behave, limitMs = 5_000) {
  const server = keep(await startHttpServer(behave));
  const headers = { 'Idempotency-Key': 'x-1' };
  const outcome = await postJson({ url: `${server.url}/hook`, headers, body: '{"a":1}', limitMs }, systemClock());
  return { outcome, requests: server.requests };
}

it('posts JSON once', async () => {
  const { outcome, requests } = await post(answer(202, 'fine'));
  expect(outcome).toEqual({ isDelivered: true, answer: 'HTTP 202' });
  expect(requests).toMatchObject([
    {
      ...{ method: 'POST', url: '/hook', body: '{"a":1}' },
      headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': 'x-1' },
    },
  ]);
});

it.each([
  ['an error of the server', answer(500, 'no\n\u001b[31m room'), /^it answered HTTP 500: no \ufffd\[31m room$/, true],
  ['an error of ours', answer(403), /^it answered HTTP 403$/, false],
  ['a redirect', answer(302), /^it answered HTTP 302, a redirect, which is not followed$/, false],
  ['a closed connection', hangUp, /^it closed the connection$/, true],
  ['silence', stall, /^it did not answer within 0\.2 s$/, true],
  [
    'an endless answer',
    (response: Parameters<Behave>[0]) => void response.writeHead(500).end('x'.repeat(1e6)),
    /^it answered HTTP 500: x{119}…$/,
    true,
  ],
] as const)('%s is told, with whether it may have been done', async (_, behave, why, mayBeDone) => {
  const { outcome, requests } = await post(behave, 200);
  expect(outcome).toEqual({ isDelivered: false, why: expect.stringMatching(why), mayBeDone });
  expect(requests).toHaveLength(1);
});

it('where nothing listens nothing was done', async () => {
  const server = await startHttpServer(stall);
  await server.close();
  const outcome = await postJson({ url: server.url, headers: {}, body: '{}', limitMs: 5_000 }, systemClock());
  expect(outcome).toEqual({ isDelivered: false, why: 'nothing listens there', mayBeDone: false });
});
