import { between, stream } from '../random.ts'
import { planAutoRenewal } from './auto-renew.ts'
import { commitApplication, commitCreate, decideCreate, recordArrival } from './create-domain.ts'
import { award, refuseApplications } from './messages.ts'
import type { Ending, NameRecord, RivalMove } from './records.ts'
import { nextSvTRID, type Registry } from './registry.ts'
import { plan } from './timeline.ts'

/** What each rival of the registry does about `name`, fastest first. Drawn for each rival and name. */
function drawRivalMoves(registry: Registry, name: string): readonly RivalMove[] {
  return registry.settings.rivals
    .map((rival) => {
      const random = stream(registry.seed, registry.settings.id, 'rival', rival.clid, name)
      const tries = random() < rival.share
      return { tries, clid: rival.clid, delayMs: between(random, rival.delayMs.min, rival.delayMs.max) }
    })
    .filter((move) => move.tries)
    .map(({ clid, delayMs }) => ({ clid, delayMs }))
    .toSorted((a, b) => a.delayMs - b.delayMs)
}

/** A rival's create is decided by the same rules as any other. */
function rivalTries(registry: Registry, record: NameRecord, clid: string, atMs: number): void {
  const details = { contacts: [], nameServers: [], statuses: [], authInfo: 'rival-auth' }
  const order = { name: record.name, years: 1, clID: clid, details }
  const decision = decideCreate(registry, order)
  const svTRID = nextSvTRID(registry)
  if (decision.code === 1000 || decision.code === 1001) {
    const commitment = { order, feeMinor: decision.feeMinor, svTRID, operation: 'create' } as const
    if (decision.code === 1000) commitCreate(registry, commitment, atMs)
    else commitApplication(registry, commitment, atMs, undefined)
  }
  recordArrival(registry, record.name, { atMs, clID: clid, svTRID, code: decision.code })
}

function purge(registry: Registry, record: NameRecord, moves: readonly RivalMove[], atMs: number): void {
  if (record.stage !== 'pending') return
  const { dropzone } = registry.settings
  record.stage = 'free'
  record.registration = undefined
  record.releasedAtMs = atMs
  if (dropzone) {
    record.awardAtMs = atMs + dropzone.periodMs
    plan(registry.timeline, record.awardAtMs, (at) => award(registry, record, at))
  }
  for (const move of moves) {
    plan(registry.timeline, atMs + move.delayMs, (at) => rivalTries(registry, record, move.clid, at))
  }
}

/**
 * Restores the old registration of a pending name, or of one in its Dropzone period. False when it is neither. A loaded name that
 * is withdrawn keeps its past exDate: its earlier life is not simulated, and nobody is charged for it.
 */
export function restore(registry: Registry, record: NameRecord, atMs: number): boolean {
  const applied = record.stage === 'free' && record.awardAtMs !== undefined
  if (record.stage !== 'pending' && !applied) return false
  record.stage = 'restored'
  record.restoredAtMs = atMs
  record.registration = record.prior
  if (record.prior && record.prior.exDateMs > atMs) planAutoRenewal(registry, record.name, record.prior, atMs)
  if (applied) refuseApplications(registry, record, atMs)
  return true
}

/** A withdrawn name is restored around its listed purge, but never in the first half of the time until then, while it is listed. */
function drawRestoreMs(registry: Registry, name: string, purgeAtMs: number, nowMs: number): number {
  const { beforeMs, afterMs } = registry.settings.restore
  const random = stream(registry.seed, registry.settings.id, 'restore', name)
  const earliestMs = Math.min(beforeMs, Math.floor((purgeAtMs - nowMs) / 2))
  return purgeAtMs + between(random, -earliestMs, afterMs)
}

/** Plans what happens, by its kind, to a pending name whose purge is due at `purgeAtMs`. */
export function scheduleRelease(
  registry: Registry,
  record: NameRecord,
  purgeAtMs: number,
  nowMs: number,
  ending: Ending,
): void {
  if (record.kind === 'unreleased') return
  if (record.kind === 'withdrawn') {
    const atMs = ending.restoreAtMs ?? drawRestoreMs(registry, record.name, purgeAtMs, nowMs)
    plan(registry.timeline, atMs, (at) => restore(registry, record, at))
    return
  }
  // Rivals ignore premium and reserved names, so that a client gets the registry's answer about them.
  const moves = ending.rivals ?? (record.kind === 'normal' ? drawRivalMoves(registry, record.name) : [])
  plan(registry.timeline, purgeAtMs, (at) => purge(registry, record, moves, at))
}
