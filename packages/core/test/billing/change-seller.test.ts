import { expect, onTestFinished, test } from 'vitest'
import { changeSeller, getSeller, setSeller } from '../../src/billing/seller.ts'
import { issueInvoice } from '../../src/invoices/issue.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenInvoiceable, SELLER } from '../support/invoices.ts'
import { untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenStaff } from '../support/world.ts'

async function givenDatabase() {
  const clone = await cloneDatabase({ connectionsMax: 4 })
  onTestFinished(clone.drop)
  return {
    db: clone.db,
    ctx: contextOf(clone.db),
    approver: await givenStaff(contextOf(clone.db), 'finance_approver'),
  }
}

const said = (legalName: string) => ({ seller: { ...SELLER, legalName }, reason: 'the first time' })

test('the mode does not change while an invoice is issued: the change waits, and is then refused', async () => {
  const { db, ctx, approver } = await givenDatabase()
  const { backorderId } = await givenInvoiceable(ctx, { mode: 'test' })
  const change = { seller: SELLER, reason: 'live from now on' }
  const changed = await db.transaction().execute(async (tx) => {
    const { invoice } = await issueInvoice(tx, ctx, { backorderId })
    expect(invoice.mode).toBe('test')
    const asked = changeSeller(approver, change).catch((error: unknown) => error)
    await untilOneWaits(db)
    return { asked }
  })
  expect(await changed.asked).toMatchObject({ code: 'seller_mode_is_final', facts: { mode: 'test' } })
  expect(await getSeller(approver)).toMatchObject({ mode: 'test' })
})

test('the mode can be corrected before the first invoice', async () => {
  const { ctx, approver } = await givenDatabase()
  await setSeller(ctx, { ...SELLER, mode: 'test' })
  await changeSeller(approver, { seller: SELLER, reason: 'it is the live one' })
  expect(await getSeller(approver)).toMatchObject({ mode: 'live' })
})

test('of two changes of the seller at once the second sees the first, and the audit has both', async () => {
  const { db, approver } = await givenDatabase()
  const { second } = await db.transaction().execute(async (tx) => {
    await changeSeller({ ...approver, db: tx }, said('First'))
    const asked = changeSeller(approver, said('Second'))
    await untilOneWaits(db)
    return { second: asked }
  })
  await second
  const entries = await db
    .selectFrom('audit_entry')
    .select(['before', 'after'])
    .where('action', '=', 'seller.set')
    .orderBy('seq')
    .execute()
  expect(entries).toMatchObject([
    { before: null, after: { legal_name: 'First' } },
    { before: { legal_name: 'First' }, after: { legal_name: 'Second' } },
  ])
})
