import { constants, gunzipSync } from 'node:zlib'
import type { DropListFormat } from './formats/formats.ts'
import { isDate, isHeader } from './formats/line-formats.ts'

type DetectedFormat = {
  readonly format: DropListFormat
  /** The date in the file's name, `YYYY-MM-DD`, where there is one. */
  readonly dropDate?: string
}

/** The part of the file's head that is read. */
const HEAD_BYTES_MAX = 4_096

/** Inflated, the head may be a thousand times as long. No first line of a list is longer than this. */
const FIRST_LINE_CHARACTERS_MAX = 4_096

/** A name, with its escapes. */
const NAME_CHARACTERS_MAX = 1_000

/**
 * The format of a list, by its first line (plain or gzip), and by the file's name where the line is ambiguous; `undefined`
 * when neither shows it. `head` is the start of the file; a few hundred bytes are enough.
 */
export function detectFormat(fileName: string, head: Uint8Array): DetectedFormat | undefined {
  const line = firstLine(head)
  const format = formatOf(fileName, line)
  if (format === undefined) return undefined
  const dropDate = /\d{4}-\d{2}-\d{2}/.exec(fileName)?.[0]
  return dropDate !== undefined && isDate(dropDate) ? { format, dropDate } : { format }
}

function formatOf(fileName: string, line: string): DropListFormat | undefined {
  if (isHeader(line)) return 'ietf-csv'
  if (/domain-drop-list.*\.csv(?:\.gz)?$/i.test(fileName)) return 'ietf-csv'
  if (isName(line) && /\.txt(?:\.gz)?$/i.test(fileName)) return 'pl-text'
  return undefined
}

/** Without a regular expression that is open at both ends: that needs quadratic time to fail. */
function isName(line: string): boolean {
  const dot = line.indexOf('.')
  return dot > 0 && dot < line.length - 1 && line.length <= NAME_CHARACTERS_MAX && !/[\s,;:"]/.test(line)
}

function firstLine(head: Uint8Array): string {
  const text = new TextDecoder().decode(inflateHead(head.subarray(0, HEAD_BYTES_MAX)))
  const [line = ''] = text.slice(0, FIRST_LINE_CHARACTERS_MAX).split('\n', 1)
  return line.trim()
}

/** The head of a gzip file is incomplete: with `Z_SYNC_FLUSH` it is inflated as far as it goes. */
function inflateHead(head: Uint8Array): Uint8Array {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array(0)
  }
}
