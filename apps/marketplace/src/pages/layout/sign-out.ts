import { askOwn } from '../own.ts'

/** Ends the session; its key is refused from then on. The page is loaded anew as a visitor's. */
export async function signOut(): Promise<void> {
  await askOwn('POST', '/auth/sign-out')
  window.location.assign('/')
}
