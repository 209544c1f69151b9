import type { Page } from 'playwright-core'

/** Signs a person in to the console, as people do. */
export async function signIn(
  page: Page,
  consoleUrl: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(consoleUrl)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
}
