import { newId } from '@droplock/core/new-id'
import { addPastMonths } from '@droplock/infra/console/fixture/past-months'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { confirm, openPage, textWith } from './support/pages.ts'

// The end of a month: what finance does with the books, in order.

const console = consoleOfFile()

/** `October 2026`, so many months ago. */
function monthName(monthsAgo: number): string {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo))
  return month.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
}

const month = monthName(2)

test('finance previews a month and proposes its close, another person approves, and a posting dated before is refused', async () => {
  const page = await console.as('finance')
  await openPage(page, 'Month close')
  await page.getByRole('link', { name: monthName(1) }).click()
  await textWith(page.getByRole('alert'), 'An earlier month is open')
  await openPage(page, 'Month close')
  await page.getByRole('link', { name: month }).click()
  const figures = page.getByRole('table', { name: 'Trial balance in USD' })
  const seen = await textWith(figures, 'USD 1,500.00')
  await page.getByRole('button', { name: 'Propose close' }).click()
  const dialog = page.getByRole('dialog')
  const explanations = dialog.getByLabel(/^Why close with this/)
  for (const field of await explanations.all()) await field.fill('The registry corrects its report.')
  await confirm(page, 'Propose', 'The month is complete.', 'Note')
  await page.getByText('Proposed by').waitFor()
  expect(await page.getByRole('button', { name: 'Approve close' }).count()).toBe(0)

  const other = await console.as('approver')
  await openPage(other, 'Month close')
  await other.getByRole('link', { name: month }).click()
  await other.getByText('The registry corrects its report.').first().waitFor()
  await other.getByRole('button', { name: 'Approve close' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Close month' }).click()
  await other.getByText('Hash of the balances (SHA-256)').waitFor()
  expect(await other.getByRole('table', { name: 'Trial balance in USD' }).innerText()).toBe(seen)

  await expect(addPastMonths({ db: console.db, newId })).rejects.toMatchObject({
    constraint: 'nothing_is_posted_in_a_closed_month',
  })
  const viewer = await console.as('viewer')
  expect(await viewer.getByRole('menuitem', { name: 'Month close' }).count()).toBe(0)
})

test('finance proposes a goodwill credit, another person approves it, and the ledger shows it; a reconciliation is started', async () => {
  const page = await console.as('finance')
  await openPage(page, 'Accounts')
  await page.getByRole('link', { name: 'Anchor Names' }).click()
  await page.getByRole('button', { name: 'Propose credit' }).click()
  await page.getByRole('dialog').getByLabel('Amount (USD)').fill('12.50')
  await confirm(page, 'Propose', 'A lost day.')
  const credits = page.getByRole('region', { name: 'Goodwill credits' })
  await credits.getByText('Another person decides').waitFor()

  const other = await console.as('approver')
  await openPage(other, 'Accounts')
  await other.getByRole('link', { name: 'Anchor Names' }).click()
  const waiting = other.getByRole('region', { name: 'Goodwill credits' })
  await waiting.getByRole('button', { name: 'Approve' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Credit', exact: true }).click()
  await textWith(waiting.getByRole('table'), 'USD 12.50')
  await openPage(other, 'Ledger')
  await textWith(other.getByRole('table'), 'USD 12.50')

  await openPage(page, 'Reconciliation')
  await page.getByRole('button', { name: 'Start reconciliation' }).click()
  await confirm(page, 'Start', 'The registry corrected its report.')
  await page.getByText('Requested by Fay Finance').waitFor()
})
