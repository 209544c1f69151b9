import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { detectInText, HEAD_BYTES_MAX, inflateHead } from './detect-format.ts'
import type { DropListFormat } from './formats/formats.ts'
import { ArchiveRefused, isZip, openArchive } from './intake/archive.ts'
import { cut, type Octets } from './intake/inflate.ts'
import { excerpt } from './intake/lines.ts'
import { decodeHead, notText } from './intake/text.ts'

/** What came in place of a list, and its first line. */
export type NoList = {
  readonly kind: 'no_list'
  readonly code: 'not_a_list' | 'not_text' | 'archive_not_readable'
  readonly reason: string
  readonly excerpt: string
}

export type Inspected = {
  readonly kind: 'list'
  readonly format: DropListFormat
  /** The date in the file's name, `YYYY-MM-DD`, where there is one. */
  readonly dropDate?: string
}

/** A list in a file, with its octets: those of the one file of an archive. */
type InspectedFile =
  | NoList
  | (Inspected & { readonly isArchive: boolean; readonly octets: (bytesMax?: number) => Octets })

/** Archives and documents that are not read, by how they start. */
const otherFiles: readonly (readonly [start: string, what: string])[] = [
  ['377abcaf271c', 'a 7z archive'],
  ['526172211a07', 'a RAR archive'],
  ['425a68', 'compressed with bzip2'],
  ['fd377a585a00', 'compressed with xz'],
  ['28b52ffd', 'compressed with Zstandard'],
  ['255044462d', 'a PDF document'],
]

/**
 * What a file is, by its start and its name; a few thousand octets are enough. `declared` is the format that its source is said to
 * have: it decides between formats, and does not turn a page of HTML into a list. Zip archives need the whole file: see `inspectFile`.
 */
export function inspectHead(
  fileName: string,
  head: Uint8Array,
  declared?: DropListFormat,
): NoList | Inspected {
  const start = inflateHead(head.subarray(0, HEAD_BYTES_MAX)).subarray(0, HEAD_BYTES_MAX)
  const text = decodeHead(start)
  const none = (code: NoList['code'], reason: string): NoList => {
    return { kind: 'no_list', code, reason, excerpt: excerpt(firstLine(text)) }
  }
  const other = otherFile(start)
  if (other !== undefined) return none('archive_not_readable', `The file is ${other}.`)
  const fault = notText(start)
  if (fault !== undefined) return none('not_text', fault)
  if (start.length === 0 && head.length > 0 && declared === undefined)
    return none('archive_not_readable', 'The gzip file is damaged, or empty.')
  if (head.length === 0) return none('not_a_list', 'The file is empty.')
  if (/^\s*</.test(text)) return none('not_a_list', 'The file is a page of HTML or XML.')
  const detected = detectInText(fileName, text)
  const format = declared ?? detected?.format
  if (format === undefined) return none('not_a_list', `${fileName} is no list of a known format.`)
  return { kind: 'list', format, ...(detected?.dropDate !== undefined && { dropDate: detected.dropDate }) }
}

/** The same for a file, also an archive, whose list is then the one that counts. Throws what reading the file throws. */
export async function inspectFile(
  path: string,
  fileName: string,
  declared?: DropListFormat,
): Promise<InspectedFile> {
  const head = await readHead(path)
  if (!isZip(head)) {
    const inspected = inspectHead(fileName, head, declared)
    return inspected.kind === 'list'
      ? { ...inspected, isArchive: false, octets: () => createReadStream(path) }
      : inspected
  }
  try {
    const archived = await openArchive(path)
    const inspected = inspectHead(archived.name, await headOf(archived.octets()), declared)
    if (inspected.kind === 'no_list') return inspected
    // The archive was closed when its head had been read.
    return {
      ...dateOf(fileName),
      ...inspected,
      isArchive: true,
      octets: (bytesMax) => octetsOf(path, bytesMax),
    }
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error
    return { kind: 'no_list', code: 'archive_not_readable', reason: error.message, excerpt: '' }
  }
}

/** An archive is dated as well as its file. */
function dateOf(fileName: string): { readonly dropDate?: string } {
  const dropDate = detectInText(fileName, 'TLD,DOMAIN,PURGED')?.dropDate
  return dropDate === undefined ? {} : { dropDate }
}

async function* octetsOf(path: string, bytesMax: number | undefined): Octets {
  yield* (await openArchive(path)).octets(bytesMax)
}

async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const head = Buffer.alloc(HEAD_BYTES_MAX)
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES_MAX, 0)
  return head.subarray(0, bytesRead)
}

/** Throws `ArchiveRefused` where not even the first octets can be inflated. */
async function headOf(octets: Octets): Promise<Uint8Array> {
  const read: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of octets) {
    if (chunk === cut && bytes === 0) throw new ArchiveRefused('The file in the archive is damaged.')
    if (typeof chunk === 'symbol') break
    read.push(chunk)
    bytes += chunk.length
    if (bytes >= HEAD_BYTES_MAX) break
  }
  return Buffer.concat(read).subarray(0, HEAD_BYTES_MAX)
}

function otherFile(start: Uint8Array): string | undefined {
  const hex = Buffer.from(start.subarray(0, 8)).toString('hex')
  if (isZip(start)) return 'an archive within an archive'
  return otherFiles.find(([magic]) => hex.startsWith(magic))?.[1]
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trim() ?? ''
}
