import { newId } from '@droplock/core/new-id'
import { addPastMonths } from '@droplock/infra/console/fixture/past-months'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserOrReason, type Console, openConsole } from './support/console.ts'
import { confirm, openPage, textWith } from './support/pages.ts'

// The end of a month: what finance does with the books, in order.

const browser = await browserOrReason()
let console: Console

beforeAll(async () => {
  if (typeof browser !== 'string') console = await openConsole()
}, 180_000)

beforeEach(({ skip }) => {
  if (typeof browser === 'string') skip(browser)
})

afterAll(async () => {
  if (typeof browser !== 'string') await console.close()
})

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
