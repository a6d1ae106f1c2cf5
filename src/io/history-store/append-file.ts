import { dirname } from 'node:path';
import { hasContent, readFrames } from '../../core/history/bytes/frame.ts';
import { type OpenDiskFile, syncFolder } from './disk-file.ts';

/** A file that frames are put behind each other in. One call at a time. */
export interface AppendFile {
  /** Resolves when the bytes are on the disk. When it rejects nothing is lost: the next call writes in the same place. */
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Whether its name is another file's by now: it is to be opened anew. */
  readonly isGone: () => Promise<boolean>;
  /** Gives back the room that was not used. */
  readonly close: () => Promise<void>;
}

/**
 * Room is made in such steps, bytes: what is written into room that is there costs the disk half of what a growing file
 * does, whose length goes through the journal of the file system each time.
 */
export const ROOM_BYTES = 65_536;

/** Opens the file and goes on behind its last whole frame. What a cut-off write left there is wiped out. */
export async function openAppendFile(path: string, openFile: OpenDiskFile, roomBytes: number): Promise<AppendFile> {
  const file = await openFile(path);
  try {
    const bytes = await file.read();
    // Of a new file the name, too, is to outlast a power cut.
    if (bytes.length === 0) await syncFolder(dirname(path));
    let { end } = readFrames(bytes);
    let room = bytes.length;
    if (hasContent(bytes, end)) await file.write(new Uint8Array(room - end), end);
    return {
      append: async added => {
        if (end + added.length > room && roomBytes > 0) {
          const zeros = new Uint8Array(Math.ceil((end + added.length - room) / roomBytes) * roomBytes);
          await file.write(zeros, room);
          room += zeros.length;
        }
        await file.write(added, end);
        await file.sync();
        end += added.length;
        room = Math.max(room, end);
      },
      isGone: file.isGone,
      close: async () => {
        try {
          if (room > end) await file.truncate(end);
        } finally {
          await file.close();
        }
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
