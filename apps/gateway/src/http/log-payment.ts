import type { AskedPayment } from '@droplock/core/payment-provider/ask'
import type { Context } from 'hono'
import type { Environment } from '../gateway.ts'

/** The payment in the request's log event: never its secret, but why there was none. */
export function logPayment(c: Context<Environment>, { id, trouble }: AskedPayment): void {
  c.var.event.add({ payment_id: id, ...(trouble !== undefined && { provider_trouble: trouble }) })
}
