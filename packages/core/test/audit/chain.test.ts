import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listAlarms } from '../../src/alarms/read.ts'
import { canonicalJson, entryHash } from '../../src/audit/chain.ts'
import { listAudit } from '../../src/audit/read.ts'
import { recordAudit } from '../../src/audit/record.ts'
import { verifyAuditChain } from '../../src/audit/verify.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { proveBooks } from '../../src/reconciliation/run.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenStaff } from '../support/world.ts'

async function record(ctx: Context, by: StaffContext, subjectId: string) {
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      by: by.actor,
      action: 'listing.overridden',
      subjectType: 'listing',
      subjectId,
      reason: 'a reason',
      before: {
        at: new Date('2026-11-24T12:00:00.123Z'),
        amount: 9_007_199_254_740_993n,
        nested: { b: 1, a: [null] },
      },
      after: { é: 'ü' },
    }),
  )
}

test('a value has one canonical text: sorted keys, no spaces, absent keys left out', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }], e: undefined })).toBe(
    '{"a":[{"c":"x","d":null}],"b":1}',
  )
})

test('recorded entries read back, newest first, and the chain is whole', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    await record(ctx, ann, 'one')
    await record(ctx, ann, 'two')
    expect(await verifyAuditChain(tx)).toEqual({ entries: 3, breaks: [], breaksTotal: 0 })
    const { items, total } = await listAudit(ann, { offset: 0, limit: 1, subjectType: 'listing' })
    expect(total).toBe(2)
    expect(items).toMatchObject([
      {
        seq: 3,
        actorName: ann.actor.email,
        subjectId: 'two',
        reason: 'a reason',
        before: { at: '2026-11-24T12:00:00.123Z', amount: '9007199254740993', nested: { a: [null], b: 1 } },
      },
    ])
  }))

test('100 entries written at once make one chain without a fork or a gap', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    const ann = await givenStaff(ctx, 'operator')
    await Promise.all(Array.from({ length: 100 }, (_, index) => record(ctx, ann, String(index))))
    expect(await verifyAuditChain(clone.db)).toEqual({ entries: 101, breaks: [], breaksTotal: 0 })
  } finally {
    await clone.drop()
  }
})

type Tampering = readonly [what: string, statement: string, seq: number, fault: string]
const tamperings: readonly Tampering[] = [
  ['a changed reason', `update audit_entry set reason = 'another' where seq = 3`, 3, 'hash_differs'],
  ['a changed fact', `update audit_entry set after = '{"é": "u"}' where seq = 2`, 2, 'hash_differs'],
  ['a changed time', `update audit_entry set at = at - interval '1 hour' where seq = 4`, 4, 'hash_differs'],
  ['another person', `update audit_entry set actor_name = 'x' where seq = 2`, 2, 'hash_differs'],
  ['a missing entry', `delete from audit_entry where seq = 3`, 3, 'missing'],
  ['a missing end', `delete from audit_entry where seq > 2`, 3, 'cut_off'],
]
for (const [what, statement, seq, fault] of tamperings) {
  test(`${what} is found, even where triggers and constraints were disabled`, () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const ann = await givenStaff(ctx, 'operator')
      for (const subject of ['one', 'two', 'three']) await record(ctx, ann, subject)
      await sql`drop trigger audit_is_append_only on audit_entry`.execute(tx)
      await sql`alter table audit_entry drop constraint audit_entry_follows_another`.execute(tx)
      await sql.raw(statement).execute(tx)
      expect(await verifyAuditChain(tx)).toMatchObject({ breaks: [{ seq, fault }], breaksTotal: 1 })
    }))
}

test('a break hides no later one: every break is reported', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    for (const subject of ['two', 'three', 'four', 'five', 'six', 'seven']) await record(ctx, ann, subject)
    await sql`drop trigger audit_is_append_only on audit_entry`.execute(tx)
    await sql`alter table audit_entry drop constraint audit_entry_follows_another`.execute(tx)
    await sql`update audit_entry set reason = 'another' where seq in (2, 4)`.execute(tx)
    await sql`delete from audit_entry where seq = 6`.execute(tx)
    expect(await verifyAuditChain(tx)).toEqual({
      entries: 6,
      breaks: [
        { seq: 2, fault: 'hash_differs' },
        { seq: 4, fault: 'hash_differs' },
        { seq: 6, fault: 'missing' },
      ],
      breaksTotal: 3,
    })
  }))

test('an entry that was changed and hashed again no longer links to the next', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    for (const subject of ['two', 'three', 'four']) await record(ctx, ann, subject)
    await sql`drop trigger audit_is_append_only on audit_entry`.execute(tx)
    await sql`alter table audit_entry drop constraint audit_entry_follows_another`.execute(tx)
    const entry = await tx
      .selectFrom('audit_entry')
      .selectAll()
      .where('seq', '=', 3n)
      .executeTakeFirstOrThrow()
    const hash = entryHash(entry.prev_hash, { ...entry, reason: 'another' })
    await tx.updateTable('audit_entry').set({ reason: 'another', hash }).where('seq', '=', 3n).execute()
    expect(await verifyAuditChain(tx)).toMatchObject({ breaks: [{ seq: 4, fault: 'unlinked' }] })
  }))

test('a break raises an alarm when the invariants are proven, and the alarm closes once the chain is whole again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    const admin = await givenStaff(ctx, 'admin')
    for (const subject of ['three', 'four']) await record(ctx, ann, subject)
    await proveInvariants(admin)
    expect(await listAlarms(admin, { offset: 0, limit: 9 })).toMatchObject({ total: 0 })
    await sql`drop trigger audit_is_append_only on audit_entry`.execute(tx)
    await sql`update audit_entry set reason = 'another' where seq >= 3`.execute(tx)
    expect(await proveInvariants(admin)).toMatchObject({ holds: false })
    await proveBooks(ctx)
    expect((await listAlarms(admin, { offset: 0, limit: 9 })).items).toMatchObject([
      { kind: 'audit_chain_broken', facts: { breaks: 2, first: '3 hash_differs, 4 hash_differs' } },
    ])
    await sql`update audit_entry set reason = 'a reason' where seq >= 3`.execute(tx)
    await proveInvariants(admin)
    expect(await listAlarms(admin, { offset: 0, limit: 9 })).toMatchObject({ total: 0 })
  }))

test('text that cannot be stored never breaks the chain: what is hashed is what is stored', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    const illFormed = 'a\0b \ud800 \udc00\x07'
    await inTransaction(tx, (part) =>
      recordAudit(part, {
        by: { ...ann.actor, email: `${illFormed}@example.test` },
        action: 'listing.overridden',
        subjectType: 'listing',
        subjectId: illFormed,
        reason: illFormed,
        before: { [illFormed]: illFormed, nested: { deep: [illFormed] } },
        after: { kept: 'ż 😀' },
      }),
    )
    expect(await verifyAuditChain(tx)).toEqual({ entries: 2, breaks: [], breaksTotal: 0 })
    const reader = await givenStaff(ctx, 'admin')
    const { items } = await listAudit(reader, { offset: 0, limit: 1, subjectType: 'listing' })
    const kept = 'a\ufffdb \ufffd \ufffd\ufffd'
    expect(items).toMatchObject([
      { subjectId: kept, reason: kept, before: { [kept]: kept, nested: { deep: [kept] } } },
    ])
  }))

test('a change that fails leaves no entry', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ann = await givenStaff(ctx, 'operator')
    const failing = inTransaction(tx, async (part) => {
      await recordAudit(part, {
        by: ann.actor,
        action: 'refund.proposed',
        subjectType: 'refund',
        subjectId: 'x',
      })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await verifyAuditChain(tx)).toEqual({ entries: 1, breaks: [], breaksTotal: 0 })
  }))
