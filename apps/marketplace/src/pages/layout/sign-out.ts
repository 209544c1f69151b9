/** Ends the session; its key is refused from then on. The page is loaded anew as a visitor's. */
export async function signOut(): Promise<void> {
  await fetch('/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  window.location.assign('/')
}
