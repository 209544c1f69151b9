import { linkTo } from '@droplock/infra/marketplace/people'
import { expect } from 'vitest'
import { fieldOf, isReady, type Marketplace, type Visit } from './marketplace.ts'

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
