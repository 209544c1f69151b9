import { handlesInForce } from '@droplock/core/contacts/defaults'
import {
  findChangedTargets,
  type LookedAt,
  listUndecidedTargets,
  readLookedAt,
  type UndecidedTarget,
} from '@droplock/core/targets/read'
import type { LeasedAccount } from '../drive/leased-account.ts'
import { isInFlight, type RegistryMs, type Target } from '../plan/target.ts'
import { mergeTargets } from './merge.ts'

/**
 * How often all targets are read, whatever changed: what no look shows, such as contacts that were given up at the registry. Reading
 * thousands takes both processes hundreds of milliseconds, in which this one sends nothing. Milliseconds.
 */
const COMPLETE_MS = 10_000

type Followed = Pick<LeasedAccount, 'ctx' | 'store' | 'account' | 'leaseState' | 'monotonicMs'>

type Look = {
  readonly lookedAt: LookedAt
  /** Up to where windows were near. */
  readonly horizonMs: RegistryMs
  /** When all targets were read, by the monotonic clock. */
  readonly completeMs: number
  /** The account's default contacts then. */
  readonly contacts: string
}

/** Keeps a store as the database's rows are. It reads all of them at first and now and then, otherwise those that have changed. */
export class TargetFollower {
  readonly #followed: Followed
  /** What the database said of each target when it was read last. */
  readonly #states = new Map<string, UndecidedTarget['state']>()
  #last: Look | undefined
  #wereKnown: ReadonlySet<string> = new Set()
  /** Their rows were read while a command was in flight, so the store does not follow them yet. */
  #unfollowed: readonly string[] = []

  constructor(followed: Followed) {
    this.#followed = followed
  }

  /** Everything is read the next time: something failed, so it is not known what the database has. */
  beginAnew(): void {
    this.#last = undefined
  }

  /** The targets that are ambiguous in the database. */
  ambiguous(): readonly string[] {
    return [...this.#states].flatMap(([id, state]) => (state === 'ambiguous' ? [id] : []))
  }

  /** Reads targets whose windows begin before `nearMs`, and merges them into the store. Throws the database's errors. */
  async follow(nearMs: RegistryMs): Promise<void> {
    const { ctx, account, leaseState, monotonicMs } = this.#followed
    const last = this.#last
    const contacts = JSON.stringify(handlesInForce(leaseState.outlook.contacts))
    if (last?.contacts !== contacts || monotonicMs() - last.completeMs >= COMPLETE_MS)
      return this.#readAll(nearMs, contacts)
    const horizonMs = Math.max(nearMs, last.horizonMs)
    const look = {
      lookedAt: last.lookedAt,
      startingAfter: new Date(last.horizonMs),
      startingBefore: new Date(horizonMs),
    }
    const { lookedAt, zonesChanged, changed, decided } = await findChangedTargets(ctx, account, look)
    if (zonesChanged) return this.#readAll(nearMs, contacts)
    await this.#read(horizonMs, new Set([...changed, ...decided, ...this.#unsettled()]))
    this.#last = { ...last, lookedAt, horizonMs }
  }

  async #readAll(horizonMs: RegistryMs, contacts: string): Promise<void> {
    const { ctx, monotonicMs } = this.#followed
    const completeMs = monotonicMs()
    this.#last = undefined
    const lookedAt = await readLookedAt(ctx)
    await this.#read(horizonMs)
    this.#last = { lookedAt, horizonMs, completeMs, contacts }
  }

  /** Reads these targets, or all. */
  async #read(horizonMs: RegistryMs, among?: ReadonlySet<string>): Promise<void> {
    const { ctx, account, store, leaseState } = this.#followed
    const known = new Set([...store.all()].map(({ id }) => id))
    const asked = among === undefined ? [...known] : [...among].filter((id) => known.has(id))
    const isAny = among === undefined || among.size > 0
    const ids = among && [...among]
    const listed = isAny ? await listUndecidedTargets(ctx, account, new Date(horizonMs), asked, ids) : []
    // What was decided while the rows were read is in them as it was before.
    const rows = listed.filter(({ id }) => !known.has(id) || store.get(id) !== undefined)
    const contacts = handlesInForce(leaseState.outlook.contacts)
    mergeTargets(store, rows, { capsAlways: account.capsAlways, contacts }, among)
    if (among === undefined) this.#states.clear()
    for (const id of among ?? []) this.#states.delete(id)
    for (const { id, state } of rows) this.#states.set(id, state)
    this.#wereKnown = new Set([...store.all()].map(({ id }) => id))
    // Also one that was decided by another account meanwhile: it has no row, and stays until the answer.
    this.#unfollowed = [...(among ?? known)].filter((id) => isUnfollowed(store.get(id)))
  }

  /**
   * Those whose rows the store has yet to follow; that have left it, and may be armed again; and that wait for contacts, which are made
   * at the registry without a change of the target.
   */
  #unsettled(): readonly string[] {
    const { store } = this.#followed
    const left = [...this.#wereKnown].filter((id) => store.get(id) === undefined)
    const waiting = [...store.all()].filter(
      ({ stopped, contacts }) => stopped || contacts.kind !== 'complete',
    )
    return [...left, ...this.#unfollowed, ...waiting.map(({ id }) => id)]
  }
}

function isUnfollowed(target: Target | undefined): boolean {
  return target !== undefined && isInFlight(target)
}
