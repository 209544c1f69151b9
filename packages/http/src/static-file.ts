import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'

type Bytes = Uint8Array<ArrayBuffer>

/** A file as it is sent, read and compressed once: every client gets the same bytes from the same memory. */
export type StaticFile = {
  readonly mediaType: string
  readonly plain: Bytes
  /** Best first. */
  readonly packed: readonly { readonly encoding: 'br' | 'gzip'; readonly bytes: Bytes }[]
}

/** Compressing smaller files gains nothing. */
const PACKED_BYTES_MIN = 1_024

/** The size of a piece. The progress of a slow client is measured in pieces. */
const PIECE_BYTES = 65_536

/** Close to the best, at a tenth of its time: a megabyte takes some 100 ms. */
const BROTLI_QUALITY = 6

const isText = /^text\/|^image\/svg|json|javascript/

/** Makes a file of bytes that do not change. */
export async function prepareFile(content: Uint8Array | string, mediaType: string): Promise<StaticFile> {
  const plain = Uint8Array.from(typeof content === 'string' ? Buffer.from(content) : content)
  if (plain.length < PACKED_BYTES_MIN || !isText.test(mediaType)) return { mediaType, plain, packed: [] }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
    promisify(gzip)(plain),
  ])
  return {
    mediaType,
    plain,
    packed: [
      { encoding: 'br', bytes: Uint8Array.from(br) },
      { encoding: 'gzip', bytes: Uint8Array.from(gz) },
    ],
  }
}

/** Makes the file when it is first requested, and keeps it; after a failure the next request tries again. */
export function fileOnce(make: () => Promise<StaticFile>): () => Promise<StaticFile> {
  let made: Promise<StaticFile> | undefined
  const forget = (error: unknown) => {
    made = undefined
    throw error
  }
  return () => (made ??= make().catch(forget))
}

/** Answers with the file, compressed if the client accepts that (RFC 9110 §12.5.3). */
export function sendFile(
  c: Pick<Context, 'req' | 'header' | 'body'>,
  file: StaticFile,
  caching?: string,
): Response {
  const accepted = acceptedBy(c.req.header('Accept-Encoding') ?? '')
  const packed = file.packed.find(({ encoding }) => accepted.has(encoding))
  c.header('Content-Type', file.mediaType)
  if (caching !== undefined) c.header('Cache-Control', caching)
  if (file.packed.length > 0) c.header('Vary', 'Accept-Encoding')
  if (packed !== undefined) c.header('Content-Encoding', packed.encoding)
  const bytes = packed?.bytes ?? file.plain
  if (bytes.length <= PIECE_BYTES) return c.body(bytes)
  c.header('Content-Length', String(bytes.length))
  return c.body(inPieces(bytes))
}

/** The same memory in pieces, each sent when the previous one was read. */
function inPieces(bytes: Bytes): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(sent, sent + PIECE_BYTES))
        sent += PIECE_BYTES
        if (sent >= bytes.length) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

function acceptedBy(header: string): ReadonlySet<string> {
  const offers = header.split(',').map((offer) => offer.trim().toLowerCase())
  return new Set(
    offers
      .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
      .map((offer) => offer.split(';', 1)[0]?.trim() ?? ''),
  )
}
