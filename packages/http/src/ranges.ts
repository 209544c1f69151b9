/** What a request for a file asks for, of its headers (RFC 9110 §13, §14). */
export type FileRequest = {
  readonly ifNoneMatch?: string | undefined
  readonly ifModifiedSince?: string | undefined
  readonly range?: string | undefined
  readonly ifRange?: string | undefined
}

export type FileVersion = {
  /** Strong, with its quotes. */
  readonly etag: string
  readonly modifiedAt: Date
  readonly bytes: number
}

/** The part of a file that is sent; both octets are included. */
export type FileAnswer =
  | { readonly kind: 'not_modified' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' }

/**
 * Decides what is sent. One range is served; several, or what is no range of bytes, are answered with the whole file, as RFC 9110 §14.2
 * allows. Conditions are taken in the order of RFC 9110 §13.2.2.
 */
export function decideFile(request: FileRequest, version: FileVersion): FileAnswer {
  if (isUnchanged(request, version)) return { kind: 'not_modified' }
  if (request.range === undefined || !isSameVersion(request.ifRange, version)) return { kind: 'whole' }
  return rangeOf(request.range, version.bytes)
}

/** If-Modified-Since counts only without If-None-Match (RFC 9110 §13.1.3). */
function isUnchanged({ ifNoneMatch, ifModifiedSince }: FileRequest, version: FileVersion): boolean {
  if (ifNoneMatch !== undefined)
    return ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).includes(version.etag)
  const since = ifModifiedSince === undefined ? Number.NaN : Date.parse(ifModifiedSince)
  return secondsOf(version.modifiedAt) <= Math.floor(since / 1_000)
}

/** Compared weakly (RFC 9110 §13.1.2): `W/"a"` is `"a"`. */
function tagsOf(header: string): readonly string[] {
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
}

/** If-Range compares strongly, or by the exact date (RFC 9110 §13.1.5). */
function isSameVersion(ifRange: string | undefined, { etag, modifiedAt }: FileVersion): boolean {
  if (ifRange === undefined) return true
  if (/^(?:W\/)?"/.test(ifRange)) return ifRange === etag
  return Date.parse(ifRange) === secondsOf(modifiedAt) * 1_000
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000)
}

/** More digits are more octets than any file has. */
const byteRange = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i

function rangeOf(header: string, bytes: number): FileAnswer {
  const [found, from, to, suffix] = byteRange.exec(header.replaceAll(/[ \t]/g, '')) ?? []
  if (found === undefined) return { kind: 'whole' }
  if (suffix !== undefined) return lastBytes(Number(suffix), bytes)
  const first = Number(from)
  const last = to === undefined || to === '' ? bytes - 1 : Number(to)
  // A range that ends before it begins is none (RFC 9110 §14.1.1).
  if (last < first && to !== '' && to !== undefined) return { kind: 'whole' }
  return first >= bytes ? { kind: 'unsatisfiable' } : { kind: 'part', first, last: Math.min(last, bytes - 1) }
}

function lastBytes(count: number, bytes: number): FileAnswer {
  if (count === 0 || bytes === 0) return { kind: 'unsatisfiable' }
  return { kind: 'part', first: Math.max(0, bytes - count), last: bytes - 1 }
}
