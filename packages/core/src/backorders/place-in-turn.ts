import { decidePlacement, type PlacementFacts } from '@droplock/rules/backorders'
import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { type GivenAnswer, type KeyedRequest, nameOfRequest } from '../idempotency/keyed-request.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import type { NamedOrder } from './order-fields.ts'
import { placeOnce } from './place.ts'

/** Orders from the balance. */
type Place = (ctx: AccountContext, order: NamedOrder, request: KeyedRequest) => Promise<GivenAnswer>

/** The state of a name after an order for it was taken. */
type NameState = Omit<PlacementFacts, 'ownBackorderId'> & {
  /** The account to which alone the name is shown; null: to all. */
  readonly onlyFor: string | null
  readonly now: Date
  readonly holder: { readonly accountId: string; readonly backorderId: string } | null
}

/** What those learn who waited for an order that has ended. */
type Learnt = {
  /** Undefined: the name has no listing. */
  readonly state: NameState | undefined
  /** Those of the requests that waited whose answers are stored. */
  readonly answered: ReadonlySet<string>
}

/** A request that waits for the order before it. */
type Waiting = { readonly ctx: AccountContext; readonly request: KeyedRequest }

/** An order that is under way, and those that wait for its end. */
type Turn = { readonly waiting: Waiting[]; readonly ended: Promise<() => Promise<Learnt>> }

/**
 * `placeOnce` for a process with many requests: orders for one name wait for each other here, and not on the database's lock with
 * one connection each. When one of them has ended, those that waited read the name's state once, together, and are refused by it; an
 * order that it does not refuse is placed normally, and one whose answer is stored is answered with that. Throws what `placeOnce` throws.
 */
export function placeInTurn(): Place {
  const underWay = new Map<string, Turn>()
  return async (ctx, order, request) => {
    const { name } = order
    for (let turn = underWay.get(name); turn !== undefined; turn = underWay.get(name)) {
      turn.waiting.push({ ctx, request })
      const learn = await turn.ended
      const { state, answered } = await learn()
      if (answered.has(nameOfRequest(ctx, request))) return placeOnce(ctx, order, request)
      if (state !== undefined) refuse(ctx, state)
    }
    const { promise, resolve } = Promise.withResolvers<() => Promise<Learnt>>()
    const waiting: Waiting[] = []
    underWay.set(name, { waiting, ended: promise })
    try {
      return await placeOnce(ctx, order, request)
    } finally {
      underWay.delete(name)
      let learning: Promise<Learnt> | undefined
      resolve(() => (learning ??= learnOf(ctx, name, waiting)))
    }
  }
}

function refuse({ actor }: AccountContext, { onlyFor, holder, now, ...facts }: NameState): void {
  // Where it is placed it is refused as a name that is not there.
  if (onlyFor !== null && onlyFor !== actor.accountId) return
  const own = holder !== null && holder.accountId === actor.accountId ? holder.backorderId : undefined
  decidePlacement({ ...facts, ownBackorderId: own }, now)
}

/**
 * The state of a name's newest cycle, read without a lock: good for refusing an order, never for taking the name. And which of the
 * requests have an answer: in one statement, so that who sees a name taken by an order sees the answer to it too.
 */
async function learnOf(ctx: AccountContext, name: string, waiting: readonly Waiting[]): Promise<Learnt> {
  const row = await ctx.db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .selectAll('listing')
    .select([
      'zone.enabled',
      'zone.sandbox_account_id',
      sql<string | null>`account_of_live_order(listing.holder)`.as('account_id'),
      isBlocked(sql`listing.name`).as('blocked'),
      sql<Date>`clock_timestamp()`.as('now'),
      answeredOf(waiting).as('answered'),
    ])
    .where('listing.name', '=', name)
    .where(isListed())
    .orderBy('listing.cycle', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return { state: undefined, answered: new Set() }
  const { holder: backorderId, account_id: accountId } = row
  const state = {
    onlyFor: row.sandbox_account_id,
    listingState: row.state,
    zoneEnabled: row.enabled,
    premium: row.premium,
    reserved: row.reserved,
    suspect: row.suspect,
    blocked: row.blocked,
    opensAt: row.opens_at,
    cutoffAt: row.cutoff_at,
    held: row.holder !== null,
    // Depends on the caller's currency: checked when the order is placed.
    priced: true,
    now: row.now,
    holder: backorderId === null || accountId === null ? null : { backorderId, accountId },
  }
  return { state, answered: new Set(row.answered) }
}

/** Those of the requests whose answers are stored, as `nameOfRequest` names them. */
function answeredOf(waiting: readonly Waiting[]) {
  const accountIds = waiting.map(({ ctx }) => ctx.actor.accountId)
  const keys = waiting.map(({ request }) => request.key)
  const items = waiting.map(({ request }) => request.item)
  return sql<
    readonly string[]
  >`answered_requests(${accountIds}::uuid[], ${keys}::text[], ${items}::integer[])`
}
