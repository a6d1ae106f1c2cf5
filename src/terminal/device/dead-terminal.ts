import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * Notes which of the standard streams are terminals. The function that it gives closes those that have hung up since:
 * to be called right before the process exits, for Node.js then sets back the modes of its standard streams, and aborts
 * (134) where it cannot.
 */
export function watchStandardStreams(descriptors: readonly number[] = [0, 1, 2]): () => void {
  const terminals = descriptors.filter(fd => isatty(fd));
  return () => {
    for (const fd of terminals) if (!isatty(fd)) close(fd);
  };
}

function close(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // It is closed already.
  }
}
