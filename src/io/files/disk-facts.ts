import { statfsSync } from 'node:fs';

/** What is known of the disk that a folder is on. */
export interface DiskFacts {
  /** What our user may still write, bytes. */
  readonly freeBytes: number;
  /** The kind of a disk of another machine, `NFS`; `null` for one of this machine. */
  readonly network: string | null;
}

/** Numbers of the file systems that are on another machine (statfs(2), Linux). */
const NETWORKS: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB2',
  1702057286: 'FUSE',
  16914839: '9P',
  1397113167: 'AFS',
  12805120: 'Ceph',
};

/** statfs(2). */
type StatFs = (folder: string) => { readonly bavail: number; readonly bsize: number; readonly type: number };

/** Looks at the disk of a folder, as the system does unless told otherwise; `null` where it does not tell. */
export function readDiskFacts(folder: string, statfs: StatFs = statfsSync): DiskFacts | null {
  try {
    const { bavail, bsize, type } = statfs(folder);
    return { freeBytes: bavail * bsize, network: NETWORKS[type >>> 0] ?? null };
  } catch {
    return null;
  }
}
