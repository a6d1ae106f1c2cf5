import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Deflate } from '../../core/history/block.ts';

/** Two hours of a series that says something each millisecond, bytes: what claims to be more is no block of ours. */
const LONGEST_BLOCK = 64 * 1_048_576;

/** As zlib does it. */
export const zlibDeflate: Deflate = {
  deflate: bytes => deflateRawSync(bytes, { level: 9, strategy: constants.Z_FILTERED }),
  inflate: bytes => inflateRawSync(bytes, { maxOutputLength: LONGEST_BLOCK }),
};
