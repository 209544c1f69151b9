import type { Page } from 'playwright-core'
import { movedAndCaught } from '../console/fixture/make-fixture.ts'
import type { Picture } from './picture.ts'

/** Refunds that are approved together, and the audit. Each picture finds what the ones before it did. */
export const moneyPictures: readonly Picture[] = [
  {
    name: 'refunds-queue',
    as: 'finance',
    show: async (page) => {
      for (const name of [movedAndCaught, 'xn--bcher-kva.shop', 'north-orchard.shop'])
        await propose(page, name)
      await visit(page, 'refunds', 'Refunds')
      await page.getByText('Waiting for approval').waitFor()
    },
  },
  { name: 'refunds-selected', as: 'approver', show: selectProposed },
  {
    name: 'refunds-batch',
    as: 'approver',
    show: async (page) => {
      await selectProposed(page)
      await page.getByRole('button', { name: 'Approve selected' }).click()
      await page.getByRole('group', { name: 'Summary' }).waitFor()
    },
  },
  {
    name: 'refunds-batch-result',
    as: 'approver',
    show: async (page) => {
      await visitProposed(page)
      await page.getByRole('button', { name: 'Approve all matching' }).click()
      await page.getByRole('button', { name: /^Approve \d+ refund/ }).click()
      await page.getByRole('table', { name: 'Approved' }).waitFor()
    },
  },
]

async function visit(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(new URL(`/${path}`, page.url()).href)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
}

async function visitProposed(page: Page): Promise<void> {
  await visit(page, `refunds?filter=${encodeURIComponent('{"state":"proposed"}')}`, 'Refunds')
}

async function selectProposed(page: Page): Promise<void> {
  await visitProposed(page)
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Approve selected' }).waitFor()
}

async function propose(page: Page, name: string): Promise<void> {
  await visit(page, `backorders?filter=${encodeURIComponent(JSON.stringify({ q: name }))}`, 'Backorders')
  await page.getByRole('row').filter({ hasText: name }).click()
  await page.getByRole('button', { name: 'Propose refund' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Amount/ }).fill('5.00')
  await dialog.getByLabel('Note').fill('Goodwill for the delay.')
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  // One that was proposed before may be there too.
  await page.getByText('Proposed by you').first().waitFor()
}
