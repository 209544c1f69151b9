import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { topUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { closeDue, endUnsold } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { prepareTargets } from '../../src/targets/prepare.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { outcomeOf } from '../support/drop.ts'
import { givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'

/** Few names and little money, so that steps interact: names are contested, balances run out, names are listed again. */
export const NAMES = ['a.test', 'b.test', 'c.test'] as const
export const ACCOUNTS = 3
const BALANCE_MINOR = 4n * PRICE_MINOR

const PRIOR_CR_DATE = new Date('2025-01-01T00:00:00Z')
const CR_DATE = new Date('2026-11-24T12:00:00Z')

/** One action. `account` is an index; `pick` is an index into the targets, undecided ones first. */
export type Step =
  | {
      readonly kind: 'list'
      readonly names: readonly string[]
      readonly hours: number
      readonly snapshot: boolean
    }
  | { readonly kind: 'place'; readonly name: string; readonly account: number }
  | { readonly kind: 'top_up'; readonly account: number }
  | { readonly kind: 'reach_cut_off'; readonly names: readonly string[]; readonly swept: boolean }
  | { readonly kind: 'reach_drop_end'; readonly names: readonly string[] }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'prepare'; readonly pick: number }
  | { readonly kind: 'fire' }
  | { readonly kind: 'mark_ambiguous'; readonly pick: number }
  | { readonly kind: 'settle'; readonly pick: number; readonly outcome: Outcome }

type Sequence = { readonly ctx: Context; readonly accounts: readonly AccountContext[] }

export async function startSequence(ctx: Context): Promise<Sequence> {
  await givenRegistry(ctx)
  const accounts: AccountContext[] = []
  while (accounts.length < ACCOUNTS) accounts.push(await givenAccount(ctx, { balanceMinor: BALANCE_MINOR }))
  await givenListings(ctx, { names: NAMES })
  return { ctx, accounts }
}

/** Does a step. Throws what the use case throws: a Refusal, or IllegalTransition where the step is not possible now. */
export async function doStep({ ctx, accounts }: Sequence, step: Step): Promise<unknown> {
  switch (step.kind) {
    case 'list':
      return givenListings(ctx, {
        names: step.names,
        purgeAt: new Date(Date.now() + step.hours * 3_600_000),
        scope: step.snapshot ? 'snapshot' : 'increment',
      })
    case 'place':
      return placeBackorder(accountAt(accounts, step.account), { name: step.name, payment: 'balance' })
    case 'top_up': {
      const { accountId } = accountAt(accounts, step.account).actor
      return topUp(ctx, { accountId, amountMinor: PRICE_MINOR, receiptId: ctx.newId() })
    }
    case 'reach_cut_off':
      await reach(ctx, step.names, ['cutoff_at'])
      return step.swept ? closeDue(ctx) : undefined
    case 'reach_drop_end':
      return reach(ctx, step.names, ['cutoff_at', 'drop_from', 'drop_to'])
    case 'sweep':
      await closeDue(ctx)
      return endUnsold(ctx)
    case 'fire':
      return beginFiring(ctx, await armedIds(ctx))
    default:
      return onTarget(ctx, step)
  }
}

async function armedIds(ctx: Context): Promise<readonly string[]> {
  const armed = await ctx.db.selectFrom('catch_target').select('id').where('state', '=', 'armed').execute()
  return armed.map(({ id }) => id)
}

type TargetStep = Extract<Step, { readonly pick: number }>

/** Does nothing where there are fewer targets. A decided target may be picked, and must not change. */
async function onTarget(ctx: Context, step: TargetStep): Promise<unknown> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .orderBy(sql`decided_at is not null`)
    .orderBy('id')
    .offset(step.pick)
    .limit(1)
    .executeTakeFirst()
  if (target === undefined) return undefined
  switch (step.kind) {
    case 'prepare':
      return prepareTargets(ctx, [
        {
          targetId: target.id,
          priorClid: 'droplock',
          priorCrDate: PRIOR_CR_DATE,
          priorUpdatedAt: null,
          priorRoid: null,
        },
      ])
    case 'mark_ambiguous':
      return markAmbiguous(ctx, [target.id])
    case 'settle':
      return recordOutcome(ctx, outcomeOf(target.id, target.listing_id, step.outcome, CR_DATE))
  }
}

/** Moves the given instants of the live listings to now. */
async function reach(
  ctx: Context,
  names: readonly string[],
  instants: readonly ('cutoff_at' | 'drop_from' | 'drop_to')[],
) {
  const now = sql<Date>`clock_timestamp()`
  await ctx.db
    .updateTable('listing')
    .set(Object.fromEntries(instants.map((instant) => [instant, now])))
    .where('name', 'in', names)
    .where('ended_at', 'is', null)
    .where('cutoff_at', '>', now)
    .execute()
}

function accountAt(accounts: readonly AccountContext[], index: number): AccountContext {
  const account = accounts[index]
  if (account === undefined) throw new Error(`no account ${index}`)
  return account
}
