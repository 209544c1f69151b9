import { basename } from 'node:path'
import type { Context } from '@droplock/core/context'
import { claimFeed, type FeedClaim, releaseFeed, renewFeed } from '@droplock/core/feeds'
import type { Logger } from '@droplock/observability/logger'
import { wideEvent } from '@droplock/observability/wide-event'
import type { PublicationRule } from '@droplock/rules/schedule/publication'
import { download, type Validators } from './download.ts'
import { changedLists, type FolderMemory } from './folder.ts'
import { nameOf, type Source } from './source.ts'
import { type ListFile, takeList } from './take-list.ts'

export type PollRule = {
  readonly pollMs: number
  /** A poll, from download to publication, lasts no longer. Milliseconds. */
  readonly pollMsMax: number
  readonly bytesMax: number
  readonly publication: PublicationRule | 'at_once'
}

/** After failures a source is left alone longer each time, up to this. Milliseconds. */
const backOffMsMax = 3_600_000

/** A source whose worker died is free again after this, however long the poll was to last. Milliseconds. */
const claimMs = 30_000

/** A claim is renewed so often, three times before it lapses. Milliseconds. */
const renewEveryMs = 10_000

/** Another worker has the source: this one stood still for longer than its claim. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/**
 * Asks one source, if it is due and no other worker is at it, and takes in every list that is new. True: it was our turn.
 * Throws why the poll failed, after the source was given back to be asked again later.
 */
export function feedPoller(ctx: Context, source: Source, rule: PollRule, logger: Logger) {
  const memory: FolderMemory = new Map()
  return async (stop: AbortSignal): Promise<boolean> => {
    const claim = await claimFeed(ctx, {
      registryId: source.registryId,
      source: nameOf(source),
      claimMs,
    })
    if (claim === undefined) return false
    const lost = new AbortController()
    const renewing = setInterval(() => void renew(ctx, claim, lost), renewEveryMs)
    const signal = AbortSignal.any([stop, lost.signal, AbortSignal.timeout(rule.pollMsMax)])
    try {
      const taken = await takeNew({ ctx, source, rule, logger, memory, signal }, claim)
      await releaseFeed(ctx, claim, { outcome: 'read', nextPollMs: rule.pollMs, ...taken })
      return true
    } catch (error) {
      const nextPollMs = stop.aborted ? 0 : backOffMs(rule.pollMs, claim.failures)
      const release = { outcome: 'failed', nextPollMs, reason: reasonOf(error) } as const
      // Report the poll's own failure; a claim that cannot be released lapses.
      await releaseFeed(ctx, claim, release).catch(() => undefined)
      throw error
    } finally {
      clearInterval(renewing)
    }
  }
}

/** A database that is away for a moment costs no claim; one that is away for longer ends it, and the poll with it. */
async function renew(ctx: Context, claim: FeedClaim, lost: AbortController): Promise<void> {
  const isOurs = await renewFeed(ctx, claim, claimMs).catch(() => true)
  if (!isOurs) lost.abort(new ClaimLost('another worker has the source'))
}

/** The pause after one more failure than `failures`: twice the interval, then four times, … */
export function backOffMs(pollMs: number, failures: number): number {
  return Math.min(pollMs * 2 ** (failures + 1), Math.max(pollMs, backOffMsMax))
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${String(error.cause)}` : ''
  return `${String(error)}${cause}`
}

type Poll = {
  readonly ctx: Context
  readonly source: Source
  readonly rule: PollRule
  readonly logger: Logger
  readonly memory: FolderMemory
  readonly signal: AbortSignal
}

/** `isNew`: there was a list that had not been taken before. */
async function takeNew(poll: Poll, claim: FeedClaim): Promise<Validators & { readonly isNew: boolean }> {
  const { place } = poll.source
  if (place.kind === 'path') {
    return { etag: null, lastModified: null, isNew: await takeFolder(poll, place.path) }
  }
  const limits = { bytesMax: poll.rule.bytesMax, signal: poll.signal }
  const list = await download(place.url, claim, limits)
  if (list === undefined) return { etag: claim.etag, lastModified: claim.lastModified, isNew: false }
  try {
    const isNew = await takeLogged(poll, { ...list, name: basename(new URL(place.url).pathname) })
    return { ...list.validators, isNew }
  } finally {
    await list.remove()
  }
}

/** A list that cannot be read does not stop the others; the first such failure is the poll's. */
async function takeFolder(poll: Poll, path: string): Promise<boolean> {
  let isNew = false
  const failures: unknown[] = []
  const limits = { bytesMax: poll.rule.bytesMax, signal: poll.signal }
  for await (const list of changedLists(path, poll.memory, limits)) {
    try {
      isNew = (await takeLogged(poll, list)) || isNew
      list.remember()
    } catch (error) {
      if (poll.signal.aborted) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return isNew
}

/** One event for each list that was published or held back; one that was known already is not worth a line. True: it is new. */
async function takeLogged(poll: Poll, file: ListFile): Promise<boolean> {
  const { ctx, source, rule, logger, signal } = poll
  const events = {
    published: wideEvent(logger, 'list.published'),
    quarantined: wideEvent(logger, 'list.quarantined'),
    outdated: wideEvent(logger, 'list.outdated'),
    publishing: wideEvent(logger, 'list.left_to_another_worker'),
  }
  const taken = await takeList(ctx, source, file, rule.publication, signal)
  if (taken.kind === 'known') return false
  const { kind, ...counts } = taken
  const event = events[kind]
  event.add({ registry: source.registryId, source: nameOf(source), list: file.name, ...counts })
  event.end()
  return true
}
