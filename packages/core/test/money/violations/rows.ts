/** Parts of the violations, in SQL. */

export const paid = `(select * from payment where captured_minor > 0 order by id desc limit 1) as paid`
/** Has room for another refund: its backorder is not lost. */
export const kept = `(select payment.* from payment join backorder on backorder.id = payment.backorder_id
  where secures and backorder.state in ('backordered', 'successful') order by payment.id desc limit 1) as paid`
export const staff = `(select id from staff_account order by id limit 1)`
export const lines = (from: string, to: string, amount = 1) =>
  `(values (1, '${from}', -${amount}), (2, '${to}', ${amount})) as side (line, ledger_account, amount)`

/** A refund of `source`; what is not said is that of an automatic one which was rejected, in nobody's way. */
export function refund(source: string, changes: Readonly<Record<string, string>>, times = 1): string {
  const columns = {
    id: 'gen_random_uuid()',
    payment_id: 'paid.id',
    cause: `'renewal_failed'`,
    state: `'rejected'`,
    destination: `'balance'`,
    amount_minor: '1',
    currency: 'paid.currency',
    created_at: 'now()',
    ...changes,
  }
  return `insert into refund (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')}
    from ${source}, generate_series(1, ${times}) as time`
}

/** A retry of the newest refund in `state`. */
export const retry = (state: string, changes: Readonly<Record<string, string>>, times = 1) =>
  refund(
    `(select * from refund where state = '${state}' and not exists (select from refund as retry
      where retry.retries_refund_id = refund.id) order by id desc limit 1) as paid`,
    {
      payment_id: 'paid.payment_id',
      cause: 'paid.cause',
      amount_minor: 'paid.amount_minor',
      reason_code: 'paid.reason_code',
      note: 'paid.note',
      proposed_by: staff,
      retries_refund_id: 'paid.id',
      ...changes,
    },
    times,
  )

export const manual = {
  cause: `'manual'`,
  proposed_by: staff,
  reason_code: `'other'`,
  note: `'a word'`,
} as const

/** Payments of the first account; what is not said is that of one that topped up and is done. */
export function payment(changes: Readonly<Record<string, string>>, times = 1): string {
  const columns = {
    id: 'gen_random_uuid()',
    account_id: 'account.id',
    purpose: `'top_up'`,
    method: `'balance'`,
    state: `'succeeded'`,
    amount_minor: '1',
    captured_minor: '1',
    currency: 'account.currency',
    created_at: 'now()',
    ...changes,
  }
  return `insert into payment (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')}
    from (select * from account order by id limit 1) as account, generate_series(1, ${times}) as time`
}

export const dispute = (values: string, times: number) =>
  `insert into dispute (id, payment_id, provider_dispute_id, state, amount_minor, currency, opened_at, decided_at, reversal_id)
    select gen_random_uuid(), paid.id, ${values}
    from (select * from payment where method = 'card' and captured_minor > 0 and state = 'succeeded' limit 1) as paid,
      generate_series(1, ${times}) as time`
