import type { Page } from 'playwright-core'
import type { Picture } from './picture.ts'
import { open } from './steps.ts'

/** The pages of the books. */
export const booksPictures: readonly Picture[] = [
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
