import { createGunzip, type Gunzip } from 'node:zlib'

/** Stands in the stream where the data broke off: a gzip file ended early or its contents are damaged. */
export const cut = Symbol('cut')

/** Stands in the stream where it was given up: no drop list inflates to so much. */
export const beyondLimits = Symbol('beyond limits')

/** Drop lists inflate to about ten times their size. What inflates to more than this is made to harm. */
export const inflateRatioMax = 100

/** A short list whose rows are nearly alike may pass the ratio. Bytes. */
const inflatedBytesFree = 1_048_576

/** All deletions of five days in all TLDs are some 100 MB as text; twenty times that is no drop list. Bytes. */
const inflatedBytesMaxDefault = 2_147_483_648

/** Deflate expands up to 1,032 times, so a slice of 4 KiB never becomes more than about 4 MiB in memory. */
const sliceBytes = 4_096

/**
 * The bytes of a list, inflated when they start with gzip's magic number (RFC 1952 §2.3.1), else as they are. Bad data
 * never throws: what could be read is yielded, then `cut`. Of a file that ends early that is all there was; of damaged
 * data, or garbage after the end, the slice it is in may be lost. Where it inflates to more than `bytesMax`, or to more than
 * `inflateRatioMax` times what was read, `beyondLimits` ends the stream. Errors of `source` itself pass through.
 */
export async function* inflateIfGzip(
  source: AsyncIterable<Uint8Array>,
  bytesMax = inflatedBytesMaxDefault,
): AsyncGenerator<Uint8Array | typeof cut | typeof beyondLimits> {
  const chunks = source[Symbol.asyncIterator]()
  try {
    const head = await readHead(chunks)
    const rest = withHead(head, chunks)
    if (head[0] === 0x1f && head[1] === 0x8b) yield* inflate(rest, bytesMax)
    else yield* rest
  } finally {
    await chunks.return?.()
  }
}

/** The first chunks, until they hold the two bytes that tell gzip from text. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0)
  while (head.length < 2) {
    const next = await chunks.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* withHead(head: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
}

/**
 * Not `for await (… of gunzip)`: on an error a stream drops what it has buffered, and the rows before the break are worth
 * keeping. Here each slice's output is collected as it is made.
 */
async function* inflate(
  source: AsyncIterable<Uint8Array>,
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
    inflated > bytesMax || inflated > Math.max(inflatedBytesFree, read * inflateRatioMax)
  let fate: Fate = 'taken'
  try {
    for await (const chunk of source) {
      // Padding is read to its end too: whoever hashes the source has to see all of it.
      for (let from = 0; from < chunk.length && fate === 'taken'; from += sliceBytes) {
        const slice = chunk.subarray(from, from + sliceBytes)
        read += slice.length
        fate = await feed(gunzip, slice)
        if (isTooMuch()) return yield beyondLimits
        yield* output.splice(0)
      }
      if (fate === 'broken') break
    }
    if (fate === 'taken') fate = await feed(gunzip, undefined)
    if (isTooMuch()) return yield beyondLimits
    yield* output.splice(0)
    if (fate === 'broken') yield cut
  } finally {
    gunzip.destroy()
  }
}

type Fate = 'taken' | 'ended' | 'broken'

/**
 * Writes a slice, or ends the stream, and tells what came of it. `ended`: the last member is complete, and zlib
 * takes nothing after it (a tape's padding of zeros) and never calls back.
 */
function feed(gunzip: Gunzip, slice: Uint8Array | undefined): Promise<Fate> {
  return new Promise((resolve) => {
    const settle = (fate: Fate) => {
      gunzip.off('end', onEnd).off('error', onError)
      // A late error of a stream that is already done with must not crash the process.
      gunzip.on('error', ignore)
      resolve(fate)
    }
    const onEnd = () => settle('ended')
    const onError = () => settle('broken')
    gunzip.off('error', ignore).on('end', onEnd).on('error', onError)
    if (slice === undefined) gunzip.end()
    else gunzip.write(slice, (error) => settle(error ? 'broken' : 'taken'))
  })
}

function ignore(): void {}
