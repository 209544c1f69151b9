import { newId } from '@droplock/core/new-id'
import type { Pool } from 'undici'

/** Orders a name from the balance of a key's account. Resolves with the status; rejects where nothing is answered within `answerMsMax`. */
export async function placeOrder(
  pool: Pool,
  key: string | undefined,
  name: string | undefined,
  answerMsMax?: number,
): Promise<number> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/v1/backorders',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': newId(),
    },
    body: JSON.stringify({ name, payment: 'balance' }),
    ...(answerMsMax !== undefined && { headersTimeout: answerMsMax, bodyTimeout: answerMsMax }),
  })
  await body.dump()
  return statusCode
}
