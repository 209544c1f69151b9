import { basename } from 'node:path'
import { verifyAuditChain } from '@droplock/core/audit/verify'
import { movable, movedAndCaught } from '@droplock/infra/console/fixture/make-fixture'
import { failedRefundOf } from '@droplock/infra/console/fixture/provider'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserOrReason, type Console, openConsole } from './support/console.ts'
import { type ListFiles, linesOf, twoLists } from './support/lists.ts'
import {
  confirm,
  countAfter,
  expectInOrder,
  filterBy,
  issueInvoice,
  openPage,
  openRecord,
  propose,
  refundByNote,
  rowWith,
  setSeller,
  textWith,
  typeLater,
  uploadList,
} from './support/pages.ts'
import { changesOf, send } from './support/requests.ts'

// One day in the console, in order: later tests see what earlier ones did.

const browser = await browserOrReason()
const dayMs = 86_400_000
const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

let session: Console
let lists: ListFiles

beforeAll(async () => {
  if (typeof browser === 'string') return
  lists = twoLists()
  session = await openConsole()
}, 180_000)

beforeEach(({ skip }) => {
  if (typeof browser === 'string') skip(browser)
})

afterAll(async () => {
  if (typeof browser === 'string') return
  lists.remove()
  await session.close()
})

test('an operator uploads two lists; every row is published or kept as a reject, and the same file twice changes nothing', async () => {
  const page = await session.as('operator')
  for (const file of [lists.first, lists.second]) {
    await uploadList(page, file, dayFromNow(3))
    await page.getByRole('heading', { name: basename(file), level: 1 }).waitFor()
    const tabs = await textWith(page.getByRole('tablist'), /Added [\d,]+/)
    const [added, tooLate, rejected] = [/Added/, /Too late/, /Rejected rows/].map((kind) =>
      countAfter(tabs, kind),
    )
    expect(added).toBeGreaterThan(0)
    expect((added ?? 0) + (tooLate ?? 0) + (rejected ?? 0)).toBe(linesOf(file).length)
  }
  await uploadList(page, lists.first, dayFromNow(3))
  await page.getByText('This list is already published. Nothing changed.').waitFor()
  await page.getByText('Discarded by').waitFor()
})

test('an operator sees what a move would do, moves a window and takes it back; the holder stays', async () => {
  const page = await session.as('operator')
  await openRecord(page, 'Drop schedules', movable)
  const schedule = page.getByRole('region', { name: 'Schedule' })
  const listed = await schedule.innerText()
  await page.getByRole('button', { name: 'Move window' }).click()
  await typeLater(page.getByLabel('Window starts (UTC)'), page.getByLabel('Window ends (UTC)'))
  await page.getByRole('button', { name: 'Preview' }).click()
  expect(await textWith(page.getByRole('table', { name: 'Preview' }), 'Paid order')).toContain('Unchanged')
  await confirm(page, 'Move', 'Maintenance at the registry.')
  await page.getByText('Moved manually').waitFor()
  await page.getByText('Maintenance at the registry.').waitFor()
  await page.getByRole('button', { name: 'Undo move' }).click()
  await page.getByRole('table', { name: 'Preview' }).waitFor()
  await confirm(page, 'Undo move', 'The maintenance was called off.')
  await page.getByText('The maintenance was called off.').waitFor()
  await page.getByText('Moved manually').waitFor({ state: 'detached' })
  expect(await schedule.innerText()).toBe(listed)
  await page.getByRole('link', { name: 'Anchor Names' }).waitFor()
})

test('a move that was previewed before somebody else moved the name is refused, and can be previewed again', async () => {
  const [page, other] = await Promise.all([session.as('operator'), session.again('operator')])
  for (const each of [page, other]) {
    await openRecord(each, 'Drop schedules', movable)
    await each.getByRole('button', { name: 'Move window' }).click()
    await typeLater(each.getByLabel('Window starts (UTC)'), each.getByLabel('Window ends (UTC)'))
    await each.getByRole('button', { name: 'Preview' }).click()
    await each.getByRole('table', { name: 'Preview' }).waitFor()
  }
  await confirm(other, 'Move', 'First.')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Second.')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  expect(await textWith(dialog.getByRole('alert'), 'listing_changed')).toContain('Request')
  await dialog.getByRole('button', { name: 'Preview again' }).click()
  expect(await textWith(dialog.getByLabel('Changed meanwhile'), '→')).toContain('Window starts')
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Second.')
  await confirm(page, 'Move', 'Second.')
  await page.getByText('Replaced by a later move').waitFor()
})

test('a caught name is shown from its order to its outcome, with codes and milliseconds', async () => {
  const page = await session.as('viewer')
  await openRecord(page, 'Backorders', movedAndCaught)
  const story = await textWith(page.getByRole('region', { name: 'Timeline' }), 'Decided')
  expectInOrder(story, [
    'Ordered by Anchor Names for USD 19.00',
    'Balance payment of USD 19.00',
    'Moved by the list shop-droplist-2.csv',
    'Orders closed, catch target armed',
    'EPP create ×10',
    '2302',
    'EPP create',
    '1000',
    'Decided',
    'Successful',
  ])
  expect(story).toMatch(/\d\d:\d\d:\d\d\.\d{3} UTC/)
  await page.getByRole('button', { name: 'Show all 10' }).click()
  expect(await page.getByRole('table').getByRole('row').count()).toBe(11)
})

test('a lost name is shown with its new registrar and its refund', async () => {
  const page = await session.as('viewer')
  await openRecord(page, 'Backorders', 'copperfield.shop')
  const story = await textWith(page.getByRole('region', { name: 'Timeline' }), 'Decided')
  expectInOrder(story, [
    'Ordered',
    'EPP create',
    '2302',
    'EPP info',
    'Decided',
    'Failed',
    'rival-three',
    'EUR 18.00',
    'Succeeded',
  ])
})

test('who proposes a refund cannot approve it, whatever the role; another person can, and can reject', async () => {
  const finance = await session.as('finance')
  await propose(finance, movedAndCaught, '5.00', 'Goodwill for the delay.')
  expect(await finance.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
  const approver = await session.as('approver')
  await propose(approver, movedAndCaught, '2.00', 'Charged twice.')
  await openPage(approver, 'Refunds')
  await approver.getByText('Awaiting another finance approver').waitFor()
  const refunds = await send(approver, 'GET', 'refunds?state=proposed')
  const own = refundByNote(refunds.body, 'Charged twice.')
  const others = refundByNote(refunds.body, 'Goodwill for the delay.')
  expect(await send(finance, 'POST', `refunds/${others.id}/approve`, others.asSeen)).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
  expect(await send(approver, 'POST', `refunds/${own.id}/approve`, own.asSeen)).toMatchObject({
    code: 'decider_is_proposer',
  })
  const rowOf = (note: string) => approver.getByRole('row').filter({ hasText: note })
  expect(await rowOf('Charged twice.').getByRole('button').count()).toBe(0)
  await rowOf('Goodwill for the delay.').getByRole('button', { name: 'Approve' }).click()
  await confirm(approver, 'Approve', '', 'Note (optional)')
  await textWith(rowOf('Goodwill for the delay.'), 'Succeeded')
  const second = await session.as('secondApprover')
  await openPage(second, 'Refunds')
  await second
    .getByRole('row')
    .filter({ hasText: 'Charged twice.' })
    .getByRole('button', { name: 'Reject' })
    .click()
  await confirm(second, 'Reject', 'It was charged once.', 'Reason')
  await textWith(second.getByRole('row').filter({ hasText: 'Charged twice.' }), 'Rejected')
  await openRecord(finance, 'Backorders', movedAndCaught)
  await textWith(finance.getByRole('region', { name: 'Amounts' }), 'USD 14.00')
})

test('a failed refund is sent to where the rule does not say only by two people, and its task is then gone', async () => {
  const finance = await session.as('finance')
  await openPage(finance, 'Today')
  await finance.getByText(/3 finance tasks open/).click()
  await rowWith(finance, failedRefundOf).getByRole('button', { name: 'Retry' }).click()
  await finance.getByRole('radio', { name: 'Original card' }).click()
  await confirm(finance, 'Retry', 'The customer has a new card on that account.', 'Note')
  await textWith(rowWith(finance, failedRefundOf), 'Awaiting approval')
  expect(await rowWith(finance, failedRefundOf).getByRole('button').count()).toBe(0)
  const approver = await session.as('approver')
  await openPage(approver, 'Today')
  await approver.getByText(/refunds? to approve/).click()
  const proposal = approver.getByRole('row').filter({ hasText: 'a new card on that account' })
  await proposal.getByRole('button', { name: 'Approve' }).click()
  const terms = await textWith(approver.getByRole('group', { name: 'Terms' }), 'Payee')
  for (const term of ['USD 19.00', 'Cobalt Web', 'Original card (exception)']) {
    expect(terms).toContain(term)
  }
  await confirm(approver, 'Approve', '', 'Note (optional)')
  await openPage(approver, 'Refunds')
  await approver.getByRole('button', { name: 'All' }).click()
  await textWith(proposal, 'Approved')
  await openPage(finance, 'Today')
  await openPage(finance, 'Finance tasks')
  await rowWith(finance, failedRefundOf).waitFor({ state: 'detached' })
})

test('finance makes a failed refund good on the balance alone where the rule says so, and closes a task with a note', async () => {
  const page = await session.as('finance')
  await openPage(page, 'Finance tasks')
  const other = page.getByRole('row').filter({ hasText: 'torn-sail.shop' })
  await other.getByRole('button', { name: 'Credit balance' }).click()
  await confirm(page, 'Credit balance', 'The card is closed.', 'Note')
  await other.waitFor({ state: 'detached' })
  const unexpected = page.getByRole('row').filter({ hasText: 'Unexpected payment' })
  await unexpected.getByText('Unexpected payment').click()
  await page.getByRole('heading', { name: 'Unexpected payment', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await confirm(page, 'Close task', 'Entered by hand at the provider.', 'Resolution')
  await page.getByText('Entered by hand at the provider.').waitFor()
  expect(await page.getByRole('button', { name: 'Close', exact: true }).count()).toBe(0)
})

test('a bank transfer is credited once; it is taken back by two people, and the statement of the month adds up', async () => {
  const finance = await session.as('finance')
  await openRecord(finance, 'Accounts', 'Birke Domains')
  const now = finance.getByRole('region', { name: 'Balances' })
  const before = await textWith(now, 'Balance')
  const record = async (reference: string) => {
    await finance.getByRole('button', { name: 'Record bank transfer' }).click()
    await finance.getByLabel('Amount (EUR)').fill('250.00')
    await finance.getByLabel('Bank reference').fill(reference)
  }
  await record('re 2026 / 77')
  await confirm(finance, 'Credit', 'On the statement of today.', 'Note')
  await textWith(finance.getByRole('table', { name: 'Statement' }), /Top-up\s*2\s*EUR 5,250.00/)
  await record('RE2026/77')
  const dialog = finance.getByRole('dialog')
  await dialog.getByLabel('Note').fill('Again.')
  await dialog.getByRole('button', { name: 'Credit' }).click()
  await textWith(dialog.getByRole('alert'), 'bank_reference_known')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const reference = 'RE2026/77'
  await openPage(finance, 'Bank transfers')
  await rowWith(finance, reference).getByRole('button', { name: 'Reverse' }).click()
  await confirm(finance, 'Propose', 'It was meant for somebody else.')
  await textWith(rowWith(finance, reference), 'Reversal proposed')
  expect(await rowWith(finance, reference).getByRole('button').count()).toBe(0)
  const approver = await session.as('approver')
  await openPage(approver, 'Bank transfers')
  await rowWith(approver, reference).getByRole('button', { name: 'Approve' }).click()
  await confirm(approver, 'Approve', '', 'Note (optional)')
  await textWith(rowWith(approver, reference), 'Reversed')
  await openRecord(finance, 'Accounts', 'Birke Domains')
  // What the page showed before is there until it is read again.
  await expect.poll(() => textWith(now, 'Balance'), { timeout: 10_000 }).toBe(before)
  const statement = await textWith(finance.getByRole('table', { name: 'Statement' }), 'Top-up reversed')
  expectInOrder(statement, [
    'Opening balance',
    'EUR 0.00',
    'Top-up reversed',
    'EUR 250.00',
    'Closing balance',
  ])
})

test('limits are set by an approver alone; finance refunds within its own and sees how much is left', async () => {
  const approver = await session.as('approver')
  await openRecord(approver, 'Accounts', 'Birke Domains')
  await approver.getByRole('button', { name: 'Edit credit limit' }).click()
  await approver.getByLabel('Credit limit (EUR)').fill('300.00')
  await confirm(approver, 'Save', 'Pays in time.')
  await textWith(approver.getByRole('region', { name: 'Limits' }), 'EUR 300.00')
  const finance = await session.as('finance')
  await openRecord(finance, 'Accounts', 'Birke Domains')
  expect(await finance.getByRole('button', { name: /^Edit/ }).count()).toBe(0)
  await openRecord(finance, 'Payments', 'north-orchard.shop')
  await textWith(finance.getByRole('region', { name: 'Amounts' }), 'may still refund USD 50.00')
  await finance.getByRole('button', { name: 'Refund now' }).click()
  await finance.getByLabel('Amount (USD)').fill('4.00')
  expect(await finance.getByLabel('Notify the customer').isChecked()).toBe(true)
  await finance.getByLabel('Notify the customer').uncheck()
  await confirm(finance, 'Refund', 'A small delay.', 'Note')
  await textWith(finance.getByRole('region', { name: 'Refunds' }), 'Customer not notified')
  await textWith(finance.getByRole('region', { name: 'Amounts' }), 'may still refund USD 46.00')
})

test('without a seller no invoice is issued; an approver says who sells, and finance then issues one, which opens and is found', async () => {
  const finance = await session.as('finance')
  await openPage(finance, 'Seller')
  await textWith(finance.getByRole('alert'), 'The seller is not set')
  expect(await finance.getByRole('button', { name: 'Set seller' }).count()).toBe(0)
  await issueInvoice(finance, movedAndCaught)
  await textWith(finance.getByRole('dialog').getByRole('alert'), 'unavailable')
  await finance.getByRole('button', { name: 'Cancel' }).click()

  const approver = await session.as('approver')
  await openPage(approver, 'Seller')
  await setSeller(approver)
  await textWith(approver.getByRole('region', { name: 'Details on invoices' }), '23 %')

  await issueInvoice(finance, movedAndCaught)
  const invoices = finance.getByRole('region', { name: 'Invoices' })
  const number = /TEST-INV-\d{4}-\d{6}/.exec(await textWith(invoices, /TEST-INV-/))?.[0] ?? ''
  expect(await finance.getByRole('button', { name: 'Issue invoice' }).count()).toBe(0)
  const opened = finance.waitForEvent('popup')
  await invoices.getByRole('link', { name: `View ${number}` }).click()
  const paper = await opened
  await textWith(paper.getByRole('main'), 'Droplock Services Ltd')
  await paper.close()
  const saved = finance.waitForEvent('download')
  await invoices.getByRole('link', { name: `Download ${number} as PDF` }).click()
  expect((await saved).suggestedFilename()).toBe(`${number}.pdf`)
  // The credit note of the refund before it mentions the invoice, and is issued in the same moment.
  await openRecord(finance, 'Invoices', number, number)
  await textWith(finance.getByRole('region', { name: 'Details' }), 'Anchor Names')
  await openRecord(finance, 'Accounts', 'Anchor Names')
  await textWith(finance.getByRole('region', { name: 'Invoices' }), number)
})

test('a viewer sees every page but those of money, and can do nothing: no button is there, and the server refuses', async () => {
  const page = await session.as('viewer')
  await openPage(page, 'Syncs')
  await page.getByRole('row').filter({ hasText: 'site-snapshot.csv' }).waitFor()
  expect(await page.getByRole('button', { name: 'Upload list' }).count()).toBe(0)
  await openRecord(page, 'Syncs', 'site-snapshot.csv')
  expect(await page.getByRole('button', { name: /Publish|Discard/ }).count()).toBe(0)
  const run = page.url().split('/').at(-2)
  await openRecord(page, 'Drop schedules', movable)
  expect(await page.getByRole('button', { name: /Move|Undo/ }).count()).toBe(0)
  const listing = page.url().split('/').at(-2)
  await openRecord(page, 'Backorders', movedAndCaught)
  expect(await page.getByRole('button', { name: /refund|Approve|Reject/i }).count()).toBe(0)
  const backorder = page.url().split('/').at(-2)
  expect(await page.getByRole('menuitem', { name: 'Finance tasks' }).count()).toBe(0)
  expect(await send(page, 'GET', 'accounts')).toMatchObject({ status: 403, code: 'forbidden' })
  for (const [path, body] of changesOf({ run, listing, backorder })) {
    expect(await send(page, 'POST', path, body), path).toMatchObject({ status: 403, code: 'forbidden' })
  }
})

test('the audit shows all of it, by whom and why, and its chain is whole', async () => {
  const page = await session.as('admin')
  const expected = [
    ['sync_run.uploaded', 'Sync uploaded', 'operator@', basename(lists.second)],
    ['listing.overridden', 'Listing moved', 'operator@', 'Maintenance at the registry.'],
    ['listing.override_undone', 'Listing move undone', 'operator@', 'The maintenance was called off.'],
    ['refund.proposed', 'Refund proposed', 'finance@', 'Goodwill for the delay.'],
    ['refund.approved', 'Refund approved', 'approver@', 'Refund'],
    ['refund.rejected', 'Refund rejected', 'second@', 'It was charged once.'],
    ['refund.retried', 'Refund retried', 'finance@', 'The card is closed.'],
    ['refund.completed', 'Refund completed', 'finance@', 'A small delay.'],
    ['finance_task.closed', 'Finance task closed', 'finance@', 'Entered by hand at the provider.'],
    ['bank_transfer.recorded', 'Bank transfer recorded', 'finance@', 'On the statement of today.'],
    ['bank_transfer.reversed', 'Bank transfer reversed', 'approver@', 'Birke Domains'],
    ['account.credit_limit_set', 'Account credit limit set', 'approver@', 'Pays in time.'],
    ['seller.set', 'Seller set', 'approver@', 'As registered.'],
    ['invoice.issued', 'Invoice issued', 'finance@', 'Asked for by telephone.'],
  ] as const
  await openPage(page, 'Audit')
  for (const [code, action, who, detail] of expected) {
    await filterBy(page, 'Action', action, code)
    await page
      .getByRole('row')
      .filter({ hasText: action })
      .filter({ hasText: who })
      .filter({ hasText: detail })
      .first()
      .waitFor()
  }
  expect((await verifyAuditChain(session.db)).breaks).toEqual([])
})

test('no page threw an error in all this', () => {
  expect(session.faults).toEqual([])
})
