import { Payment } from '@droplock/contracts/gateway/payment'
import type { AskedPayment } from '@droplock/core/payment-provider/ask'
import { reply } from '@droplock/http/reply'
import type { Context } from 'hono'
import type { Environment } from '../gateway.ts'
import { presentPayment } from '../present/payment.ts'
import { logPayment } from './log-payment.ts'

/** The answer of every operation that opens a payment. */
export function replyPayment(c: Context<Environment>, payment: AskedPayment) {
  logPayment(c, payment)
  c.header('Location', `/v1/payments/${payment.id}`)
  return reply(c, 201, Payment, presentPayment(payment))
}
