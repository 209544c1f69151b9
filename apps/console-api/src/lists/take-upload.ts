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
import type { Settings } from '../console-api.ts'
import { limited } from './limited.ts'
import { opensAtOf } from './opens-at.ts'
import { peek } from './peek.ts'

type UploadedFile = {
  readonly registryId: string
  readonly fileName: string
  /** Absent: detected from the file. */
  readonly format?: DropListFormat
  /** `YYYY-MM-DD`, for lists whose rows carry none. Absent: the date in the file's name, else today. */
  readonly dropDate?: string
}

/**
 * Stages a list while it arrives and settles it, within `uploadMsMax` and as long as somebody waits for the answer (`asker`
 * aborts when nobody does). A refusal means that nothing was published. Throws Refusal: body_required, registry_not_found,
 * list_format_unknown, request_too_large, unavailable (out of time); and what `uploadList` throws.
 */
export async function takeUpload(
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
    return await take(ctx, settings, file, body, signal)
  } catch (error) {
    if (error instanceof Refusal || !signal.aborted) throw error
    throw new Refusal(
      'unavailable',
      outOfTime.aborted
        ? `The list was not read and published within ${settings.uploadMsMax} ms. Nothing changed.`
        : 'The sender went away before the list was published. Nothing changed.',
    )
  }
}

async function take(
  ctx: StaffContext,
  { uploadBytesMax, publication, timeZone }: Settings,
  file: UploadedFile,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<Upload> {
  const zones = await readServedZones(ctx, file.registryId)
  if (zones.size === 0) throw new Refusal('registry_not_found', 'No registry of this id serves any zone.')
  const { head, octets } = await peek(limited(body, uploadBytesMax, signal))
  if (head.length === 0) throw empty()
  const detected = detectFormat(file.fileName, head)
  const format = file.format ?? detected?.format
  if (format === undefined) throw new Refusal('list_format_unknown', 'The file is no list of a known format.')
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
  })
}

function empty(): Refusal {
  return new Refusal('body_required', 'The body is empty; send the file.')
}
