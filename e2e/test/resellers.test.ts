import { createHash } from 'node:crypto'
import { authenticateApiKey } from '@droplock/core/api-keys'
import { placeBackorder } from '@droplock/core/backorders/place'
import { actFor } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { endpoints } from '@droplock/infra/console/fixture/resellers'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { confirm, openPage, openRecord, textWith } from './support/pages.ts'
import { send } from './support/requests.ts'

const console = consoleOfFile()

/** Who acts with a key, as the gateway finds them. */
function findActor(key: string) {
  return authenticateApiKey({ db: console.db, newId }, createHash('sha256').update(key).digest())
}

async function issueKey(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'Issue key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill('shop backend')
  await dialog.getByRole('button', { name: 'Issue', exact: true }).click()
  const shown = page.getByRole('dialog', { name: 'New API key' })
  const key = await shown.getByLabel('Key', { exact: true }).innerText()
  await shown.getByRole('button', { name: 'Done' }).click()
  return key
}

test('an administrator opens an account and issues a key that orders; suspended, its key is refused; empty, it is closed', async () => {
  const page = await console.as('admin')
  await openPage(page, 'Accounts')
  await page.getByRole('button', { name: 'Open account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: false }).first().fill('Delta Domains')
  await dialog.getByLabel('Currency').fill('usd')
  await dialog.getByRole('button', { name: 'Open account' }).click()
  await page.getByRole('heading', { name: 'Delta Domains', level: 1 }).waitFor()
  const key = await issueKey(page)
  const actor = await findActor(key)
  if (actor === undefined) throw new Error('the key is not accepted')
  await expect(
    placeBackorder(actFor({ db: console.db, newId }, actor), { name: 'dawn-door.site', payment: 'balance' }),
  ).rejects.toMatchObject({ code: 'insufficient_balance' })
  await textWith(page.getByRole('table'), 'shop backend')

  await page.getByRole('button', { name: 'Suspend' }).click()
  await confirm(page, 'Suspend', 'Does not pay')
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  await expect(findActor(key)).rejects.toMatchObject({ code: 'account_suspended' })
  await page.getByRole('button', { name: 'Resume' }).click()
  await confirm(page, 'Resume', 'Has paid')
  await page.getByRole('button', { name: 'Suspend' }).waitFor()
  expect(await findActor(key)).toBeDefined()

  await page.getByRole('button', { name: 'Suspend' }).click()
  await confirm(page, 'Suspend', 'The contract ended')
  await page.getByRole('button', { name: 'Close account' }).click()
  await confirm(page, 'Close account', 'The contract ended')
  await page.getByText('Closed', { exact: true }).first().waitFor()
  expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0)
  expect(await findActor(key)).toBeUndefined()
})

test('the key of an account that has money orders a name', async () => {
  const page = await console.as('admin')
  await openRecord(page, 'Accounts', 'Anchor Names')
  const actor = await findActor(await issueKey(page))
  if (actor === undefined) throw new Error('the key is not accepted')
  const order = { name: 'dawn-door.site', payment: 'balance' } as const
  expect(await placeBackorder(actFor({ db: console.db, newId }, actor), order)).toMatchObject({
    state: 'backordered',
  })
})

test('an operator sends again what an endpoint did not take', async () => {
  const page = await console.as('operator')
  await openRecord(page, 'Accounts', 'Anchor Names')
  await page.getByRole('tab', { name: 'Webhooks' }).click()
  const row = page.getByRole('row').filter({ hasText: endpoints[1] })
  await row.getByRole('button', { name: 'Deliveries' }).click()
  const deliveries = page.getByRole('region', { name: `Deliveries to ${endpoints[1]}` })
  await textWith(deliveries, 'the certificate has expired')
  await deliveries.getByRole('button', { name: 'Send again' }).first().click()
  await confirm(page, 'Send again', 'The certificate is renewed')
  await row.getByRole('button', { name: 'Send missed' }).click()
  await confirm(page, 'Send', 'The certificate is renewed')
  await textWith(row, 'Being sent again')
})

test('finance sees an account and manages none; a viewer sees none', async () => {
  const finance = await console.as('finance')
  await openRecord(finance, 'Accounts', 'Anchor Names')
  for (const name of ['Suspend', 'Rename', 'Edit watch limit', 'Edit request limits'])
    expect(await finance.getByRole('button', { name }).count()).toBe(0)
  expect(await finance.getByRole('tab', { name: 'API keys' }).count()).toBe(0)
  const viewer = await console.as('viewer')
  await openPage(viewer, 'Today')
  expect(await viewer.getByRole('menuitem', { name: 'Accounts' }).count()).toBe(0)
  const { id } = await console.db.selectFrom('account').select('id').limit(1).executeTakeFirstOrThrow()
  for (const page of [finance, viewer])
    for (const path of [
      'accounts',
      `accounts/${id}/suspend`,
      `accounts/${id}/close`,
      `accounts/${id}/api-keys`,
    ])
      expect(await send(page, 'POST', path, { reason: 'x' })).toMatchObject({
        status: 403,
        code: 'forbidden',
      })
  expect(console.faults).toEqual([])
})
