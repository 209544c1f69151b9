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
