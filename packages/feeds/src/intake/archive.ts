import { type Entry, openPromise, type ZipFile } from 'yauzl'
import {
  beyondLimits,
  cut,
  INFLATE_RATIO_MAX,
  INFLATED_BYTES_FREE,
  INFLATED_BYTES_MAX_DEFAULT,
} from './inflate.ts'

/** Lists come alone in their archive, perhaps in a folder. Beyond this many entries nobody looks for one. */
const ENTRIES_MAX = 100

/** The one file of a zip archive. */
export type ArchivedList = {
  readonly name: string
  /** As `inflateIfGzip`: `cut` where the data is damaged, `beyondLimits` where there is too much of it. Can be read once. */
  readonly octets: (bytesMax?: number) => AsyncGenerator<Uint8Array | typeof cut | typeof beyondLimits>
}

/** Why an archive is not read, as people read it. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
}

/** Whether a file starts as zip archives do: with an entry, or with the end of an empty directory. */
export function isZip(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head
  if (first !== 0x50 || second !== 0x4b) return false
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6)
}

/**
 * Opens the only file of a zip archive, by the directory at the archive's end. Throws `ArchiveRefused`: where that is missing (a
 * truncated download) or damaged, and where the archive has no file or several, an encrypted one, or one that is compressed in another
 * way than by deflate.
 */
export async function openArchive(path: string): Promise<ArchivedList> {
  const zip = await open(path)
  try {
    const entry = await onlyFile(zip)
    if (entry.isEncrypted()) throw new ArchiveRefused('The archive is encrypted.')
    if (!entry.canDecodeFileData())
      throw new ArchiveRefused(
        `The archive uses a compression that is not read (method ${entry.compressionMethod}).`,
      )
    return {
      name: entry.fileName.replace(/^.*\//, ''),
      octets: (bytesMax) => readEntry(zip, entry, bytesMax),
    }
  } catch (error) {
    zip.close()
    throw error instanceof ArchiveRefused ? error : refused(error)
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    // Closed when it has been read: more than the directory is read later.
    return await openPromise(path, { lazyEntries: true, autoClose: false })
  } catch (error) {
    throw refused(error)
  }
}

function refused(cause: unknown): ArchiveRefused {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ArchiveRefused(`The archive cannot be read: ${why}.`, { cause })
}

async function onlyFile(zip: ZipFile): Promise<Entry> {
  if (zip.entryCount > ENTRIES_MAX) throw new ArchiveRefused(`The archive has ${zip.entryCount} entries.`)
  const files: Entry[] = []
  for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) files.push(entry)
  const [first, ...others] = files
  if (first === undefined) throw new ArchiveRefused('The archive has no file.')
  if (others.length > 0)
    throw new ArchiveRefused(`The archive has ${files.length} files, where one list is expected.`)
  return first
}

/** The directory says how large the file is inflated; that is not believed. */
async function* readEntry(
  zip: ZipFile,
  entry: Entry,
  bytesMax = INFLATED_BYTES_MAX_DEFAULT,
): AsyncGenerator<Uint8Array | typeof cut | typeof beyondLimits> {
  const allowed = Math.min(bytesMax, Math.max(INFLATED_BYTES_FREE, entry.compressedSize * INFLATE_RATIO_MAX))
  let inflated = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      inflated += chunk.length
      if (inflated > allowed) return yield beyondLimits
      yield chunk
    }
  } catch {
    yield cut
  } finally {
    zip.close()
  }
}
