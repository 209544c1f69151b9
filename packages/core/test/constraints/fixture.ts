import { sql, type Transaction } from 'kysely'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import type { ConstraintName, Database } from '../../src/database/tables.gen.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  ZONE,
  zone,
} from '../support/world.ts'

/** The fewest rows with which every guarantee can be broken: one free name, and one secured name with a firing target. */
export type Fixture = {
  readonly tx: Transaction<Database>
  readonly ctx: Context
  readonly buyer: AccountContext
  readonly staffId: string
  /** An open listing that nobody holds. */
  readonly free: { readonly listingId: string; readonly name: string }
  /** The buyer's name, its target firing. */
  readonly held: {
    readonly listingId: string
    readonly name: string
    readonly backorderId: string
    readonly paymentId: string
    readonly targetId: string
  }
}

export async function givenFixture(tx: Transaction<Database>): Promise<Fixture> {
  const ctx = contextOf(tx)
  await unwatchMachines(tx)
  await givenRegistry(ctx, [zone({ prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }] })])
  await givenListings(ctx, { names: ['held.test'] })
  const buyer = await givenAccount(ctx)
  const backorder = await placeBackorder(buyer, { name: 'held.test', payment: 'balance' })
  await sql`update listing set cutoff_at = clock_timestamp()`.execute(tx)
  await closeDue(ctx)
  const target = await tx.selectFrom('catch_target').select('id').executeTakeFirstOrThrow()
  await beginFiring(ctx, [target.id])
  await givenListings(ctx, { names: ['free.test'] })
  const free = await tx
    .selectFrom('listing')
    .select('id')
    .where('zone', '=', ZONE)
    .where('holder', 'is', null)
    .executeTakeFirstOrThrow()
  const staff = await givenStaff(ctx, 'finance')
  const payment = await tx.selectFrom('payment').select('id').executeTakeFirstOrThrow()
  return {
    tx,
    ctx,
    buyer,
    staffId: staff.actor.staffId,
    free: { listingId: free.id, name: 'free.test' },
    held: {
      listingId: backorder.listingId,
      name: 'held.test',
      backorderId: backorder.id,
      paymentId: payment.id,
      targetId: target.id,
    },
  }
}

/** A guarantee of the schema, and a write that violates it: refused by the constraint, and done once that is dropped. */
export type Violation = {
  readonly table: string
  /** The constraint, unique index or trigger in the catalog. */
  readonly constraint: ConstraintName
  /** The name in the error, where one trigger raises several names. */
  readonly refusesAs?: ConstraintName
  /** What the constraint ensures: the test's name. */
  readonly guarantee: string
  /** Other constraints that would refuse the same write. They are dropped first, so that this one is tested alone. */
  readonly backstops?: readonly (readonly [table: string, constraint: ConstraintName])[]
  readonly violate: (fixture: Fixture) => Promise<unknown>
}
