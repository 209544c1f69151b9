import { leftToPeople, movedAndCaught } from '@droplock/infra/console/fixture/make-fixture'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { openPage, openRecord, rowWith } from './support/pages.ts'

const console = consoleOfFile()

test('a name is found and opened by the keyboard alone, and a row of a list too', async () => {
  const page = await console.as('operator')
  await page.keyboard.press('Control+K')
  // The dialog is loaded when it is first opened, and then has the focus.
  await page.getByRole('combobox', { name: 'Search' }).waitFor()
  await page.keyboard.type('harbour')
  await page.getByRole('option', { name: new RegExp(movedAndCaught) }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: movedAndCaught, level: 1 }).waitFor()
  await openPage(page, 'Backorders')
  await page.getByRole('searchbox').fill(leftToPeople)
  await rowWith(page, leftToPeople).waitFor()
  await page.waitForURL(/filter/)
  // Until then the first row is another's.
  await expect.poll(() => page.locator('main tbody tr.RaDataTable-row').count()).toBe(1)
  await page.getByRole('heading', { name: 'Backorders', level: 1 }).click()
  await page.evaluate('document.activeElement?.blur()')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: leftToPeople, level: 1 }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('what nothing decides is proposed with evidence, cannot be decided by its proposer, and is decided by another', async () => {
  const page = await console.as('operator')
  await openRecord(page, 'Backorders', leftToPeople)
  await page.getByRole('button', { name: 'Propose result' }).click()
  await page.getByRole('combobox', { name: 'Result' }).click()
  await page.getByRole('option', { name: 'Lost to another registrar' }).click()
  await page.getByRole('textbox', { name: 'Evidence' }).fill('RDAP names Rival Three.')
  await page.getByLabel('Reason').fill('The registry answers no more queries about it.')
  await page.getByRole('button', { name: 'Propose', exact: true }).click()
  await page.getByText('You proposed it. Another person has to decide.').waitFor()
  expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
  const other = await console.as('approver')
  await openPage(other, 'Approvals')
  await rowWith(other, leftToPeople).getByRole('button', { name: 'Approve', exact: true }).click()
  const dialog = other.getByRole('dialog')
  await dialog.getByText('RDAP names Rival Three.').waitFor()
  await dialog.getByRole('table', { name: 'Answers' }).waitFor()
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.reload()
  await page.getByRole('region', { name: 'Why it failed: lost' }).waitFor()
  expect(console.faults).toEqual([])
})
