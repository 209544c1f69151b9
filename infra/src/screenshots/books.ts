import type { Page } from 'playwright-core'
import { byBank } from '../console/fixture/finance.ts'
import type { Picture } from './picture.ts'
import { open, openRow } from './steps.ts'

/** The pages of the books. */
export const booksPictures: readonly Picture[] = [
  { name: 'ledger', as: 'finance', show: open('Ledger') },
  { name: 'ledger-zone', as: 'finance', show: openLedgerOfZone },
  { name: 'revenue', as: 'finance', show: open('Reports', 'Revenue') },
  { name: 'revenue-zone', as: 'finance', show: openReport('Revenue', 'Zone') },
  { name: 'refund-report', as: 'finance', show: openReport('Refunds', 'Cause') },
  { name: 'ageing', as: 'finance', show: openReport('Ageing') },
  { name: 'months', as: 'finance', show: open('Month close') },
  { name: 'month-open', as: 'finance', show: openMonth(2) },
  { name: 'month-early', as: 'finance', show: openMonth(1) },
  {
    name: 'month-propose',
    as: 'finance',
    show: async (page) => {
      await openMonth(2)(page)
      await page.getByRole('button', { name: 'Propose close' }).click()
    },
  },
  {
    name: 'month-proposed',
    as: 'finance',
    show: async (page) => {
      await openMonth(2)(page)
      await page.getByRole('button', { name: 'Propose close' }).click()
      const dialog = page.getByRole('dialog')
      for (const field of await dialog.getByLabel(/^Why close with this/).all())
        await field.fill('The registry corrects its report.')
      await dialog.getByLabel('Note').fill('The month is complete.')
      await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
      await page.getByText('Proposed by').first().waitFor()
    },
  },
  {
    name: 'month-close',
    as: 'approver',
    show: async (page) => {
      await openMonth(2)(page)
      await page.getByRole('button', { name: 'Approve close' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Close month' }).waitFor()
    },
  },
  {
    name: 'goodwill-propose',
    as: 'finance',
    show: async (page) => {
      await openRow('Accounts', byBank)(page)
      await page.getByRole('button', { name: 'Propose credit' }).click()
      await page.getByRole('dialog').getByLabel('Amount (USD)').fill('12.50')
    },
  },
  {
    name: 'menu-closed',
    as: 'finance',
    show: async (page) => {
      await open('Ledger')(page)
      for (const group of ['Drops', 'Orders', 'Settings'])
        await page.getByRole('menuitem', { name: group, exact: true }).click()
    },
  },
]

/** The month so many months ago. */
function openMonth(monthsAgo: number) {
  return async (page: Page): Promise<void> => {
    await open('Month close')(page)
    const now = new Date()
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo))
    const name = month.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  }
}

/** A page of the reports by its tab, with these rows. */
function openReport(tab: 'Revenue' | 'Refunds' | 'Ageing', rows?: string) {
  return async (page: Page): Promise<void> => {
    await open('Reports', 'Revenue')(page)
    await page.getByRole('navigation', { name: 'Reports' }).getByRole('link', { name: tab }).click()
    if (rows === undefined) return page.getByRole('heading', { name: 'Open refunds' }).waitFor()
    await page.getByRole('button', { name: rows, exact: true }).click()
    await page.getByRole('columnheader', { name: rows }).waitFor()
  }
}

/** The moves that a row of the revenue of a zone was summed from. */
async function openLedgerOfZone(page: Page): Promise<void> {
  await openReport('Revenue', 'Zone')(page)
  await page
    .getByRole('row', { name: /^\.shop/ })
    .getByRole('link')
    .last()
    .click()
  await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor()
}
