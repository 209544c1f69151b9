import { movedAndCaught } from '@droplock/infra/console/fixture/make-fixture'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { openPage, openRecord, refundByNote, textWith } from './support/pages.ts'
import { send } from './support/requests.ts'

const console = consoleOfFile()

async function propose(page: Page, note: string): Promise<void> {
  await openRecord(page, 'Backorders', movedAndCaught)
  await page.getByRole('button', { name: 'Propose refund' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Amount/ }).fill('2.00')
  await dialog.getByLabel('Note').fill(note)
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
  await page.getByText(note).first().waitFor()
}

test('refunds are approved together as they were shown; one that was rejected meanwhile is left out and named', async () => {
  const finance = await console.as('finance')
  for (const note of ['First delay.', 'Second delay.', 'Third delay.']) await propose(finance, note)
  const [approver, second] = [await console.as('approver'), await console.as('secondApprover')]
  await openPage(approver, 'Refunds')
  await approver.getByRole('button', { name: /^Proposed/ }).click()
  await textWith(approver.getByRole('region', { name: 'Unfinished refunds' }), 'USD 6.00')
  await approver.getByRole('button', { name: 'Approve all matching' }).click()
  expect(await textWith(approver.getByRole('group', { name: 'Summary' }), 'USD 6.00')).toContain(
    'Goodwill: 3',
  )

  const { body } = await send(second, 'GET', 'refunds?state=proposed')
  const { id } = refundByNote(body, 'Second delay.')
  expect(await send(second, 'POST', `refunds/${id}/reject`, { note: 'no' })).toMatchObject({ status: 200 })

  await approver.getByRole('button', { name: 'Approve 3 refunds' }).click()
  const result = approver.getByRole('dialog', { name: '2 refunds approved' })
  await textWith(result.getByRole('table', { name: 'Left out' }), 'This refund is rejected.')
  await result.getByRole('button', { name: 'Close' }).click()
  await result.waitFor({ state: 'detached' })
})

test('the file of a list has the rows that its filter shows, and says where it ends', async () => {
  const finance = await console.as('finance')
  await openPage(finance, 'Refunds')
  await finance.getByRole('button', { name: /^Succeeded/ }).click()
  await finance.waitForURL(/succeeded/)
  const download = finance.waitForEvent('download')
  await finance.getByRole('link', { name: 'Download CSV' }).click()
  const stream = await (await download).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  // The id is the first column.
  const [, ...ids] = Buffer.concat(chunks)
    .toString()
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(',', 1)[0])
  const end = ids.pop()
  const { body } = await send(
    finance,
    'GET',
    'refunds?state=succeeded&per_page=200&sort=created_at&order=desc',
  )
  const shown = body as { readonly items: readonly { readonly id: string }[] }
  expect(ids).toEqual(shown.items.map(({ id }) => id))
  expect(end).toBe(`End of list: ${shown.items.length} rows`)
})

test('the audit finds an approved refund by its domain name, and its chain is checked', async () => {
  const page = await console.as('viewer')
  await openPage(page, 'Audit')
  await page.getByRole('searchbox', { name: 'Whole domain name' }).fill(movedAndCaught)
  await page.waitForURL(/filter/)
  await textWith(page.getByRole('table'), 'Refund approved')
  await page.getByRole('button', { name: 'Check chain' }).click()
  await textWith(page.getByRole('alert'), 'The chain is intact')
})
