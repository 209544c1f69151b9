import type { StaffContext } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import { readServedZones } from '@droplock/core/lists/internal'
import { type Upload, uploadList } from '@droplock/core/lists/upload'
import { toAscii } from '@droplock/core/name-as-written'
import { type DropListFormat, declarationOf, formats } from '@droplock/feeds/formats/formats'
import { Refusal } from '@droplock/rules/refusals'
import { dateIn } from '@droplock/rules/schedule/local-time'
import { opensAt, type PublicationRule } from '@droplock/rules/schedule/publication'
import type { Settings } from '../console-api.ts'
import { receive } from './receive-file.ts'

type UploadedFile = {
  readonly registryId: string
  readonly fileName: string
  /** Absent: detected from the file. */
  readonly format?: DropListFormat
  /** `YYYY-MM-DD`, for lists whose rows carry none. Absent: the date in the file's name, else today. */
  readonly dropDate?: string
  /** IANA zone of times that are written without one; left out, the service's. */
  readonly timeZone?: string
  /** The list is read and compared, and nothing changes. */
  readonly dryRun: boolean
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
  await using received = await receive(limited(body, uploadBytesMax, signal), file)
  const { inspected } = received
  if (inspected === undefined) throw empty()
  if (inspected.kind === 'no_list')
    throw new Refusal('list_format_unknown', inspected.reason, { excerpt: inspected.excerpt })
  const now = await databaseTime(ctx.db)
  const zone = file.timeZone ?? timeZone
  const today = dateIn(zone, now)
  const { format } = inspected
  const declared = declarationOf(format, { dropDate: file.dropDate ?? inspected.dropDate })
  const list = received.open({
    format,
    zones,
    toAscii,
    dropDate: declared.dropDate ?? today,
    today,
    timeZone: zone,
    inflatedBytesMax: uploadBytesMax,
    signal,
  })
  // Awaited here: the file of an archive is there as long as this function.
  return await uploadList(ctx, {
    registryId: file.registryId,
    source: file.fileName,
    format,
    purpose: formats[format].purpose,
    isDryRun: file.dryRun,
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

/** When listings that are published `now` open for orders. Rule 5. */
export function opensAtOf(now: Date, rule: PublicationRule | 'at_once'): Date {
  return rule === 'at_once' ? now : opensAt(now, rule).opensAt
}
