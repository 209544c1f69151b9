import type { Page } from 'playwright-core'
import type { Picture } from './picture.ts'
import { open } from './steps.ts'

/** Disputes with their answers, and what the provider pays out. Each picture finds what the ones before it did. */
export const disputePictures: readonly Picture[] = [
  { name: 'disputes', as: 'finance', show: open('Disputes') },
  { name: 'dispute', as: 'finance', show: openDispute('fair-winds.shop') },
  { name: 'dispute-draft', as: 'finance', show: openDispute('Top-up') },
  { name: 'dispute-viewed', as: 'operator', show: openDispute('fair-winds.shop') },
  {
    name: 'dispute-submit',
    as: 'finance',
    show: async (page) => {
      await openDispute('fair-winds.shop')(page)
      await page.getByRole('button', { name: 'Save draft' }).click()
      await page.getByRole('button', { name: 'Submit to the bank' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'dispute-won',
    as: 'finance',
    show: async (page) => {
      await open('Disputes')(page)
      await page.getByRole('button', { name: 'Won' }).click()
      await page.getByRole('row').filter({ hasText: 'Charged twice' }).click()
      await page.getByText('Given back').waitFor()
    },
  },
  { name: 'payouts', as: 'finance', show: open('Payouts') },
  { name: 'payout', as: 'finance', show: openPayout },
  {
    name: 'payout-match',
    as: 'finance',
    show: async (page) => {
      await openPayout(page)
      await page.getByRole('button', { name: 'Match' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
]

function openDispute(text: string) {
  return async (page: Page): Promise<void> => {
    await open('Disputes')(page)
    await page.getByRole('row').filter({ hasText: text }).click()
    await page.getByRole('heading', { name: /^Dispute: /, level: 1 }).waitFor()
  }
}

async function openPayout(page: Page): Promise<void> {
  await open('Payouts')(page)
  await page.getByRole('row').filter({ hasText: 'sandbox' }).first().click()
  await page.getByRole('heading', { name: /^Payout of /, level: 1 }).waitFor()
  await page.getByRole('table').nth(1).waitFor()
}
