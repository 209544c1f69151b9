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

type Ids = {
  readonly run: string | undefined
  readonly listing: string | undefined
  readonly backorder: string | undefined
}

/** Changes of every kind, by the path of each and what is sent there. */
export function changesOf({ run, listing, backorder }: Ids) {
  return [
    [`sync-runs?registry_id=sim-daily&file_name=x.txt`, {}],
    [`sync-runs/${run}/publish`, { reason: 'x' }],
    [`sync-runs/${run}/discard`, { reason: 'x' }],
    [`listings/${listing}/override/preview`, {}],
    [`listings/${listing}/override`, { reason: 'x' }],
    [`listings/${listing}/override/undo`, { reason: 'x' }],
    ['refunds', { payment_id: backorder, amount_minor: 1, reason_code: 'other', note: 'x' }],
    [`refunds/${backorder}/approve`, {}],
    [`refunds/${backorder}/reject`, { note: 'x' }],
    [`refunds/${backorder}/retry`, { note: 'x' }],
    [`finance-tasks/${backorder}/close`, { note: 'x' }],
    [`bank-transfers/${backorder}/reversal`, { reason: 'x' }],
    [`accounts/${backorder}/credit-limit`, { limit_minor: 1, reason: 'x' }],
    ['refund-limits', { currency: 'USD', alone_minor: 1, reason: 'x' }],
    ['invoices', { backorder_id: backorder, reason: 'x' }],
    ['seller', { reason: 'x' }],
  ] as const
}
