import { linkTo } from '@droplock/infra/marketplace/people'
import { expect } from 'vitest'
import { fieldOf, isReady, like, type Marketplace, type Visit } from './marketplace.ts'

// What customers do on the pages, whatever the language, the window and the hand.

export const password = 'correct horse battery staple'

/** Signs up, opens the link of the mail, and is signed in. */
export async function signUp({ environment }: Marketplace, visit: Visit, email: string): Promise<void> {
  const { page, hand, texts } = visit
  const t = texts.signUp
  await hand.press(page.getByRole('link', { name: texts.nav.signUp, exact: true }).first())
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
  await expect.poll(() => page.getByText(email).first().isVisible()).toBe(true)
}

/** Finds a name by its search, and opens its order from its own page. */
export async function openOrder(visit: Visit, name: string): Promise<void> {
  const { page, hand, texts } = visit
  const t = texts.names
  await hand.press(page.getByRole('link', { name: texts.nav.names, exact: true }).first())
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

/** Orders a name whose order is open, and goes on to the page of the card. */
export async function goOnToCard(visit: Visit): Promise<void> {
  const { page, hand, texts } = visit
  await hand.press(page.getByRole('radio', { name: texts.pay.card }))
  await hand.press(page.getByRole('button', { name: like(texts.order.orderByCard) }))
  await hand.press(page.getByRole('link', { name: like(texts.pay.toCardPage) }))
  await page.getByRole('heading', { name: 'Sandbox payment' }).waitFor()
}

/** On the page of the card, which is the payment provider's: pays, where asked with the bank's extra step, and comes back. */
export async function payWithCard({ page, hand }: Visit, card: keyof typeof testCards): Promise<void> {
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
