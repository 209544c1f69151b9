import { raiseAlarms } from '@droplock/core/alarms/raise'
import { newId } from '@droplock/core/new-id'
import { movable } from '@droplock/infra/console/fixture/make-fixture'
import { people } from '@droplock/infra/console/fixture/people'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { choose, confirm, openPage, textWith } from './support/pages.ts'

const console = consoleOfFile()

test('an alarm stands on Today by itself soon after it was raised, and an operator closes it with a note', async () => {
  const page = await console.as('operator')
  await openPage(page, 'Today')
  const alarms = page.getByRole('region', { name: 'Alarms' })
  await textWith(alarms, 'Registry deposit empty')
  await raiseAlarms({ db: console.db, newId }, [
    { kind: 'login_refused', subject: 'verisign-1', facts: { code: 2501 } },
  ])
  // Nobody reloads the page.
  const raised = alarms.getByRole('listitem').filter({ hasText: 'Login refused' })
  expect(await textWith(raised, 'verisign-1')).toContain('Code: 2501')
  await raised.getByRole('button', { name: 'Close', exact: true }).click()
  await confirm(page, 'Close alarm', 'New password at the registry.', 'Resolution')
  await raised.waitFor({ state: 'detached' })
  const viewer = await console.as('viewer')
  await openPage(viewer, 'Alarms')
  await textWith(viewer.getByRole('table'), 'half-answered.shop')
  expect(await viewer.getByRole('button', { name: 'Close', exact: true }).count()).toBe(0)
})

test('an operator has alarms sent to a mail address, narrows what is sent, and ends it; a viewer only sees it', async () => {
  const page = await console.as('operator')
  await openPage(page, 'Notifications')
  const row = page.getByRole('row').filter({ hasText: 'ben@example.com' })
  await page.getByRole('button', { name: 'Add receiver' }).click()
  await page.getByRole('dialog').getByLabel('Email address').fill('ben@example.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  expect(await textWith(row, 'All kinds')).toContain('When raised and when closed')
  await row.getByRole('button', { name: 'Edit', exact: true }).click()
  await choose(page, 'Alarms', 'Urgent kinds')
  await page.getByRole('dialog').getByLabel('Reason').fill('Only what cannot wait')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await textWith(row, 'Registry deposit empty')
  await row.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Ben is on leave')
  await page.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  await textWith(row, 'Disabled')
  const viewer = await console.as('viewer')
  await openPage(viewer, 'Notifications')
  await textWith(viewer.getByRole('table'), 'on-call@anchor.example')
  expect(await viewer.getByRole('button', { name: 'Add receiver' }).count()).toBe(0)
})

test('whoever is signed in has all their devices forgotten, and stays signed in', async () => {
  const page = await console.as('operator')
  const devices = () =>
    console.db
      .selectFrom('staff_device')
      .innerJoin('staff_account', 'staff_account.id', 'staff_device.staff_id')
      .where('email', '=', people.operator.email)
      .select('staff_device.id')
      .execute()
  expect(await devices()).not.toEqual([])
  await page.getByRole('button', { name: 'Profile' }).click()
  await page.getByRole('menuitem', { name: 'Your profile' }).click()
  await page.getByRole('button', { name: 'Forget all' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await devices()).not.toEqual([])
  await page.getByRole('button', { name: 'Forget all' }).click()
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click()
  await page.getByText('All your devices were forgotten.').waitFor()
  expect(await devices()).toEqual([])
  await page.reload()
  await openPage(page, 'Alarms')
})

test('the row of a list is reached and opened by the keyboard, and what has the focus can be seen', async () => {
  const page = await console.as('operator')
  await openPage(page, 'Drop schedules')
  const link = page.getByRole('row').filter({ hasText: movable }).getByRole('link', { name: movable })
  await page.getByRole('searchbox').fill(movable)
  await page.waitForURL(/filter/)
  await link.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await link.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
    const ring = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === null || focused.matches('body, input, [role=combobox]')) return undefined
      const { outlineStyle, outlineWidth } = getComputedStyle(focused)
      return { what: focused.outerHTML.slice(0, 120), ring: `${outlineStyle} ${outlineWidth}` }
    })
    if (ring !== undefined) expect(ring).toMatchObject({ ring: 'solid 2px' })
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: movable, level: 1 }).waitFor()
})
