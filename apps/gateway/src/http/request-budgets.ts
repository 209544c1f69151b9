import type { Lease, WantedLot } from '@droplock/core/accounts/lease-requests'
import type { AccountContext } from '@droplock/core/context'
import type { RequestBucket } from '@droplock/rules/rate-limits'
import { Refusal } from '@droplock/rules/refusals'

/** More accounts than are active in a minute; beyond it all are leased anew, which only costs their writes. */
const BUDGETS_MAX = 20_000

/** When less than this part of a lot is left, the next one is leased while requests go on. */
const REFILL_PART = 0.25

const MS_PER_SECOND = 1_000

type LeaseLots = (wanted: readonly WantedLot[]) => Promise<readonly (Lease & WantedLot)[]>

/** Whether a request may be served, and what is left of its account's quota. */
export type Turn = {
  readonly isWithin: boolean
  readonly quota: number
  /** Of all processes together, as far as this one knows: what it leased itself, and what nobody has leased. */
  readonly remaining: number
  /** Until the quota is full again. */
  readonly resetSeconds: number
}

type Budget = Omit<Lease, 'granted' | 'leftMs'> & {
  left: number
  readonly lot: number
  readonly endsMs: number
}

/**
 * Counts the requests of accounts by lots that are leased from the database (`leaseRequests`): right over all processes, without a
 * write for each request (ADR 26).
 */
export function openBudgets(leaseLots: LeaseLots, monotonicMs = () => performance.now()) {
  const budgets = new Map<string, Budget>()
  const leasing = new Map<string, Promise<void>>()
  const lease = together(leaseLots)

  async function refill(id: string, wanted: WantedLot): Promise<void> {
    // Measured from before the question: a window never seems longer here than it is.
    const askedMs = monotonicMs()
    const lot = (await lease(wanted)).get(id)
    if (lot === undefined) throw new Refusal('account_not_found', 'No such account.')
    const { granted, leftMs, ...rest } = lot
    const before = budgets.get(id)
    const isSame = before?.windowAt.getTime() === rest.windowAt.getTime()
    if (budgets.size >= BUDGETS_MAX) budgets.clear()
    budgets.set(id, {
      ...rest,
      left: granted + (isSame ? before.left : 0),
      lot: granted,
      endsMs: askedMs + leftMs,
    })
  }

  function refillOnce(id: string, wanted: WantedLot): Promise<void> {
    const running = leasing.get(id) ?? refill(id, wanted).finally(() => leasing.delete(id))
    leasing.set(id, running)
    return running
  }

  /** Takes a turn for one request. Throws what the lease throws. */
  return async (ctx: AccountContext, bucket: RequestBucket): Promise<Turn> => {
    const wanted = { accountId: ctx.actor.accountId, bucket }
    const id = idOf(wanted)
    for (;;) {
      const budget = budgets.get(id)
      if (budget !== undefined && monotonicMs() < budget.endsMs) {
        const turn = takeOf(budget, monotonicMs())
        if (turn !== undefined) {
          const isLow = budget.left < budget.lot * REFILL_PART && budget.taken < budget.quota
          // Who needs the next lot waits for it, and learns what went wrong.
          if (isLow) refillOnce(id, wanted).catch(() => undefined)
          return turn
        }
      }
      await refillOnce(id, wanted)
    }
  }
}

function idOf({ accountId, bucket }: WantedLot): string {
  return `${accountId} ${bucket}`
}

/** What is wanted while a question is under way is asked for together: hundreds of accounts that arrive at once are a few statements. */
function together(leaseLots: LeaseLots) {
  let wanted: WantedLot[] = []
  let next: Promise<ReadonlyMap<string, Lease>> | undefined
  let running: Promise<unknown> = Promise.resolve()
  return (lot: WantedLot): Promise<ReadonlyMap<string, Lease>> => {
    wanted.push(lot)
    next ??= running.then(() => {
      const all = wanted
      wanted = []
      next = undefined
      const asked = leaseLots(all).then((lots) => new Map(lots.map((one) => [idOf(one), one])))
      running = asked.catch(() => undefined)
      return asked
    })
    return next
  }
}

/** Undefined where more can be leased. */
function takeOf(budget: Budget, nowMs: number): Turn | undefined {
  const { quota, taken, endsMs } = budget
  const isWithin = budget.left > 0
  if (!isWithin && taken < quota) return undefined
  if (isWithin) budget.left -= 1
  return {
    isWithin,
    quota,
    remaining: quota - taken + budget.left,
    resetSeconds: Math.max(1, Math.ceil((endsMs - nowMs) / MS_PER_SECOND)),
  }
}
