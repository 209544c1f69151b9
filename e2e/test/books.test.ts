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

test('finance reads the revenue of a month by zone, follows an amount to the moves of the ledger, and takes the rows as a file', async () => {
  const page = await console.as('finance')
  await openPage(page, 'Reports', 'Revenue')
  await page.getByRole('figure', { name: 'Revenue' }).waitFor()
  await page.getByRole('button', { name: 'Zone', exact: true }).click()
  const row = page.getByRole('row', { name: /^\.shop.*USD/ })
  const net = await row.getByRole('link').last().innerText()
  const file = page.getByRole('link', { name: 'Download CSV' })
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
  expect(download.suggestedFilename()).toMatch(/^droplock_revenue-report_/)
  await row.getByRole('link').last().click()
  await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
  await page.getByText('Order settled').first().waitFor()
  const amounts = await page.getByRole('cell', { name: /^USD [\d.,]+$/ }).allInnerTexts()
  const sum = amounts.reduce((total, text) => total + Number(text.replaceAll(/[^\d.]/g, '')), 0)
  expect(`USD ${sum.toFixed(2)}`).toBe(net)

  await openPage(page, 'Reports', 'Revenue')
  await page.getByRole('navigation', { name: 'Reports' }).getByRole('link', { name: 'Ageing' }).click()
  await textWith(page.getByRole('table', { name: 'In all' }), 'Owed to customers')
  const viewer = await console.as('viewer')
  expect(await viewer.getByRole('menuitem', { name: 'Reports' }).count()).toBe(0)
})

test('a group of the menu that was closed stays closed, says what needs attention in it, and opens by the keyboard', async () => {
  const page = await console.as('finance')
  await openPage(page, 'Ledger')
  const group = page.getByRole('menuitem', { name: /^Orders/ })
  await group.click()
  await page.reload()
  await group.waitFor()
  expect(await group.getAttribute('aria-expanded')).toBe('false')
  expect(await page.getByRole('menuitem', { name: 'Backorders' }).count()).toBe(0)
  await textWith(group, '1')
  await group.press('Enter')
  await page.getByRole('menuitem', { name: 'Backorders' }).waitFor()
  await group.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Backorders', level: 1 }).waitFor()
})
