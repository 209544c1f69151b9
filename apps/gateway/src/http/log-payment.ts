import type { AskedPayment } from '@droplock/core/receipts/ask'
import type { Context } from 'hono'
import type { Environment } from '../gateway.ts'

/** Adds the payment to the request's log event: never its secret, but the reason if the provider gave none. */
export function logPayment(c: Context<Environment>, { id, trouble }: AskedPayment): void {
  c.var.event.add({ payment_id: id, ...(trouble !== undefined && { provider_trouble: trouble }) })
}
