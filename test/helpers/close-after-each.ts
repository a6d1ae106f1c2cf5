import { afterEach } from 'vitest';

/** Gives what takes a thing that a test opened, and closes it when the test is over; the last one is closed first. */
export function closeAfterEach(): <Opened extends { close(): unknown }>(opened: Opened) => Opened {
  const all: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of all.splice(0).reverse()) await one.close();
  });
  return opened => {
    all.push(opened);
    return opened;
  };
}
