import { basename } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { twoLists } from './support/lists.ts'
import { confirm, filterBy, openPage, textWith, uploadList } from './support/pages.ts'

// A publication that takes longer than an upload waits is completed by a worker.
const session = consoleOfFile({ withWorker: true })
const lists = twoLists()
afterAll(() => lists.remove())

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a list that would move too much is held back until an operator publishes it, with the reason kept', async () => {
  const page = await session.as('operator')
  await uploadList(page, lists.first, dayFromNow(3))
  await page.getByText('Published', { exact: true }).first().waitFor()
  await uploadList(page, lists.firstAgain, dayFromNow(5))
  await textWith(page.getByRole('alert'), /live names would move/)
  await openPage(page, 'Today')
  await page.getByText('lists held back').click()
  await page
    .getByRole('row')
    .filter({ hasText: basename(lists.firstAgain) })
    .click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
  await confirm(page, 'Publish', 'The registry confirmed the new date.')
  await page.getByText('Published by Otto Operator').waitFor()
  await page.getByText('The registry confirmed the new date.').waitFor()
  expect(await page.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0)

  const admin = await session.as('admin')
  await openPage(admin, 'Audit')
  await filterBy(admin, 'Action', 'Sync published', 'sync_run.published')
  const published = admin.getByRole('row').filter({ hasText: 'The registry confirmed the new date.' })
  await published.filter({ hasText: 'operator@' }).waitFor()
})
