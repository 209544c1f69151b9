import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { getCase } from '../../src/cases/read.ts'
import { chooseMeans } from '../../src/confirmations/choose-means.ts'
import { claimDueInfos } from '../../src/confirmations/claim-infos.ts'
import { type ConfirmationAnswer, recordAnswer } from '../../src/confirmations/record-answer.ts'
import type { Context } from '../../src/context.ts'
import { acquireLease, LeaseLost } from '../../src/leases.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmed, givenOpen, givenSecured, NAME, readListing, readTarget } from '../support/held.ts'
import { byRdap, readConfirmation, setRdapUrl, suspectAll } from '../support/suspects.ts'
import { contextOf, givenAccount, givenListings, givenStaff, REGISTRY_ACCOUNT } from '../support/world.ts'

async function refunds({ db }: Context): Promise<number> {
  return (await db.selectFrom('refund').select('id').execute()).length
}

async function answers({ db }: Context) {
  return db
    .selectFrom('confirmation_answer')
    .select(['verdict', 'decides', 'means'])
    .orderBy('asked_at')
    .execute()
}

/** An answer by `info` to the question that is due about the suspect. */
async function answerByInfo(ctx: Context, listingId: string, verdict: ConfirmationAnswer['verdict']) {
  expect(await chooseMeans(ctx)).toBe(1)
  const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
  const [due] = await claimDueInfos(ctx, REGISTRY_ACCOUNT, 10)
  if (lease === undefined || due === undefined) throw new Error('nothing is due')
  const { requestId } = due
  const asked = { requestId, registryAccountId: REGISTRY_ACCOUNT, clTRID: 'a', svTRID: 'b', lease } as const
  return { ...byRdap(listingId, verdict), ...asked, means: 'info' } as const
}

describe('a suspect that is still pending delete', () => {
  test('is no suspect any more and can be ordered again', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId } = await givenOpen(ctx)
      await suspectAll(ctx)
      const buyer = await givenAccount(ctx)
      await expect(placeBackorder(buyer, { name: NAME, payment: 'balance' })).rejects.toMatchObject({
        code: 'name_suspect',
      })
      expect(await recordAnswer(ctx, byRdap(listingId, 'pending_delete'))).toBe('cleared')
      expect(await readConfirmation(ctx)).toMatchObject({ suspect: false, result: 'pending_delete' })
      await placeBackorder(buyer, { name: NAME, payment: 'balance' })
    }))

  test('and becomes suspect again is another suspicion, about which an answer to the first decides nothing', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId } = await givenSecured(ctx)
      await suspectAll(ctx)
      await recordAnswer(ctx, byRdap(listingId, 'pending_delete'))
      await suspectAll(ctx)
      expect(await readConfirmation(ctx)).toMatchObject({
        suspicion: 2,
        suspect: true,
        closed_at: null,
        attempts: 0,
      })
      expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn', 1))).toBe('superseded')
      expect(await readListing(ctx)).toMatchObject({ state: 'open', suspect: true })
      expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn', 2))).toBe('withdrawn')
    }))
})

describe('a suspect that is withdrawn', () => {
  test('ends with its order, its target and one refund, and a repeated answer changes nothing', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId, backorderId } = await givenArmed(ctx)
      await suspectAll(ctx)
      expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))).toBe('withdrawn')
      expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))).toBe('superseded')
      expect(await readListing(ctx)).toMatchObject({ state: 'withdrawn', holder: backorderId })
      expect(await readTarget(ctx)).toMatchObject({ state: 'withdrawn', decided_basis: 'rdap' })
      expect(await refunds(ctx)).toBe(1)
      const events = ctx.db.selectFrom('event').select('data').where('topic', '=', 'backorder.failed')
      expect(await events.execute()).toMatchObject([{ data: { failure_reason: 'withdrawn' } }])
    }))

  test('by info shows the code of the answer with its order', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId } = await givenArmed(ctx)
      await suspectAll(ctx)
      await recordAnswer(ctx, { ...(await answerByInfo(ctx, listingId, 'withdrawn')), code: 1000 })
      expect(await readTarget(ctx)).toMatchObject({
        state: 'withdrawn',
        decided_basis: 'info',
        decided_code: 1000,
      })
    }))

  test('and is held unpaid expires its order', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId } = await givenOpen(ctx)
      await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'card' })
      await suspectAll(ctx)
      await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))
      const orders = ctx.db.selectFrom('backorder').select(['state', 'expired_reason'])
      expect(await orders.execute()).toEqual([{ state: 'expired', expired_reason: 'listing_ended' }])
      expect(await readListing(ctx)).toMatchObject({ state: 'withdrawn', holder: null })
    }))

  test('while its drop has begun is left to the catcher', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { listingId, targetId } = await givenArmed(ctx)
      await suspectAll(ctx)
      await beginFiring(ctx, [targetId])
      expect(await readConfirmation(ctx)).toMatchObject({ result: 'ended', suspect: true })
      expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))).toBe('superseded')
      expect(await readTarget(ctx)).toMatchObject({ state: 'firing' })
      expect(await refunds(ctx)).toBe(0)
    }))
})

test('a suspect that a later list carries again needs no answer', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenSecured(ctx)
    await suspectAll(ctx)
    await givenListings(ctx, { names: [NAME], scope: 'snapshot' })
    expect(await readConfirmation(ctx)).toMatchObject({ suspect: false, result: 'listed' })
    expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))).toBe('superseded')
    expect(await readListing(ctx)).toMatchObject({ state: 'open' })
  }))

describe('without a decision', () => {
  test.each(['gone', 'undecided'] as const)(
    '(%s) the holder keeps the name, and the next means is used',
    (verdict) =>
      rolledBack(async (tx) => {
        const ctx = contextOf(tx)
        const { listingId } = await givenSecured(ctx)
        await setRdapUrl(ctx)
        await suspectAll(ctx)
        const info = await answerByInfo(ctx, listingId, verdict)
        expect(await readConfirmation(ctx)).toMatchObject({ means: 'info', held: true })
        expect(await recordAnswer(ctx, info)).toBe('undecided')
        const next = await readConfirmation(ctx)
        expect(next).toMatchObject({ means: 'rdap', rdap_host: 'rdap.test', attempts: 1, closed_at: null })
        // Nothing is left to ask by info until RDAP gave no decision either.
        expect(await claimDueInfos(ctx, REGISTRY_ACCOUNT, 10)).toEqual([])
        await recordAnswer(ctx, byRdap(listingId, 'undecided'))
        const again = await readConfirmation(ctx)
        expect(again).toMatchObject({ means: 'info', attempts: 2 })
        expect(again.try_after.getTime()).toBeGreaterThan(next.try_after.getTime() + 20_000)
        expect(await readListing(ctx)).toMatchObject({ state: 'open', suspect: true })
        expect(await refunds(ctx)).toBe(0)
      }),
  )

  test('a registry that cannot be asked at all keeps the suspect', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenSecured(ctx)
      await sql`update registry set confirm_by = '{rdap}'`.execute(tx)
      await suspectAll(ctx)
      expect(await chooseMeans(ctx)).toBe(1)
      expect(await readConfirmation(ctx)).toMatchObject({ means: null, closed_at: null })
      expect(await chooseMeans(ctx)).toBe(0)
    }))

  test('a request that no catcher serves in time is followed by the other means, and stays answerable', () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenSecured(ctx)
      await setRdapUrl(ctx)
      await suspectAll(ctx)
      await chooseMeans(ctx)
      await sql`update confirmation set try_after = statement_timestamp() - interval '1 second'`.execute(tx)
      await chooseMeans(ctx)
      expect(await readConfirmation(ctx)).toMatchObject({ means: 'rdap' })
      expect(await claimDueInfos(ctx, REGISTRY_ACCOUNT, 10)).toHaveLength(1)
    }))
})

test('a catcher without its lease records nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenSecured(ctx)
    await suspectAll(ctx)
    const { lease, ...info } = await answerByInfo(ctx, listingId, 'withdrawn')
    const lost = { ...lease, epoch: lease.epoch - 1n }
    await expect(recordAnswer(ctx, { ...info, lease: lost })).rejects.toThrow(LeaseLost)
    expect(await answers(ctx)).toEqual([])
    expect(await claimDueInfos(ctx, REGISTRY_ACCOUNT, 10)).toHaveLength(1)
  }))

test('of 20 answers at once one decides, and the holder is refunded once', async () => {
  const clone = await cloneDatabase({ connectionsMax: 12 })
  try {
    const ctx = contextOf(clone.db)
    const { listingId } = await givenArmed(ctx)
    await suspectAll(ctx)
    const recorded = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        recordAnswer(ctx, byRdap(listingId, index % 2 === 0 ? 'withdrawn' : 'pending_delete')),
      ),
    )
    expect(recorded.filter((each) => each !== 'superseded')).toHaveLength(1)
    expect((await answers(ctx)).filter(({ decides }) => decides)).toHaveLength(1)
    expect(await refunds(ctx)).toBe(recorded.includes('withdrawn') ? 1 : 0)
  } finally {
    await clone.drop()
  }
})

test('a reseller sees by what a name without a target was withdrawn, and its case says so', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, buyer, backorderId } = await givenSecured(ctx)
    await suspectAll(ctx)
    expect(await recordAnswer(ctx, byRdap(listingId, 'withdrawn'))).toBe('withdrawn')
    expect(await getBackorder(buyer, backorderId)).toMatchObject({
      state: 'failed',
      evidence: { outcome: 'withdrawn', basis: 'rdap', decidedCode: 200 },
    })
    const { timeline } = await getCase(await givenStaff(ctx, 'operator'), backorderId)
    expect(timeline.filter(({ kind }) => kind === 'withdrawn')).toMatchObject([
      { means: 'rdap', code: 200, finding: 'a test' },
    ])
  }))
