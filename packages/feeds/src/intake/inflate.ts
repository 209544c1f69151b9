import { createGunzip, type Gunzip } from 'node:zlib'

/** Marks in the stream where the data is cut off: the gzip file ended early or is damaged. */
export const cut = Symbol('cut')

/** Marks in the stream where reading stopped: no drop list inflates to so much. */
export const beyondLimits = Symbol('beyond limits')

/** Drop lists inflate to about ten times their size. A file that inflates to more than this is an attack. */
export const INFLATE_RATIO_MAX = 100

/** A short list of similar rows may exceed the ratio up to this size. */
export const INFLATED_BYTES_FREE = 1_048_576

/** Five days of deletions in all TLDs are about 100 MB of text. Twenty times that is not a drop list. */
export const INFLATED_BYTES_MAX_DEFAULT = 2_147_483_648

/** Deflate expands up to 1,032 times, so a slice of 4 KiB becomes at most about 4 MiB in memory. */
const SLICE_BYTES = 4_096

/** The octets of a list; a mark ends them where the rest is missing or too much. */
export type Octets = AsyncIterable<Uint8Array | typeof cut | typeof beyondLimits>

/**
 * The bytes of a list, inflated when they start with gzip's magic number (RFC 1952 §2.3.1), otherwise unchanged. Bad data
 * never throws: what can be read is yielded, then `cut`. Of damaged data, or garbage after the end, the slice that holds it
 * may be lost. Where the data inflates to more than `bytesMax`, or to more than `INFLATE_RATIO_MAX` times what was read,
 * `beyondLimits` ends the stream. Errors of `source` are thrown.
 */
export async function* inflateIfGzip(
  source: Octets,
  bytesMax = INFLATED_BYTES_MAX_DEFAULT,
): AsyncGenerator<Uint8Array | typeof cut | typeof beyondLimits> {
  const chunks = source[Symbol.asyncIterator]()
  try {
    const { head, mark } = await readHead(chunks)
    const rest = withHead(head, mark, chunks)
    if (head[0] === 0x1f && head[1] === 0x8b) yield* inflate(rest, bytesMax)
    else yield* rest
  } finally {
    await chunks.return?.()
  }
}

type Mark = typeof cut | typeof beyondLimits
type Chunks = AsyncIterator<Uint8Array | Mark>

/** The first chunks, up to the two bytes that distinguish gzip from text, and the mark that ended them before. */
async function readHead(chunks: Chunks): Promise<{ readonly head: Uint8Array; readonly mark?: Mark }> {
  let head = new Uint8Array(0)
  while (head.length < 2) {
    const next = await chunks.next()
    if (next.done === true) break
    if (typeof next.value === 'symbol') return { head, mark: next.value }
    head = Buffer.concat([head, next.value])
  }
  return { head }
}

async function* withHead(
  head: Uint8Array,
  mark: Mark | undefined,
  chunks: Chunks,
): AsyncGenerator<Uint8Array | Mark> {
  if (head.length > 0) yield head
  if (mark !== undefined) return yield mark
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
}

/**
 * Not `for await (… of gunzip)`: on an error a stream drops its buffer, and with it rows before the damage. Here the output
 * of each slice is collected at once.
 */
async function* inflate(
  source: Octets,
  bytesMax: number,
): AsyncGenerator<Uint8Array | typeof cut | typeof beyondLimits> {
  const gunzip = createGunzip()
  const output: Uint8Array[] = []
  let [read, inflated] = [0, 0]
  gunzip.on('data', (data: Uint8Array) => {
    output.push(data)
    inflated += data.length
  })
  const isTooMuch = () =>
    inflated > bytesMax || inflated > Math.max(INFLATED_BYTES_FREE, read * INFLATE_RATIO_MAX)
  let result: FeedResult = 'accepted'
  try {
    for await (const chunk of source) {
      if (typeof chunk === 'symbol') return yield chunk
      // Padding is read to its end too, because the source is hashed as it is read.
      for (let from = 0; from < chunk.length && result === 'accepted'; from += SLICE_BYTES) {
        const slice = chunk.subarray(from, from + SLICE_BYTES)
        read += slice.length
        result = await feed(gunzip, slice)
        if (isTooMuch()) return yield beyondLimits
        yield* output.splice(0)
      }
      if (result === 'broken') break
    }
    if (result === 'accepted') result = await feed(gunzip, undefined)
    if (isTooMuch()) return yield beyondLimits
    yield* output.splice(0)
    if (result === 'broken') yield cut
  } finally {
    gunzip.destroy()
  }
}

type FeedResult = 'accepted' | 'ended' | 'broken'

/**
 * Writes a slice, or ends the stream. `ended`: the last member is complete; zlib ignores what follows (a tape's padding of
 * zeros) and never calls back.
 */
function feed(gunzip: Gunzip, slice: Uint8Array | undefined): Promise<FeedResult> {
  return new Promise((resolve) => {
    const finish = (result: FeedResult) => {
      gunzip.off('end', onEnd).off('error', onError)
      // A late error of a finished stream must not crash the process.
      gunzip.on('error', ignore)
      resolve(result)
    }
    const onEnd = () => finish('ended')
    const onError = () => finish('broken')
    gunzip.off('error', ignore).on('end', onEnd).on('error', onError)
    if (slice === undefined) gunzip.end()
    else gunzip.write(slice, (error) => finish(error ? 'broken' : 'accepted'))
  })
}

function ignore(): void {}
