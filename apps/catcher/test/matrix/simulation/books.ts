import type { SimulatedServer } from '@droplock/core/testing/simulated-server'
import type { NameRecord } from '../../../../registry-sim/src/registry/records.ts'
import type { Registry } from '../../../../registry-sim/src/registry/registry.ts'
import { CLID } from '../world/world.ts'

/** An order as the database has it after a commit. Money in minor units. */
type Row = {
  readonly id: string
  readonly name: string
  readonly order: string
  readonly reason: string | null
  readonly priceMinor: bigint
  readonly decidedAt: Date | null
  readonly listing: string
  readonly target: string | null
  readonly outcome: string
  readonly escrowMinor: bigint
  readonly refunds: number
  readonly refundedMinor: bigint
  readonly balanceMinor: bigint
}

const BOOKS = `
  select backorder.id, backorder.name, backorder.state as order, backorder.failure_reason as reason, price_minor as "priceMinor",
    backorder.decided_at as "decidedAt", listing.state as listing, target.state as target,
    concat_ws(' ', backorder.state, failure_reason, settled_at, backorder.decided_at, listing.state, target.state, target.decided_at,
      decided_code, decided_basis, decided_by, deciding_cltrid, holder_clid, cr_date) as outcome,
    coalesce((select sum(amount_minor) from posting where posting.backorder_id = backorder.id and ledger_account = 'escrow'), 0)::int8
      as "escrowMinor",
    (select count(*)::int from refund join payment on payment.id = payment_id where payment.backorder_id = backorder.id) as refunds,
    (select coalesce(sum(refund.amount_minor), 0)::int8 from refund join payment on payment.id = payment_id
      where payment.backorder_id = backorder.id) as "refundedMinor",
    account.balance_minor as "balanceMinor"
  from backorder join listing on listing.id = listing_id join account on account.id = account_id
    left join catch_target as target on target.backorder_id = backorder.id
  order by backorder.name`

const isDecided = ({ order }: Row) => order === 'successful' || order === 'failed'

/** Which of the registry's truths a failure may be told as. */
const mayBe: Readonly<Record<string, (record: NameRecord) => boolean>> = {
  lost: ({ winner }) => winner !== undefined,
  missed: ({ stage }) => stage === 'pending' || stage === 'free' || stage === 'registered',
  premium: ({ kind }) => kind === 'premium',
  withdrawn: ({ stage }) => stage === 'restored',
  refused: ({ kind }) => kind === 'refused',
}

/**
 * Compares what the database has with the registry, and with a model of the money: every order costs its price once, is in escrow while it is
 * undecided, and is refunded once if it fails.
 */
export class Books {
  readonly #server: SimulatedServer
  readonly #registry: Registry
  readonly #decided = new Map<string, string>()
  #rows: readonly Row[] = []
  readonly #balanceMinor: bigint

  /** `balanceMinor`: of the account before its orders. */
  constructor(server: SimulatedServer, registry: Registry, balanceMinor: bigint) {
    this.#server = server
    this.#registry = registry
    this.#balanceMinor = balanceMinor
  }

  /**
   * The names that should be decided and are not. With `isBudgetSpent` one that is free may wait, for up to a day, until another create may
   * fail.
   */
  undecided(isBudgetSpent: boolean): readonly string[] {
    const isWaiting = (name: string) => isBudgetSpent && this.#registry.names.get(name)?.stage === 'free'
    return this.#rows.filter((row) => !isDecided(row) && !isWaiting(row.name)).map(({ name }) => name)
  }

  /** `name: outcome`, as a trace shows it. */
  get outcomes(): readonly string[] {
    return this.#rows.map(({ name, order, reason, target }) => `${name}: ${reason ?? order} (${target})`)
  }

  /** Reads what was committed. Returns what contradicts a promise, and what was decided now. */
  read(): { readonly violations: readonly string[]; readonly news: readonly string[] } {
    this.#rows = this.#server.rows<Row>(BOOKS)
    const violations = [...this.#rows.flatMap((row) => this.#judge(row)), ...this.#judgeMoney()]
    const news = this.#rows.filter((row) => isDecided(row) && !this.#decided.has(row.id))
    for (const row of news) this.#decided.set(row.id, row.outcome)
    return { violations, news: news.map(({ name, reason, order }) => `${name} ${reason ?? order}`) }
  }

  /** Nothing that was refunded is ours: checked after every command of the registry, since a create may take effect late. */
  judgeRefunded(): readonly string[] {
    return this.#rows
      .filter(({ order, name }) => order === 'failed' && this.#isOurs(name))
      .map(({ name, reason }) => `${name} has failed (${reason}) and is registered for us`)
  }

  #judge(row: Row): readonly string[] {
    const { id, name, order, outcome, escrowMinor, refunds, refundedMinor, priceMinor } = row
    const known = this.#decided.get(id)
    const isFailed = order === 'failed'
    const dueMinor = isDecided(row) ? 0n : priceMinor
    return [
      ...(known !== undefined && known !== outcome
        ? [`${name} was decided as "${known}" and is now "${outcome}"`]
        : []),
      ...(escrowMinor === dueMinor ? [] : [`${name}: ${escrowMinor} in escrow, due ${dueMinor}`]),
      ...(refunds === (isFailed ? 1 : 0) ? [] : [`${name} (${order}) has ${refunds} refunds`]),
      ...(refundedMinor === (isFailed ? priceMinor : 0n)
        ? []
        : [`${name} (${order}) was refunded ${refundedMinor}`]),
      ...(known === undefined && isDecided(row) ? this.#judgeTruth(row) : []),
    ]
  }

  #judgeTruth({ name, order, reason, target, listing }: Row): readonly string[] {
    const record = this.#registry.names.get(name)
    if (record === undefined) return [`${name} is unknown to the registry`]
    if (order === 'successful')
      return this.#isOurs(name) && target === 'registered' && listing === 'caught'
        ? []
        : [`${name} is successful (${target}, ${listing}) and is not registered for us`]
    const isTrue =
      reason !== null && (mayBe[reason]?.(record) ?? false) && target === reason && listing === reason
    return isTrue
      ? []
      : [`${name} failed as ${reason} (${target}, ${listing}), and is ${record.stage}, ${record.kind}`]
  }

  #judgeMoney(): readonly string[] {
    const [first] = this.#rows
    if (first === undefined) return []
    const spentMinor = this.#rows.reduce(
      (sum, { order, priceMinor }) => sum + (order === 'failed' ? 0n : priceMinor),
      0n,
    )
    const dueMinor = this.#balanceMinor - spentMinor
    return first.balanceMinor === dueMinor ? [] : [`the balance is ${first.balanceMinor}, due ${dueMinor}`]
  }

  #isOurs(name: string): boolean {
    return this.#registry.names.get(name)?.winner?.clID === CLID
  }
}
