import {
  listUnplaced,
  type OrderKey,
  readPlaces,
  recordOrder,
  type Unplaced,
} from '@droplock/core/targets/release-order'
import { infoDomain } from '@droplock/epp/commands/domain'
import { beginsWith } from '@droplock/rules/drop/service'
import type { Answer, DomainInfo } from '@droplock/rules/ports/registrar'
import { untilAborted } from '../loops.ts'
import { BATCH_MS_MAX } from '../plan/batches.ts'
import type { Target } from '../plan/target.ts'
import { askUntil, type QuestionRule } from '../requests/questions.ts'
import { guard } from '../requests/serving.ts'
import type { LeasedAccount } from './leased-account.ts'

// In which order a registry releases a daily batch is shown by what `info` shows of each name: its last update and its ROID. Only who asks
// about all names knows how many others are released between two of ours. ADR 37.

/** Names that are read from the database at a time. */
const NAMES_PER_READ = 200

/** RFC 5731 §3.1.2: a registry may refuse the `info` of anybody but the sponsoring client. */
const REFUSED_TO_OTHERS = 2201

/** It exists, or does not: then its place will never be known. RFC 5730 §3. */
const SAYS_SOMETHING: ReadonlySet<number> = new Set([1000, 2303])

/** How often names are looked for when there are none. Milliseconds. */
const EVERY_MS = 5_000

/**
 * Asks about the names of the coming batches until the signal aborts, outside fire windows. Our accounts at a registry share the names;
 * one that has asked about its own goes on with those of the others, which may be locked or not driven.
 * A registry that says nothing about others' names is not asked. With a share of 0 nothing is asked; the loop lasts all the same, since the
 * account is let go as soon as one of its loops ends.
 */
export async function surveyOrderUntil(
  leased: LeasedAccount,
  { shareOfRate, ...rule }: QuestionRule & { readonly shareOfRate: number },
  signal: AbortSignal,
): Promise<void> {
  if (shareOfRate === 0) return untilAborted(signal)
  const { account, ctx, log } = leased
  let after: Unplaced | undefined
  let among: 'own' | 'all' = 'own'
  let asked = 0
  const due = async (): Promise<readonly Unplaced[]> => {
    while (!leased.leaseState.othersHidden) {
      const names = await listUnplaced(ctx, account.registryId, after, NAMES_PER_READ)
      after = names.at(-1)
      const own = names.filter(({ listingId }) => among === 'all' || beginsWith(listingId, leased.rule.share))
      if (own.length > 0) return own
      if (after !== undefined) continue
      if (among === 'all') break
      among = 'all'
    }
    among = 'own'
    if (asked > 0) log.info({ event: 'order.surveyed', names: asked })
    asked = 0
    return []
  }
  await askUntil(leased, { ...rule, everyMs: EVERY_MS }, signal, {
    due,
    ask: async (unplaced) => {
      const isDone = await ask(leased, unplaced)
      if (isDone) asked += 1
      return isDone
    },
    failed: 'order.not_surveyed',
    shareOfRate,
  })
}

/** False where nothing was sent, no answer came, or the registry tells nothing: then it is asked later, or never. */
async function ask(leased: LeasedAccount, { listingId, name }: Unplaced): Promise<boolean> {
  const { leaseState, pool } = leased
  if (leaseState.othersHidden) return false
  const answer = await pool.send(infoDomain(name), leased.newClTRID(), guard(leased))
  if (answer.kind !== 'answered') return false
  if (answer.code === REFUSED_TO_OTHERS) {
    leaseState.othersHidden = true
    return false
  }
  if (!SAYS_SOMETHING.has(answer.code)) return false
  await recordOrder(leased.ctx, listingId, keyIn(answer))
  return true
}

function keyIn(answer: Answer<DomainInfo>): OrderKey {
  const info = answer.kind === 'answered' ? answer.data : undefined
  return info === undefined ? null : { updatedAt: info.upDate ?? null, roid: info.roid }
}

/**
 * Gives the names that fire now, and are new, their places in their batch. `placed` has the ids of those for which that was done. A batch
 * of which too little is known keeps what the times of update say.
 */
export async function placeTargets({ ctx, store }: LeasedAccount, placed: Set<string>): Promise<void> {
  const fresh = [...store.all()].filter(
    ({ id, release, phase }) => release === 'daily_batch' && phase !== 'waiting' && !placed.has(id),
  )
  for (const batch of batchesOf(fresh)) {
    const fromMs = batch.map(({ dropFromMs }) => dropFromMs)
    const [from, to] = [new Date(Math.min(...fromMs)), new Date(Math.max(...fromMs))]
    const places = await readPlaces(ctx, { zone: batch[0].zone, from, to })
    const placeOf = new Map(places.map(({ listingId, rank, of }) => [listingId, { rank, of }]))
    for (const { id, listingId } of batch) {
      placed.add(id)
      const current = store.get(id)
      const place = placeOf.get(listingId)
      if (current !== undefined && place !== undefined) store.put({ ...current, place })
    }
  }
}

/** By zone and window. */
function batchesOf(targets: readonly Target[]): readonly (readonly [Target, ...Target[]])[] {
  const batches: [Target, ...Target[]][] = []
  for (const target of targets) {
    const batch = batches.find(
      ([{ zone, dropFromMs }]) =>
        zone === target.zone && Math.abs(dropFromMs - target.dropFromMs) < BATCH_MS_MAX,
    )
    if (batch === undefined) batches.push([target])
    else batch.push(target)
  }
  return batches
}
