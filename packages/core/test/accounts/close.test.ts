import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { openAccount, setWatchLimit, switchAccount } from '../../src/accounts/administer.ts'
import { closeAccount } from '../../src/accounts/close.ts'
import { getAccount, listAccounts } from '../../src/accounts/read.ts'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { issueApiKey, listApiKeys } from '../../src/api-keys.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { recordBankTransfer } from '../../src/bank-transfers/record.ts'
import { actFor, asService } from '../../src/context.ts'
import { lockListingByName } from '../../src/locks.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { dropAll } from '../support/drop.ts'
import { untilAnswered, untilOneWaits } from '../support/waiting.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

const reason = 'the contract ended'

test('an account is closed when it is suspended, empty and has nothing open; then it gets nothing more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['a.test'] })
    const admin = await givenStaff(ctx, 'admin')
    const approver = await givenStaff(ctx, 'finance_approver')
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const { accountId } = buyer.actor
    await setCreditLimit(approver, { accountId, limitMinor: PRICE_MINOR, reason })
    await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
    const close = () => closeAccount(admin, { accountId, reason })
    await expect(close()).rejects.toMatchObject({ code: 'account_not_suspended' })
    await switchAccount(admin, { accountId, enabled: false, reason })
    await expect(close()).rejects.toMatchObject({ code: 'account_has_open_orders', facts: { open: 1 } })
    await dropAll(ctx, 'registered')
    const owed = { amount_minor: -Number(PRICE_MINOR), currency: 'USD' }
    await expect(close()).rejects.toMatchObject({ code: 'account_has_balance', facts: { balance: owed } })
    const transfer = {
      accountId,
      amountMinor: PRICE_MINOR,
      currency: 'USD',
      bankReference: 'RE 1',
      note: 'paid',
    }
    await recordBankTransfer(approver, transfer)
    await close()
    expect(await getAccount(admin, accountId)).toMatchObject({
      state: 'closed',
      creditLimitMinor: 0n,
      registrations: 1,
      closedBy: admin.actor.email,
    })
    const closed = { code: 'account_closed' }
    await expect(close()).rejects.toMatchObject(closed)
    await expect(switchAccount(admin, { accountId, enabled: true, reason })).rejects.toMatchObject(closed)
    await expect(recordBankTransfer(approver, { ...transfer, bankReference: 'RE 2' })).rejects.toMatchObject(
      closed,
    )
    await expect(setCreditLimit(approver, { accountId, limitMinor: 1n, reason })).rejects.toMatchObject(
      closed,
    )
    const key = { accountId, label: 'shop', scopes, keySha256: Buffer.from('key') }
    await expect(issueApiKey(admin, key)).rejects.toMatchObject(closed)
  }))

test('administrators alone close accounts', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId } = (await givenAccount(ctx, { balanceMinor: 0n })).actor
    for (const role of ['viewer', 'operator', 'finance', 'finance_approver'] as const)
      await expect(closeAccount(await givenStaff(ctx, role), { accountId, reason })).rejects.toMatchObject({
        code: 'forbidden',
      })
  }))

test('an order by card that waited while its account was closed is refused, and holds nothing', async () => {
  const { db, drop } = await cloneDatabase()
  const ctx = contextOf(db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['waiting.test'] })
  const { actor } = await givenAccount(ctx, { balanceMinor: 0n })
  const { accountId } = actor
  const key = { accountId, label: 'shop', scopes, keySha256: Buffer.from('key') }
  const buyer = actFor(ctx, { ...actor, keyId: await issueApiKey(asService(ctx), key) })
  let ordering: Promise<unknown> = Promise.resolve()
  await db.transaction().execute(async (tx) => {
    await lockListingByName(tx, 'waiting.test')
    ordering = untilAnswered(() => placeBackorder(buyer, { name: 'waiting.test', payment: 'card' })).catch(
      (error: unknown) => error,
    )
    await untilOneWaits(db)
    await switchAccount(asService(ctx), { accountId, enabled: false, reason })
    await closeAccount(asService(ctx), { accountId, reason })
  })
  expect(await ordering).toMatchObject({ code: 'unauthenticated' })
  expect(await db.selectFrom('payment').select('id').execute()).toEqual([])
  await drop()
})

test('of two edits of one version the second is refused', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const admin = await givenStaff(ctx, 'admin')
    const { accountId } = (await givenAccount(ctx)).actor
    const { version } = await getAccount(admin, accountId)
    await setWatchLimit(admin, { accountId, watchesMax: 5, version, reason })
    await expect(setWatchLimit(admin, { accountId, watchesMax: 6, version, reason })).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    expect(await getAccount(admin, accountId)).toMatchObject({ watchesMax: 5 })
    for (const watchesMax of [0, 1.5, 100_001])
      await expect(setWatchLimit(admin, { accountId, watchesMax, reason })).rejects.toMatchObject({
        code: 'watch_limit_out_of_range',
      })
  }))

test('an account is opened with whom its invoices name, and found by its state', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const admin = await givenStaff(ctx, 'admin')
    const billing = {
      legalName: 'Delta Domains GmbH',
      address: 'Beispielweg 7\n10115 Berlin',
      country: 'DE',
      taxId: 'DE123456789',
      email: 'books@delta.example',
    }
    const id = await openAccount(admin, { name: 'Delta', currency: 'EUR', billing })
    expect(await getAccount(admin, id)).toMatchObject({ state: 'open', billing })
    await switchAccount(admin, { accountId: id, enabled: false, reason })
    const found = await listAccounts(admin, { state: 'suspended', offset: 0, limit: 5 })
    expect(found).toMatchObject({ total: 1, items: [{ id, state: 'suspended' }] })
  }))

test('a key is limited to a time, to networks and to a sub-account as it was issued', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const admin = await givenStaff(ctx, 'admin')
    const { accountId } = (await givenAccount(ctx)).actor
    const key = { accountId, label: 'shop', scopes, keySha256: Buffer.from('key') }
    const expiresAt = new Date(Date.now() + 86_400_000)
    await issueApiKey(admin, { ...key, expiresAt, allowedAddresses: ['192.0.2.0/24'] })
    const { items } = await listApiKeys(admin, { accountId, offset: 0, limit: 5 })
    expect(items).toMatchObject([{ expiresAt, allowedAddresses: ['192.0.2.0/24'], subAccount: null }])
    await expect(issueApiKey(admin, { ...key, expiresAt: new Date(0) })).rejects.toMatchObject({
      code: 'invalid_period',
    })
    await expect(
      issueApiKey(admin, { ...key, subAccountId: ctx.newId(), keySha256: Buffer.from('x') }),
    ).rejects.toMatchObject({ code: 'sub_account_not_found' })
  }))
