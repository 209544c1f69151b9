import type { Slot } from '@droplock/epp/pool/slot'
import { NoSlot } from '@droplock/epp/pool/slot-queue'
import type { Profile } from '@droplock/epp/profiles/profiles'
import { decideByInfo } from '@droplock/rules/drop/decide-by-info'
import { interpretCreate } from '@droplock/rules/drop/interpret-create'
import { isSuccess } from '@droplock/rules/drop/result-codes'
import { money } from '@droplock/rules/money'
import { CLID, type World } from '../world/world.ts'

/** Names tried at once: many more than a gap of a second for each name leaves idle. */
const TARGETS_MAX = 150

/** More senders than any profile has sessions, so that one always waits for a slot. */
const CATCHERS = 120

/** The shares of the commands other than creates. */
const OTHERS_SHARE = 0.1

/** The result of an hour. */
export type Catch = {
  creates: number
  others: number
  unknown: number
  won: number
  lost: number
  refused: number
}

type Hour = {
  readonly world: World
  readonly profile: Profile
  readonly targets: string[]
  readonly waiting: string[]
  readonly stop: AbortSignal
  readonly startedAt: Date
  readonly counts: Catch
}

/** Tries `names` at the full rate of the profile, for `forMs` of the world's time; waits when there are none. */
export async function catchFor(
  world: World,
  profile: Profile,
  names: readonly string[],
  forMs: number,
): Promise<Catch> {
  const stop = new AbortController()
  const counts: Catch = { creates: 0, others: 0, unknown: 0, won: 0, lost: 0, refused: 0 }
  const startedAt = new Date(world.time.epochMs() - 86_400_000)
  const targets = names.slice(0, TARGETS_MAX)
  const waiting = names.slice(TARGETS_MAX)
  const hour = { world, profile, targets, waiting, stop: stop.signal, startedAt, counts }
  const catchers = Array.from({ length: names.length > 0 ? CATCHERS : 0 }, () => catchOn(hour))
  await world.time.pass(forMs)
  stop.abort()
  await world.time.until(Promise.all(catchers), 60_000)
  return counts
}

async function catchOn(hour: Hour): Promise<void> {
  const { world, stop } = hour
  while (!stop.aborted) {
    try {
      using slot = await world.pool.acquire({ signal: stop })
      await useSlot(hour, slot)
    } catch (error) {
      if (!stop.aborted && !(error instanceof NoSlot)) throw error
    }
  }
}

async function useSlot(hour: Hour, slot: Slot): Promise<void> {
  const { world, targets, counts } = hour
  const { pool, time, random, newClTRID } = world
  const ready = targets.filter((name) => pool.nameReadyAtMs(name) <= time.nowMs())
  const name = ready[Math.floor(random() * ready.length)]
  const isSpent = pool.failedCreatesLeft() < 1
  if (name === undefined) return void (await slot.hello())
  if (!isSpent && random() >= OTHERS_SHARE) return create(hour, slot, name)
  counts.others += 1
  if (!isSpent && random() < 0.5) {
    const checked = await slot.check([name], newClTRID())
    if (checked.kind === 'unknown') counts.unknown += 1
  } else await ask(hour, slot, name)
}

async function create({ world, profile, ...hour }: Hour, slot: Slot, name: string): Promise<void> {
  const { counts } = hour
  counts.creates += 1
  const { settings } = world.registry
  const isCapped = profile.feeCap === 'always'
  const feeCap = money(800n, settings.fee.currency)
  const answer = await slot.create({
    name,
    clTRID: world.newClTRID(),
    years: 1,
    authInfo: '9-matrix-Pw',
    ...(isCapped && { feeCap }),
    ...(settings.registrantMissing !== false && { registrant: 'matrix-1' }),
  })
  const { kind } = interpretCreate(answer, name, isCapped)
  if (kind === 'unknown' || kind === 'session_ended') counts.unknown += 1
  if (kind === 'registered' || kind === 'applied') settle(hour, name, 'won')
  if (kind === 'incomplete' || kind === 'refused') settle(hour, name, 'refused')
}

/** An info finds a lost name, if the registry shows others' names; a share of the commands is for that. */
async function ask({ world, ...hour }: Hour, slot: Slot, name: string): Promise<void> {
  if (world.registry.settings.infoOfOthers === 'refused') return void (await slot.hello())
  const answer = await slot.info(name, world.newClTRID())
  if (answer.kind === 'unknown') hour.counts.unknown += 1
  if (answer.kind === 'answered' && !isSuccess(answer.code)) return
  const facts = { ourClids: new Set([CLID]), armedAt: hour.startedAt }
  const { kind } = decideByInfo(answer, name, facts)
  if (kind === 'other' || kind === 'withdrawn') settle(hour, name, 'lost')
}

/** Replaces a decided name by the next one. */
function settle(
  { targets, waiting, counts }: Pick<Hour, 'targets' | 'waiting' | 'counts'>,
  name: string,
  as: 'won' | 'lost' | 'refused',
): void {
  const at = targets.indexOf(name)
  if (at < 0) return
  counts[as] += 1
  const next = waiting.shift()
  targets.splice(at, 1, ...(next === undefined ? [] : [next]))
}
