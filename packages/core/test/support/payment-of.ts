import type { Context } from '../../src/context.ts'

/** The payment that secured this backorder or paid this renewal. */
export async function paymentOf({ db }: Context, orderId: string): Promise<string> {
  const { id } = await db
    .selectFrom('payment')
    .select('id')
    .where((eb) => eb.or([eb('backorder_id', '=', orderId), eb('renewal_id', '=', orderId)]))
    .where('secures', '=', true)
    .executeTakeFirstOrThrow()
  return id
}
