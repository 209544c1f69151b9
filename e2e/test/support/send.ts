import type { Page } from 'playwright-core'

export type Answer = { readonly status: number; readonly code: string | undefined; readonly body: unknown }

/** Sends a request from the page, with its session and CSRF token, past every button. */
export async function send(page: Page, method: string, path: string, body: object = {}): Promise<Answer> {
  return page.evaluate(
    async ([verb, target, text]) => {
      const session = await (await fetch('/api/session')).json()
      const init = verb === 'GET' ? {} : { body: text }
      const response = await fetch(`/api/${target}`, {
        method: verb,
        headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token },
        ...init,
      })
      const answer = await response.json().catch(() => ({}))
      return { status: response.status, code: answer.code, body: answer }
    },
    [method, path, JSON.stringify(body)] as const,
  )
}
