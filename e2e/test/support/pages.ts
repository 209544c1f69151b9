import { entryOf } from '@droplock/infra/screenshots/steps'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Of a page that is not the one waited for. Characters. */
const SHOWN_MAX = 500

/** Waits for a page by its heading. What is shown instead is in the error. */
async function untilHeading(page: Page, heading: string): Promise<void> {
  try {
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  } catch (error) {
    const shown = await page.locator('body').innerText()
    throw new Error(`no heading ${heading} at ${page.url()}: ${shown.slice(0, SHOWN_MAX)}`, { cause: error })
  }
}

/** Opens a page by its entry in the menu, which is its heading unless that is named. */
export async function openPage(page: Page, entry: string, heading = entry): Promise<void> {
  await entryOf(page, entry).click()
  await untilHeading(page, heading)
}

/**
 * Opens the record with this name, found by the search of its list. Where the rows of other records mention the name too,
 * `link` says what the record's own link reads.
 */
export async function openRecord(
  page: Page,
  entry: string,
  name: string,
  link: string | RegExp = /./,
): Promise<void> {
  await openPage(page, entry)
  await page.getByRole('searchbox').fill(name)
  await page.waitForURL(/filter/)
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByRole('link').filter({ hasText: link }).first().click()
  await untilHeading(page, name)
}

/** The rows of a page's tables with this text. */
export function rowWith(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ hasText: text })
}

/** Chooses in a field that opens a list. */
export async function choose(page: Page, label: string, choice: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: choice }).click()
}

/** Chooses a filter and waits until the address has its code and the field shows it. */
export async function filterBy(page: Page, label: string, choice: string, code: string): Promise<void> {
  await choose(page, label, choice)
  await page.waitForURL((url) => url.search.includes(code))
  await page.getByRole('combobox', { name: label, exact: true }).filter({ hasText: choice }).waitFor()
}

/** Uploads a file as a list of names that drop on `dropDate`. */
export async function uploadList(page: Page, path: string, dropDate: string): Promise<void> {
  await openPage(page, 'Syncs')
  await page.getByRole('button', { name: 'Upload list' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles(path)
  await choose(page, 'Registry', /sim-daily/)
  await dialog.getByLabel('Drop date').fill(dropDate)
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Gives the reason that a dialog asks for and confirms it. */
export async function confirm(page: Page, action: string, reason: string, label = 'Reason'): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(label).last().fill(reason)
  await dialog.getByRole('button', { name: action, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** The text of a part of a page, once it holds what is waited for. */
export async function textWith(part: Locator, text: string | RegExp): Promise<string> {
  const holding = part.filter({ hasText: text })
  await holding.waitFor()
  return holding.innerText()
}

/** Three hours later in each of these fields for a time in UTC. */
export async function typeLater(...fields: readonly Locator[]): Promise<void> {
  for (const field of fields) {
    const typed = new Date(`${(await field.inputValue()).replace(' ', 'T')}Z`)
    const later = new Date(typed.getTime() + 3 * 3_600_000)
    await field.fill(later.toISOString().slice(0, 19).replace('T', ' '))
  }
}

/** Proposes a refund in USD on the page of a backorder. */
export async function propose(page: Page, name: string, amount: string, note: string): Promise<void> {
  await openRecord(page, 'Backorders', name)
  await page.getByRole('button', { name: 'Propose refund' }).click()
  await page.getByLabel('Amount (USD)').fill(amount)
  await confirm(page, 'Propose', note, 'Note')
  await page.getByRole('region', { name: 'Refunds' }).getByText(note).waitFor()
}

/** Asks for the invoice of a backorder on its page; what the server says, the page shows. */
export async function issueInvoice(page: Page, name: string): Promise<void> {
  await openRecord(page, 'Backorders', name)
  await page.getByRole('button', { name: 'Issue invoice' }).click()
  await page.getByLabel('Reason').fill('Asked for by telephone.')
  await page.getByRole('button', { name: 'Issue', exact: true }).click()
}

/** Says who sells, on the seller's page. */
export async function setSeller(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Set seller' }).click()
  await page.getByLabel('Legal name').fill('Droplock Services Ltd')
  await page.getByLabel('Address').fill('1 Example Street\nDublin 2')
  await page.getByRole('textbox', { name: 'Country' }).fill('ie')
  await page.getByLabel('Tax in prices (%)').fill('23')
  await confirm(page, 'Save', 'As registered.')
}

/** The number that a text has after a label; NaN where there is none. */
export function countAfter(text: string, label: RegExp): number {
  const [, count = 'none'] = new RegExp(`${label.source} ([\\d,]+)`).exec(text) ?? []
  return Number(count.replaceAll(',', ''))
}

/** The text has these parts, one after the other. */
export function expectInOrder(text: string, parts: readonly string[]): void {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    expect(at, `${part} after ${text.slice(0, from)}`).toBeGreaterThanOrEqual(from)
    from = at + part.length
  }
}

/** A refund, and what its approval has to hand back: the terms that were seen. */
export function refundByNote(list: unknown, note: string) {
  const items: unknown = typeof list === 'object' && list !== null ? Reflect.get(list, 'items') : []
  const found = Array.isArray(items) ? items.find((item) => item.note === note) : undefined
  return { id: String(found?.id), asSeen: { terms_hash: found?.terms_hash } }
}
