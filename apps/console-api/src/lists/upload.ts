import { domainToASCII } from 'node:url'
import type { StaffContext } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import { readServedZones } from '@droplock/core/lists/internal'
import { type Upload, uploadList } from '@droplock/core/lists/upload'
import { detectFormat } from '@droplock/feeds/detect-format'
import { type DropListFormat, declarationOf } from '@droplock/feeds/formats/formats'
import { openDropList } from '@droplock/feeds/open-drop-list'
import { Refusal } from '@droplock/rules/refusals'
import { dateIn } from '@droplock/rules/schedule/local-time'
import { opensAt, type PublicationRule } from '@droplock/rules/schedule/publication'
import type { Settings } from '../console-api.ts'

type UploadedFile = {
  readonly registryId: string
  readonly fileName: string
  /** Absent: detected from the file. */
  readonly format?: DropListFormat
  /** `YYYY-MM-DD`, for lists whose rows carry none. Absent: the date in the file's name, else today. */
  readonly dropDate?: string
}

/**
 * Stages a list while it arrives and publishes it or holds it back, within `uploadMsMax` and while the client waits for the answer
 * (`asker` aborts when it disconnects). A publication that takes longer is completed by a worker. A refusal means that nothing was
 * published. Throws Refusal: body_required, registry_not_found,
 * list_format_unknown, request_too_large, unavailable (out of time); and what `uploadList` throws.
 */
export async function receiveUpload(
  ctx: StaffContext,
  settings: Settings,
  file: UploadedFile,
  body: ReadableStream<Uint8Array> | null,
  asker: AbortSignal,
): Promise<Upload> {
  if (body === null) throw empty()
  const outOfTime = AbortSignal.timeout(settings.uploadMsMax)
  const signal = AbortSignal.any([asker, outOfTime])
  try {
    return await stage(ctx, settings, file, body, signal)
  } catch (error) {
    if (error instanceof Refusal || !signal.aborted) throw error
    throw new Refusal(
      'unavailable',
      outOfTime.aborted
        ? `The list was not read and published within ${settings.uploadMsMax} ms. Nothing changed.`
        : 'The connection was closed before the list was published. Nothing changed.',
    )
  }
}

async function stage(
  ctx: StaffContext,
  { uploadBytesMax, publicationMsMax, publication, timeZone }: Settings,
  file: UploadedFile,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<Upload> {
  const zones = await readServedZones(ctx, file.registryId)
  if (zones.size === 0)
    throw new Refusal('registry_not_found', 'There is no registry with this id, or it has no zones.')
  const { head, octets } = await readHead(limited(body, uploadBytesMax, signal))
  if (head.length === 0) throw empty()
  const detected = detectFormat(file.fileName, head)
  const format = file.format ?? detected?.format
  if (format === undefined) throw new Refusal('list_format_unknown', 'The format of this file is not known.')
  const now = await databaseTime(ctx.db)
  const today = dateIn(timeZone, now)
  const declared = declarationOf(format, { dropDate: file.dropDate ?? detected?.dropDate })
  const list = openDropList(octets, {
    format,
    zones,
    toAscii: (text) => domainToASCII(text) || undefined,
    dropDate: declared.dropDate ?? today,
    today,
    inflatedBytesMax: uploadBytesMax,
    signal,
  })
  return uploadList(ctx, {
    registryId: file.registryId,
    source: file.fileName,
    format,
    contentSha256: list.contentSha256,
    scope: list.scope,
    entries: list.entries,
    declared,
    signal,
    opensAt: opensAtOf(now, publication),
    answerBy: () => AbortSignal.timeout(publicationMsMax),
  })
}

function empty(): Refusal {
  return new Refusal('body_required', 'The body is empty; send the file.')
}

/**
 * The body, as long as it has at most `bytesMax` and `signal` is not aborted. Throws Refusal('request_too_large') if it is larger, and
 * the reason of the signal, also while nothing arrives.
 */
async function* limited(
  body: ReadableStream<Uint8Array>,
  bytesMax: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  // Ends a read that waits for a silent sender.
  const giveUp = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return
      bytes += value.length
      if (bytes > bytesMax) {
        throw new Refusal('request_too_large', `The file may have at most ${bytesMax} bytes.`, {
          bytes_max: bytesMax,
        })
      }
      yield value
    }
  } finally {
    signal.removeEventListener('abort', giveUp)
    await reader.cancel().catch(() => undefined)
  }
}

/** The first line and a little more. */
const HEAD_BYTES_MAX = 4_096

type Head = { readonly head: Uint8Array; readonly octets: AsyncIterable<Uint8Array> }

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
  async function* octets(): AsyncGenerator<Uint8Array> {
    yield* read
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(read).subarray(0, HEAD_BYTES_MAX), octets: octets() }
}

/** When listings that are published `now` open for orders. Rule 5. */
export function opensAtOf(now: Date, rule: PublicationRule | 'at_once'): Date {
  return rule === 'at_once' ? now : opensAt(now, rule).opensAt
}
