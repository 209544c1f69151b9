import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { HEAD_BYTES_MAX } from '@droplock/feeds/detect-format'
import type { DropListFormat } from '@droplock/feeds/formats/formats'
import { type Inspected, inspectFile, inspectHead, type NoList } from '@droplock/feeds/inspect-list'
import { isZip } from '@droplock/feeds/intake/archive'
import { openDropList } from '@droplock/feeds/open-drop-list'
import type { ReadOptions } from '@droplock/feeds/read-drop-list'

type Sent = { readonly fileName: string; readonly format?: DropListFormat }

/** An uploaded file, as far as it has to be received to say what it is. */
type Received = AsyncDisposable & {
  /** Undefined where nothing was sent. */
  readonly inspected: NoList | Inspected | undefined
  /** Reads the list, while the rest of it arrives. Once. */
  readonly open: (options: ReadOptions) => ReturnType<typeof openDropList>
}

/**
 * Looks at the start of an uploaded file. A zip archive has its directory at its end: it is received whole, into a file that is
 * removed with the result. Throws what `octets` throws.
 */
export async function receive(octets: AsyncIterable<Uint8Array>, sent: Sent): Promise<Received> {
  const { head, whole } = await readHead(octets)
  if (isZip(head)) return receiveArchive(whole, sent)
  return {
    inspected: head.length === 0 ? undefined : inspectHead(sent.fileName, head, sent.format),
    open: (options) => openDropList(whole, options),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

async function receiveArchive(
  octets: AsyncIterable<Uint8Array>,
  { fileName, format }: Sent,
): Promise<Received> {
  const folder = await mkdtemp(join(tmpdir(), 'droplock-upload-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'list.zip')
    await pipeline(octets, createWriteStream(path, { flags: 'wx' }))
    const inspected = await inspectFile(path, fileName, format)
    const sha256 = await hashOf(path)
    return {
      inspected,
      open: (options) => {
        if (inspected.kind === 'no_list') throw new Error('there is no list to read')
        const list = openDropList(inspected.octets(options.inflatedBytesMax), options)
        return { ...list, contentSha256: () => sha256 }
      },
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Of the archive as it was sent, by which it is known again. */
async function hashOf(path: string): Promise<Uint8Array> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest()
}

type Head = { readonly head: Uint8Array; readonly whole: AsyncIterable<Uint8Array> }

/** The start of a stream, and the whole stream including its start. Throws what the stream throws. */
async function readHead(source: AsyncIterable<Uint8Array>): Promise<Head> {
  const iterator = source[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES_MAX) {
    const { done, value } = await iterator.next()
    if (done === true) break
    read.push(value)
    bytes += value.length
  }
  async function* whole() {
    yield* read
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(read).subarray(0, HEAD_BYTES_MAX), whole: whole() }
}
