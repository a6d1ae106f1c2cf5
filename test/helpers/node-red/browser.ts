/** A browser on a dashboard, as far as its server sees one: Socket.IO (protocol 5) over Engine.IO 4 by polling. */
export interface DashboardBrowser {
  /** Sends an event, as a click does it. */
  readonly emit: (event: string, ...values: readonly unknown[]) => Promise<void>;
  /** All events that came, with their values. */
  readonly heard: readonly (readonly unknown[])[];
  readonly close: () => Promise<void>;
}

/** What separates packets in one answer. */
const SEPARATOR = '\u001e';

/** Opens the dashboard at `${url}${path}`: `/ui` is that of dashboard 1, `/dashboard` of dashboard 2. */
export async function openDashboard(url: string, path: string): Promise<DashboardBrowser> {
  const base = `${url}${path}/socket.io/?EIO=4&transport=polling`;
  const open = await (await fetch(base)).text();
  const { sid } = JSON.parse(open.slice(1)) as { readonly sid: string };
  const address = `${base}&sid=${sid}`;
  const post = async (packet: string): Promise<void> => {
    const answer = await fetch(address, { method: 'POST', body: packet, headers: { 'Content-Type': 'text/plain' } });
    if (!answer.ok) throw new Error(`the dashboard refused ${packet}: ${answer.status}`);
  };
  const heard: (readonly unknown[])[] = [];
  const stop = new AbortController();
  const poll = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const packets = (await (await fetch(address, { signal: stop.signal })).text()).split(SEPARATOR);
      for (const packet of packets) {
        if (packet === '2') await post('3');
        if (packet.startsWith('42')) heard.push(JSON.parse(packet.slice(2)) as readonly unknown[]);
      }
    }
  };
  await post('40');
  // Broken off by `close`.
  const polled = poll().catch(() => {});
  return {
    emit: (event, ...values) => post(`42${JSON.stringify([event, ...values])}`),
    heard,
    close: async () => {
      stop.abort();
      await polled;
    },
  };
}
