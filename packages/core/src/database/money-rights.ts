import { closed, renewalDecided } from './column-groups.ts'
import { columns } from './columns.ts'
import { type RightsOf, read, readAndAdd, type Table } from './right.ts'

/** The rights of what `rights` has of accounts, payments, invoices and the books. */
export const moneyRights = {
  account: {
    gateway: { ...read, lock: 'id', update: columns('low_balance_minor balance_is_low version') },
    console_api: {
      ...readAndAdd,
      update: [
        ...columns('name credit_limit_minor open_holds_max_before_paid open_holds_max watches_max'),
        ...columns('reads_per_minute_max claims_per_minute_max disabled_at closed_at closed_by version'),
      ],
    },
    worker: { ...read, lock: 'id', update: columns('balance_is_low') },
    catcher: { ...read, lock: 'id' },
    // To close it.
    marketplace: { ...readAndAdd, update: columns('name disabled_at closed_at closed_by version') },
  },
  alone_grant: { console_api: { insert: true } },
  bank_transfer: {
    console_api: {
      ...readAndAdd,
      update: [
        ...columns('state reversal_id reversal_reason reversal_proposed_by reversal_proposed_at'),
        ...columns('reversal_decided_by reversal_decided_at'),
      ],
    },
  },
  billing_profile: {
    gateway: {
      ...readAndAdd,
      update: columns('legal_name address country tax_id email updated_at version'),
    },
    console_api: readAndAdd,
    // To whom it mails that an endpoint was disabled.
    worker: { select: columns('account_id email') },
  },
  closed_balance: { console_api: readAndAdd, worker: read },
  closed_month: { console_api: readAndAdd, worker: read },
  closed_month_item: { console_api: readAndAdd },
  dispute: {
    gateway: { select: columns('payment_id amount_minor currency opened_at') },
    console_api: read,
    worker: {
      ...readAndAdd,
      update: columns('state decided_at reversal_id reason evidence_due_at answered_at'),
    },
  },
  dispute_evidence: {
    console_api: {
      ...readAndAdd,
      update: [
        ...columns('state fields version saved_by saved_at submission_id submitted_by submitted_at ended_at'),
        ...columns('try_after attempts failure'),
      ],
    },
    worker: { ...read, update: columns('state ended_at try_after attempts failure') },
  },
  finance_task: {
    gateway: { select: columns('kind subject_id closed_at'), insert: true },
    console_api: { ...read, update: closed },
    worker: { ...readAndAdd, update: closed },
  },
  goodwill_credit: { console_api: readAndAdd },
  invoice: { gateway: readAndAdd, console_api: readAndAdd, worker: readAndAdd, catcher: readAndAdd },
  invoice_series: {
    gateway: { ...readAndAdd, lock: 'kind' },
    console_api: { ...readAndAdd, lock: 'kind' },
    worker: { ...readAndAdd, lock: 'kind' },
    catcher: { ...readAndAdd, lock: 'kind' },
  },
  payment: {
    gateway: {
      ...readAndAdd,
      update: columns('state captured_minor secures backorder_id provider provider_id poll_after'),
    },
    console_api: { ...read, lock: 'id' },
    worker: {
      ...readAndAdd,
      update: columns('state captured_minor secures backorder_id provider provider_id poll_after polls'),
    },
    catcher: { ...read, lock: 'id' },
  },
  posting: { gateway: readAndAdd, console_api: readAndAdd, worker: readAndAdd, catcher: { insert: true } },
  payout: {
    console_api: {
      ...read,
      update: columns('bank_reference bank_date matched_by matched_at version'),
    },
    worker: { ...readAndAdd, update: columns('state arrives_at is_itemised itemised_at') },
  },
  provider_booking: { console_api: read, worker: readAndAdd },
  provider_event: {
    gateway: { select: ['provider', 'event_id'], insert: true },
    console_api: read,
    worker: { ...read, update: columns('handled_at try_after attempts failure'), delete: true },
  },
  provider_movement: {
    console_api: read,
    worker: {
      ...readAndAdd,
      update: columns(
        'kind object_id amount_minor currency settled_minor settled_currency fee_minor fee_currency moved_at told_last last_told_at last_told_run gone_at payout_id booked_at',
      ),
    },
  },
  provider_task: {
    gateway: { ...readAndAdd, update: columns('done_at') },
    console_api: readAndAdd,
    worker: { ...readAndAdd, update: columns('attempts try_after done_at failure') },
    catcher: readAndAdd,
  },
  reconciliation_balance: { console_api: read, worker: readAndAdd },
  reconciliation_item: {
    console_api: { ...read, update: closed },
    worker: {
      ...readAndAdd,
      update: columns(
        'our_type our_id their_ids ours_minor ours_currency theirs_minor theirs_currency detail last_seen_at last_seen_run closed_at note',
      ),
    },
  },
  reconciliation_request: { console_api: readAndAdd, worker: { ...read, update: columns('run_id') } },
  reconciliation_run: {
    console_api: read,
    worker: {
      ...readAndAdd,
      update: columns(
        'finished_at expires_at failure provider provider_from provider_to movements entries findings unmatched step',
      ),
    },
  },
  refund: {
    gateway: readAndAdd,
    console_api: {
      ...readAndAdd,
      update: columns('state decided_by decision_note decided_at expires_at approved_sha256 try_after'),
    },
    worker: {
      ...readAndAdd,
      update: columns('state decided_at provider_refund_id try_after attempts failure'),
    },
    catcher: readAndAdd,
  },
  refund_limit: { console_api: { ...readAndAdd, update: columns('alone_minor grant_alone_minor') } },
  registry_charge: { console_api: readAndAdd, worker: read, catcher: readAndAdd },
  registry_entry: { worker: { ...readAndAdd, delete: true } },
  renewal: {
    gateway: { ...readAndAdd, update: renewalDecided },
    console_api: { ...read, lock: 'id' },
    worker: { ...read, update: renewalDecided },
    catcher: { ...read, update: columns('state failure_reason new_expires_at decided_at') },
  },
  renewal_price: { gateway: read, console_api: read },
  seller: {
    gateway: { ...read, lock: 'is_the_only_one' },
    // Of the whole table, which is locked when there may be no row yet.
    console_api: { ...readAndAdd, update: true },
  },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
