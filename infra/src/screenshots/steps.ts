import type { Locator, Page } from 'playwright-core'

/** An entry of the menu by its text. It may have a count after it, and the title of a group may contain it. */
export function entryOf(page: Page, text: string): Locator {
  return page.getByRole('menuitem', { name: new RegExp(`^${text}( ?\\d+)?$`) })
}

/** Opens a page by its entry in the menu, which is its heading unless that is named. */
export function open(entry: string, heading = entry): (page: Page) => Promise<void> {
  return async (page) => {
    await entryOf(page, entry).click()
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }
}

/** Its rows are read when the registries are known. */
export async function openOrderOfService(page: Page): Promise<void> {
  await open('Order of service')(page)
  await page.getByText('Short of capacity').first().waitFor()
}

/** Opens a page by its address: the menu is folded away where there is little room. */
export function visit(path: string, heading: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.goto(new URL(`/${path}`, page.url()).href)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }
}

/** Opens the row with this text, found by the search of its list. */
export function openRow(entry: string, text: string): (page: Page) => Promise<void> {
  return async (page) => {
    await open(entry)(page)
    await page.getByRole('searchbox').fill(text)
    await page.waitForURL(/filter/)
    await page.getByRole('row').filter({ hasText: text }).click()
    await page.getByRole('heading', { name: text, level: 1 }).waitFor()
  }
}

export async function moveLater(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Move window' }).click()
  const starts = page.getByLabel('Window starts (UTC)')
  const ends = page.getByLabel('Window ends (UTC)')
  for (const field of [starts, ends]) await field.fill(hoursLater(await field.inputValue(), 3))
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  await page.getByRole('table', { name: 'Preview' }).waitFor()
}

function hoursLater(typed: string, hours: number): string {
  return new Date(new Date(`${typed}Z`).getTime() + hours * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
}
