import { readFile } from 'node:fs/promises'
import { linkTo } from '@droplock/infra/marketplace/people'
import type { Texts } from '@droplock/marketplace/pages/texts/shape'
import { createClient } from '@droplock/sdk/client'
import type { Locator } from 'playwright-core'
import { fieldOf, isReady, like, type Marketplace, type Visit } from './marketplace.ts'

// What customers do on the pages, whatever the language, the window and the hand.

export const password = 'correct horse battery staple'

/** Signs up, opens the link of the mail, and is signed in. */
export async function signUp({ environment }: Marketplace, visit: Visit, email: string): Promise<void> {
  const { page, hand, texts } = visit
  const t = texts.signUp
  await goTo(visit, 'signUp')
  await page.getByRole('heading', { name: t.title, level: 1 }).waitFor()
  await hand.type(fieldOf(page, t.name), 'Nora Newcomer')
  await hand.type(fieldOf(page, t.email), email)
  await hand.type(fieldOf(page, t.password), password)
  await hand.choose(fieldOf(page, t.currency), 'USD')
  await hand.press(page.getByRole('checkbox'))
  await hand.press(page.getByRole('button', { name: t.signUp, exact: true }))
  await page.getByRole('heading', { name: texts.checkMail.title, level: 1 }).waitFor()
  await page.goto(await linkTo(environment, email, '/auth/verify-email'))
  await isReady(page)
  await page.getByRole('heading', { name: texts.confirmed.title, level: 1 }).waitFor()
  await page.getByRole('banner').getByText(email).first().waitFor({ state: 'attached' })
}

/** Signs in on the page that asks for it. */
export async function signIn({ page, hand, texts }: Visit, email: string): Promise<void> {
  const t = texts.signIn
  await page.getByRole('heading', { name: t.title, level: 1 }).waitFor()
  await hand.type(fieldOf(page, t.email), email)
  await hand.type(fieldOf(page, t.password), password)
  await hand.press(page.getByRole('main').getByRole('button', { name: t.signIn, exact: true }))
}

/** One of the places of the menu, which is folded away where there is little room. */
export async function goTo(visit: Visit, place: 'names' | 'orders' | 'account' | 'signUp'): Promise<void> {
  const { page, hand, texts } = visit
  const link = page.getByRole('banner').getByRole('link', { name: texts.nav[place], exact: true })
  const shown = link.filter({ visible: true })
  if ((await shown.count()) === 0)
    await hand.press(page.locator('summary').filter({ hasText: texts.nav.menu }))
  await hand.press(shown.first())
}

/** Goes on to the page of the card with an amount for the balance. */
export async function startTopUp(visit: Visit, amount: string): Promise<void> {
  const { page, hand, texts } = visit
  const t = texts.balance
  await goTo(visit, 'account')
  await hand.type(page.getByLabel(like(t.topUpAmount)), amount)
  await hand.press(page.getByRole('button', { name: t.topUpGo, exact: true }))
  await openCardPage(visit)
}

/** Tops the balance up by card. */
export async function topUp(visit: Visit, amount: string): Promise<void> {
  const { page, texts } = visit
  await startTopUp(visit, amount)
  await payWithCard(visit, 'good')
  await page.getByText(texts.account.causes.top_up, { exact: true }).first().waitFor()
}

/** Finds a name by its search, and opens its order from its own page. */
export async function openOrder(visit: Visit, name: string): Promise<void> {
  const { page, hand, texts } = visit
  const t = texts.names
  await goTo(visit, 'names')
  await page.getByRole('heading', { name: t.title, level: 1 }).waitFor()
  await hand.type(fieldOf(page, t.search), name.split('.')[0] ?? name)
  await hand.press(page.getByRole('button', { name: t.find, exact: true }))
  await hand.press(page.getByRole('link', { name, exact: true }))
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await hand.press(page.getByRole('link', { name: t.backorder, exact: true }))
  await page.getByRole('heading', { name: like(texts.order.titleOf), level: 1 }).waitFor()
}

/** Orders a name whose order is open, and pays from the balance. */
export async function payFromBalance(visit: Visit): Promise<void> {
  const { page, hand, texts } = visit
  await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
  await hand.press(page.getByRole('button', { name: like(texts.order.orderFromBalance) }))
  await isSecured(visit)
}

/** The test cards of the sandbox by what they do. */
export const testCards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  extraStep: '4000002500003155',
} as const

/** Orders a name whose order is open, to be paid by card. */
export async function orderByCard({ page, hand, texts }: Visit): Promise<void> {
  await hand.press(page.getByRole('radio', { name: texts.pay.card }))
  await hand.press(page.getByRole('button', { name: like(texts.order.orderByCard) }))
  await page.getByRole('heading', { name: like(texts.order.payFor), level: 1 }).waitFor()
}

/** Goes on to the page of the card from an order that waits for its payment. */
export async function openCardPage({ page, hand, texts }: Visit): Promise<void> {
  await hand.press(page.getByRole('link', { name: like(texts.pay.toCardPage) }))
}

/** Orders a name whose order is open, and goes on to the page of the card. */
export async function goOnToCard(visit: Visit): Promise<void> {
  await orderByCard(visit)
  await openCardPage(visit)
}

/** On the page of the card, which is the payment provider's: pays, where asked with the bank's extra step, and comes back. */
export async function payWithCard({ page, hand }: Visit, card: keyof typeof testCards): Promise<void> {
  await page.getByRole('heading', { name: 'Sandbox payment' }).waitFor()
  const list = page.getByRole('combobox')
  const options = await list.getByRole('option').allInnerTexts()
  await hand.choose(list, options.find((option) => option.startsWith(testCards[card])) ?? '')
  await hand.press(page.getByRole('button', { name: 'Pay', exact: true }))
  if (card === 'extraStep') await hand.press(page.getByRole('button', { name: 'Confirm', exact: true }))
  if (card === 'declined') await hand.press(page.getByRole('link', { name: 'Return to the shop' }))
  await isReady(page)
}

/** The heading that says so. */
export async function isSecured({ page, texts }: Visit): Promise<void> {
  await page.getByRole('heading', { name: like(texts.order.secured), level: 1 }).waitFor()
}

/** Presses Pay for a name that somebody else has ordered in this second. */
export async function loseToRival({ environment }: Marketplace, visit: Visit, name: string): Promise<void> {
  const { page, hand, texts } = visit
  await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
  const [rival] = environment.resellers
  const client = createClient({ baseUrl: environment.urlOf('gateway'), apiKey: rival?.apiKey ?? '' })
  await client.post('/v1/backorders', { body: { name, payment: 'balance' } })
  await hand.press(page.getByRole('button', { name: like(texts.order.orderFromBalance) }))
  await page.getByRole('heading', { name: like(texts.order.takenTitle), level: 1 }).waitFor()
}

/** The order of a name in the list, with this state. */
export function orderIn(
  { page, texts }: Visit,
  name: string,
  state: keyof Texts['orders']['states'],
): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
    .filter({ hasText: texts.orders.states[state] })
}

/** Opens the order of a name from the list. */
export async function openCase(visit: Visit, name: string): Promise<void> {
  const { page, hand } = visit
  await goTo(visit, 'orders')
  await hand.press(page.getByRole('row').getByRole('link', { name, exact: true }))
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** Requests the invoice of an open case, fills in whom it is issued to, and downloads it. Returns its octets. */
export async function downloadInvoice(visit: Visit): Promise<Buffer> {
  const { page, hand, texts } = visit
  const t = texts.orders.invoice
  await hand.press(page.getByRole('button', { name: t.request, exact: true }))
  const billing = texts.billing
  await hand.press(page.getByRole('button', { name: billing.add, exact: true }))
  await hand.type(fieldOf(page, billing.legalName), 'Newcomer Ltd')
  await hand.type(fieldOf(page, billing.address), '1 Example Street')
  await hand.choose(fieldOf(page, billing.country), texts.nav.help === 'Help' ? 'Ireland' : '爱尔兰')
  await hand.type(fieldOf(page, billing.email), 'books@newcomer.example')
  await hand.press(page.getByRole('button', { name: texts.actions.save, exact: true }))
  await page.getByText(billing.saved, { exact: true }).waitFor()
  await hand.press(page.getByRole('button', { name: t.request, exact: true }))
  const downloading = page.waitForEvent('download')
  await hand.press(page.getByRole('link', { name: like(t.pdfOf) }))
  return readFile(await (await downloading).path())
}

/** Renews the name of an open case for a year from the balance, and waits until the registry has done it. */
export async function renew({ page, hand, texts }: Visit): Promise<void> {
  const t = texts.orders.renewal
  await hand.press(page.getByRole('button', { name: t.renew, exact: true }))
  await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
  await hand.press(page.getByRole('button', { name: like(texts.pay.payBalance) }))
  const [done] = t.successful.split('{')
  await page
    .getByText(done ?? t.successful)
    .first()
    .waitFor()
}
