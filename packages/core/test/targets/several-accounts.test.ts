import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import { stateOverTries } from '@droplock/rules/drop/several-accounts'
import type { FailureReason } from '@droplock/rules/machines/backorder'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { acquireLease, type Lease, noteDriven, releaseLease } from '../../src/leases.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import { followMoves } from '../../src/schedule/follow-moves.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { askAgainForSilent } from '../../src/targets/conclude.ts'
import { listUndecidedTargets } from '../../src/targets/read.ts'
import { markAmbiguous, markAwaitingAward, recordAttempts, resumeFiring } from '../../src/targets/record.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets } from '../support/drop.ts'
import { contextOf, REGISTRY, REGISTRY_ACCOUNT } from '../support/world.ts'

const SECOND = `${REGISTRY}/second`

type World = {
  readonly ctx: Context
  readonly target: { readonly id: string; readonly listing_id: string }
  readonly first: Lease
  readonly second: Lease
}

/** A target that two accounts of ours try. */
function withTwo(check: (world: World) => Promise<void>): Promise<void> {
  return rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    if (target === undefined) throw new Error('no target')
    await defineRegistry(asService(ctx), {
      id: REGISTRY,
      profile: 'generic',
      zones: [],
      accounts: [
        { id: SECOND, clid: 'second', hosts: [{ host: '127.0.0.1', port: 7700 }], isSimulator: true },
      ],
    })
    const first = await drive(ctx, REGISTRY_ACCOUNT)
    const second = await drive(ctx, SECOND)
    for (const lease of [first, second])
      expect(await beginFiring(ctx, [target.id], lease)).toEqual([target.id])
    await check({ ctx, target, first, second })
  })
}

async function drive(ctx: Context, accountId: string): Promise<Lease> {
  const lease = await acquireLease(ctx, accountId, ctx.newId(), 60_000)
  if (lease === undefined) throw new Error('the lease was not acquired')
  await noteDriven(ctx, lease)
  return lease
}

function find(
  { ctx, target }: World,
  lease: Lease,
  outcome: FailureReason,
  basis: OutcomeBasis,
  shown: { readonly clid?: string; readonly crDate?: Date; readonly clTRID?: string } = {},
): Promise<boolean> {
  return recordOutcome(ctx, {
    targetId: target.id,
    listingId: target.listing_id,
    arming: 1,
    registryAccountId: lease.accountId,
    lease,
    code: null,
    basis,
    outcome,
    holderClid: shown.clid ?? null,
    holderCrDate: shown.crDate,
    decidingClTRID: shown.clTRID,
    attempts: [],
  })
}

const readTarget = ({ ctx }: World) => ctx.db.selectFrom('catch_target').selectAll().executeTakeFirstOrThrow()

const stateOf = async (world: World) => (await readTarget(world)).state

/** The account has sent nothing for this long. */
async function silence({ ctx }: World, lease: Lease, seconds: number): Promise<void> {
  await releaseLease(ctx, lease)
  await sql`update registry_account set driven_until = clock_timestamp() - make_interval(secs => ${seconds})
    where id = ${lease.accountId}`.execute(ctx.db)
}

test('each account has its own try, and the target the state of all of them', () =>
  withTwo(async (world) => {
    const { ctx, target, first, second } = world
    const steps = [
      [markAmbiguous, first, ['ambiguous', 'firing']],
      [markAwaitingAward, second, ['ambiguous', 'awaiting_award']],
      [resumeFiring, first, ['firing', 'awaiting_award']],
      [markAmbiguous, first, ['ambiguous', 'awaiting_award']],
      [markAwaitingAward, first, ['awaiting_award', 'awaiting_award']],
    ] as const
    for (const [step, lease, states] of steps) {
      await step(ctx, [target.id], lease)
      const tries = await ctx.db
        .selectFrom('target_try')
        .select('state')
        .orderBy('registry_account_id')
        .execute()
      expect(tries.map(({ state }) => state)).toEqual(states)
      expect(await stateOf(world)).toBe(stateOverTries(states))
    }
  }))

test('the catcher of an account sees what its own account does, not what the others do', () =>
  withTwo(async (world) => {
    const { ctx, target, first, second } = world
    await markAmbiguous(ctx, [target.id], first)
    const statesOf = async ({ accountId: id }: Lease) =>
      (await listUndecidedTargets(ctx, { id, registryId: REGISTRY }, new Date('9000-01-01'))).map(
        ({ state }) => state,
      )
    expect(await statesOf(first)).toEqual(['ambiguous'])
    expect(await statesOf(second)).toEqual(['firing'])
    await find(world, second, 'refused', 'create')
    expect(await statesOf(second)).toEqual([])
  }))

test('an account that begins later than another one has not sent anything yet', () =>
  withTwo(async (world) => {
    const { ctx, target, second } = world
    await sql`delete from target_try where registry_account_id = ${SECOND}`.execute(ctx.db)
    const own = { id: SECOND, registryId: REGISTRY }
    const [seen] = await listUndecidedTargets(ctx, own, new Date('9000-01-01'))
    expect(seen).toMatchObject({ id: target.id, state: 'armed' })
    expect(await beginFiring(ctx, [target.id], second)).toEqual([target.id])
  }))

test('a drop of which no account has a try, since an earlier release began it, is asked about before anything is created', () =>
  withTwo(async ({ ctx }) => {
    await sql`delete from target_try`.execute(ctx.db)
    for (const state of ['firing', 'ambiguous', 'awaiting_award'] as const) {
      await ctx.db.updateTable('catch_target').set({ state }).execute()
      for (const id of [REGISTRY_ACCOUNT, SECOND]) {
        const listed = await listUndecidedTargets(ctx, { id, registryId: REGISTRY }, new Date('9000-01-01'))
        expect(listed).toMatchObject([{ state }])
      }
    }
  }))

test('a win is settled with the account that holds the name, whichever of ours found it', () =>
  withTwo(async (world) => {
    const { ctx, target, first } = world
    const crDate = new Date()
    const won = await recordOutcome(ctx, {
      targetId: target.id,
      listingId: target.listing_id,
      registryAccountId: first.accountId,
      lease: first,
      heldBy: SECOND,
      code: 1000,
      basis: 'info',
      outcome: 'registered',
      crDate,
      holderClid: 'second',
      attempts: [],
    })
    expect(won).toBe(true)
    expect(await readTarget(world)).toMatchObject({ decided_by: REGISTRY_ACCOUNT, holder_clid: 'second' })
    for (const table of ['registration', 'registry_charge'] as const)
      expect(await ctx.db.selectFrom(table).select('registry_account_id').execute()).toEqual([
        { registry_account_id: SECOND },
      ])
    expect(await ctx.db.selectFrom('target_try').selectAll().execute()).toEqual([])
  }))

test('what one account found is held back until the last one has ended; then the one that says most counts', () =>
  withTwo(async (world) => {
    const { ctx, first, second } = world
    expect(await find(world, first, 'refused', 'create')).toBe(false)
    expect(await stateOf(world)).toBe('firing')
    expect(await proveLedger(ctx.db)).toMatchObject({ escrowMinor: { USD: 1_900n } })
    expect(await find(world, second, 'missed', 'info')).toBe(true)
    expect(await readTarget(world)).toMatchObject({ state: 'refused', decided_by: REGISTRY_ACCOUNT })
    expect(await proveLedger(ctx.db)).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
  }))

test('a registration by somebody else that info shows ends the target at once', () =>
  withTwo(async (world) => {
    const { first } = world
    expect(await find(world, first, 'lost', 'info', { clid: 'rival', crDate: new Date() })).toBe(true)
    expect(await stateOf(world)).toBe('lost')
  }))

test('while an account is driven nothing that info shows of the name alone ends the target; a minute after it was last driven it does', () =>
  withTwo(async (world) => {
    const { ctx, first, second } = world
    expect(await find(world, first, 'missed', 'info')).toBe(false)
    await silence(world, second, 50)
    await askAgainForSilent(ctx, first)
    const [waits] = await ctx.db
      .selectFrom('target_try')
      .select('state')
      .where('state', '=', 'ended')
      .execute()
    expect(waits).toBeDefined()
    await silence(world, second, 61)
    await sql`update target_try set changed_at = changed_at - interval '5 minutes'`.execute(ctx.db)
    await askAgainForSilent(ctx, first)
    expect(await stateOf(world)).toBe('ambiguous')
    expect(await find(world, first, 'missed', 'info')).toBe(true)
    expect(await stateOf(world)).toBe('missed')
  }))

test('what an account finds while the schedule moves is held back too, for what another one sent before the move; it tries the new window', () =>
  withTwo(async (world) => {
    const { ctx, target, first, second } = world
    await sql`update listing set state = 'closed'`.execute(ctx.db)
    await inTransaction(ctx.db, (tx) => followMoves(tx, ctx, [target.listing_id], [target.listing_id]))
    expect(await readTarget(world)).toMatchObject({ state: 'armed', arming: 2 })
    expect(await find(world, first, 'refused', 'create')).toBe(false)
    const own = { id: first.accountId, registryId: REGISTRY }
    expect(await listUndecidedTargets(ctx, own, new Date('9000-01-01'))).toMatchObject([{ state: 'armed' }])
    expect(await find(world, second, 'premium', 'fee_check')).toBe(true)
    expect(await readTarget(world)).toMatchObject({ state: 'premium', decided_by: SECOND })
    expect(await proveLedger(ctx.db)).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
  }))

/** An `info` of the account found the name unregistered so many seconds ago. */
async function seeFree(
  { ctx, target }: World,
  { accountId }: Lease,
  secondsAgo: number,
  clTRID = ctx.newId(),
): Promise<void> {
  const sentAt = new Date(Date.now() - 1_000 * secondsAgo)
  const answer = { outcome: 'answered', code: 2303, message: 'no', svTRID: 'sv', roundTripUs: 1 } as const
  const about = { targetId: target.id, registryAccountId: accountId, command: 'info' } as const
  await recordAttempts(ctx.db, [{ ...about, ...answer, clTRID, sentAt, answeredAt: sentAt }])
}

test('a refusal ends a target that a silent account tried too, once info has shown since then that nobody holds the name', () =>
  withTwo(async (world) => {
    const { ctx, first, second } = world
    expect(await find(world, first, 'refused', 'fee_check')).toBe(false)
    await silence(world, second, 70)
    await sql`update target_try set changed_at = changed_at - interval '5 minutes'`.execute(ctx.db)
    await seeFree(world, first, 20)
    await askAgainForSilent(ctx, first)
    // That was before the account counted as silent.
    expect(await find(world, first, 'refused', 'fee_check')).toBe(false)
    await seeFree(world, first, 5)
    expect(await find(world, first, 'refused', 'fee_check')).toBe(true)
    expect(await readTarget(world)).toMatchObject({ state: 'refused', decided_by: REGISTRY_ACCOUNT })
    expect(await proveLedger(ctx.db)).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
  }))

test.each(['create', 'fee_check'] as const)(
  'a refusal by %s that comes after another account fell silent is asked about once, and then ends the target',
  (basis) =>
    withTwo(async (world) => {
      const { ctx, first, second } = world
      await silence(world, second, 600)
      expect(await find(world, first, 'refused', basis)).toBe(false)
      expect(await stateOf(world)).toBe('firing')
      await askAgainForSilent(ctx, first)
      expect(await stateOf(world)).toBe('ambiguous')
      // The registry did not say who holds the name.
      expect(await find(world, first, 'refused', basis)).toBe(false)
      await askAgainForSilent(ctx, first)
      expect(await stateOf(world)).toBe('firing')
      await seeFree(world, first, 5)
      expect(await find(world, first, 'refused', basis)).toBe(true)
      expect(await proveLedger(ctx.db)).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
    }),
)

test('an info that was sent before another account counted as silent decides nothing for it, however late that is written', () =>
  withTwo(async (world) => {
    const { ctx, first, second } = world
    await silence(world, second, 70)
    await seeFree(world, first, 20, 'EARLY')
    expect(await find(world, first, 'missed', 'info', { clTRID: 'EARLY' })).toBe(false)
    await askAgainForSilent(ctx, first)
    expect(await stateOf(world)).toBe('ambiguous')
    await seeFree(world, first, 5, 'LATE')
    expect(await find(world, first, 'missed', 'info', { clTRID: 'LATE' })).toBe(true)
  }))

test('what is presumed waits for an account that is no longer driven, and its catcher does not ask for ever', () =>
  withTwo(async (world) => {
    const { ctx, first, second } = world
    await silence(world, second, 600)
    expect(await find(world, first, 'lost', 'presumed')).toBe(false)
    await askAgainForSilent(ctx, first)
    expect(await stateOf(world)).toBe('firing')
  }))

test('a successor of the account that died decides for it, and then the target ends', () =>
  withTwo(async (world) => {
    const { ctx, target, first, second } = world
    expect(await find(world, first, 'missed', 'info')).toBe(false)
    await releaseLease(ctx, second)
    const successor = await drive(ctx, SECOND)
    await markAmbiguous(ctx, [target.id], successor)
    expect(await stateOf(world)).toBe('ambiguous')
    expect(await find(world, successor, 'lost', 'info')).toBe(true)
    expect(await stateOf(world)).toBe('lost')
  }))
