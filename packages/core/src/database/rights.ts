import type { AppRole } from './app-roles.ts'
import {
  changeDone,
  closed,
  listedWindow,
  listTaken,
  overrideEnded,
  rearmed,
  renewalDecided,
  sourceHealth,
  sourceTerms,
  targetDecided,
  window,
  zonePolicy,
} from './column-groups.ts'
import { columns } from './columns.ts'
import type { Database } from './tables.gen.ts'

type Table = keyof Database
type Column<Name extends Table> = keyof Database[Name] & string

/** What a role may do with the rows of a table. Where columns are listed, with these alone. */
export type Right<Name extends Table> = {
  readonly select?: true | readonly Column<Name>[]
  readonly insert?: true
  readonly update?: true | readonly Column<Name>[]
  readonly delete?: true
  /**
   * Who locks a row must be allowed to change something of it. Of rows that are only locked it is the key: others refer to it or a
   * constraint fixes it.
   */
  readonly lock?: Column<Name>
  /** To analyze it (PostgreSQL 17 and later): after many rows were staged the planner must know of them. */
  readonly maintain?: true
}

const read = { select: true } as const
const readAndAdd = { ...read, insert: true } as const
const forget = { delete: true } as const

const startPrices = { ...read, update: columns('started_at ended_at') } as const
const followRules = { ...read, update: columns('in_force_since') } as const
const feeChecksFiled = columns('fee_checks_up_to fee_checks_filed_at')
const raiseAlarms = { ...readAndAdd, update: columns('last_seen_at facts closed_at') } as const
const takeLists = { ...readAndAdd, update: listTaken } as const
const extendAuditChain = { ...read, update: columns('seq hash') } as const
/**
 * The least that each app needs, table by table; a role that is not named may do nothing. Triggers read and write with their
 * owner's rights (migration 0025), so that nobody needs a right for them: a balance moves by a posting, and no role may change it.
 * A table that is not here does not compile. A right that no release needs any more is taken away one release later.
 */
export const rights: { readonly [Name in Table]: { readonly [Role in AppRole]?: Right<Name> } } = {
  account: {
    gateway: { ...read, lock: 'id' },
    console_api: { ...read, update: columns('credit_limit_minor open_holds_max_before_paid open_holds_max') },
    worker: { ...read, lock: 'id' },
    catcher: { ...read, lock: 'id' },
  },
  alarm: {
    console_api: { ...raiseAlarms, update: [...raiseAlarms.update, ...columns('closed_by note')] },
    worker: { ...raiseAlarms, delete: true },
    catcher: raiseAlarms,
  },
  alone_grant: { console_api: { insert: true } },
  api_key: { gateway: read },
  attempt_removal: { gateway: read, console_api: read, worker: readAndAdd },
  audit_chain: { console_api: extendAuditChain, worker: extendAuditChain },
  audit_entry: { console_api: readAndAdd, worker: readAndAdd },
  backorder: {
    gateway: { ...readAndAdd, update: columns('state secured_at decided_at expired_reason') },
    console_api: {
      ...read,
      update: columns('state pay_by decided_at settled_at expired_reason failure_reason'),
    },
    worker: {
      ...readAndAdd,
      update: columns('state pay_by secured_at decided_at expired_reason failure_reason'),
    },
    catcher: { ...read, update: columns('state decided_at settled_at expired_reason failure_reason') },
  },
  blocked_name: {
    gateway: read,
    console_api: { ...readAndAdd, update: columns('ended_at ended_by end_reason') },
    worker: read,
  },
  bank_transfer: {
    console_api: {
      ...readAndAdd,
      update: [
        ...columns('state reversal_id reversal_reason reversal_proposed_by reversal_proposed_at'),
        ...columns('reversal_decided_by reversal_decided_at'),
      ],
    },
  },
  batch_drift: {
    console_api: { ...readAndAdd, update: columns('measure_at') },
    worker: {
      ...readAndAdd,
      update: [
        ...columns('measure_at measured_at names open observed median_seconds spread_seconds'),
        ...columns('earliest_seconds latest_seconds from_shift_seconds to_shift_seconds change_id beyond'),
      ],
    },
    catcher: { ...readAndAdd, update: columns('measure_at') },
  },
  billing_profile: {
    gateway: {
      ...readAndAdd,
      update: columns('legal_name address country tax_id email updated_at'),
    },
    console_api: read,
  },
  catch_attempt: {
    gateway: read,
    console_api: readAndAdd,
    worker: { select: columns('cltrid target_id sent_at answered_at command code') },
    catcher: readAndAdd,
  },
  catch_target: {
    gateway: read,
    console_api: { ...readAndAdd, update: [...targetDecided, ...rearmed] },
    worker: {
      ...readAndAdd,
      update: [...targetDecided, ...rearmed, ...columns('attempts_removed_at drift_change_id')],
    },
    catcher: { ...read, update: [...targetDecided, ...columns('prior_clid prior_cr_date prepared_at')] },
  },
  confirmation: {
    console_api: read,
    worker: {
      ...read,
      update: columns('try_after means rdap_host held attempts closed_at result'),
    },
    catcher: {
      ...read,
      update: columns('try_after means rdap_host held attempts closed_at result'),
    },
  },
  confirmation_answer: { console_api: read, worker: readAndAdd, catcher: readAndAdd },
  contact: { console_api: readAndAdd, catcher: read },
  default_contact: { console_api: readAndAdd, catcher: read },
  dispute: {
    gateway: { select: columns('payment_id amount_minor currency opened_at') },
    console_api: read,
    worker: { ...readAndAdd, update: columns('state decided_at reversal_id') },
  },
  drop_list: {
    gateway: read,
    worker: { ...readAndAdd, ...forget, update: columns('names bytes sha256') },
  },
  drop_list_part: { gateway: read, worker: { insert: true } },
  drop_list_window: { gateway: read, worker: { insert: true } },
  drop_list_zone: { gateway: read, worker: { insert: true } },
  fee_answer: { console_api: read, catcher: readAndAdd },
  fee_check: { worker: readAndAdd, catcher: { ...read, ...forget, update: columns('try_after attempts') } },
  event: {
    gateway: { insert: true },
    console_api: { insert: true },
    worker: { ...readAndAdd, update: columns('position'), delete: true },
    catcher: { insert: true },
  },
  event_delivery: {
    console_api: { ...read, update: columns('state try_after attempts taken_by decided_at') },
    worker: {
      ...readAndAdd,
      update: columns('state try_after attempts taken_by decided_at answer failure'),
    },
  },
  event_feed: { worker: { ...read, update: columns('last_position pruned_position') } },
  event_receiver: {
    console_api: {
      ...readAndAdd,
      update: columns('topics alarm_kinds secret_reference disabled_at'),
    },
    worker: { ...read, lock: 'id' },
  },
  finance_task: {
    gateway: { select: columns('kind subject_id closed_at'), insert: true },
    console_api: { ...read, update: closed },
    worker: { ...readAndAdd, update: closed },
  },
  invoice: { gateway: readAndAdd, console_api: readAndAdd, worker: readAndAdd, catcher: readAndAdd },
  invoice_series: {
    gateway: { ...readAndAdd, lock: 'kind' },
    console_api: { ...readAndAdd, lock: 'kind' },
    worker: { ...readAndAdd, lock: 'kind' },
    catcher: { ...readAndAdd, lock: 'kind' },
  },
  list_source: {
    console_api: { ...readAndAdd, update: [...sourceTerms, ...columns('requested')] },
    worker: { ...readAndAdd, update: [...sourceTerms, ...sourceHealth] },
  },
  listing: {
    gateway: { ...read, update: columns('state holder') },
    console_api: {
      ...readAndAdd,
      update: [
        ...columns('state holder suspect ended_at override_id sync_run_id'),
        ...window,
        ...listedWindow,
      ],
    },
    worker: {
      ...readAndAdd,
      update: [
        ...columns('state holder suspect ended_at override_id sync_run_id price_rule_id reserved'),
        ...window,
        ...listedWindow,
      ],
    },
    catcher: { ...read, update: columns('state holder suspect premium ended_at') },
  },
  // Of the release before.
  outbox: {},
  observed_drop: { console_api: readAndAdd, worker: readAndAdd, catcher: readAndAdd },
  observed_list_name: {
    console_api: { ...readAndAdd, ...forget },
    worker: { ...readAndAdd, ...forget, lock: 'name' },
  },
  past_zone_policy: { console_api: { ...readAndAdd, ...forget }, worker: read },
  payment: {
    gateway: {
      ...readAndAdd,
      update: columns('state captured_minor secures backorder_id provider provider_id poll_after'),
    },
    console_api: { ...read, lock: 'id' },
    worker: {
      ...read,
      update: columns('state captured_minor secures backorder_id provider provider_id poll_after polls'),
    },
    catcher: { ...read, lock: 'id' },
  },
  pending_change: { console_api: { ...readAndAdd, ...forget }, worker: { ...readAndAdd, ...forget } },
  posting: { gateway: readAndAdd, console_api: readAndAdd, worker: readAndAdd, catcher: { insert: true } },
  pending_terms: { console_api: readAndAdd, worker: { ...readAndAdd, ...forget, lock: 'listing_id' } },
  price_amount: { gateway: read, console_api: { ...startPrices, insert: true }, worker: startPrices },
  price_list: { console_api: readAndAdd },
  price_rule: { gateway: read, console_api: { ...followRules, insert: true }, worker: followRules },
  reserved_list: { console_api: readAndAdd },
  reserved_word: { console_api: { ...readAndAdd, update: columns('ended_by ended_at') }, worker: read },
  proposal: {
    console_api: { ...readAndAdd, update: columns('state decided_by decided_at note') },
    worker: { ...read, update: columns('state decided_at note') },
  },
  provider_event: {
    gateway: { select: ['provider', 'event_id'], insert: true },
    console_api: read,
    worker: { ...read, update: columns('handled_at try_after attempts failure'), delete: true },
  },
  provider_movement: {
    worker: {
      ...readAndAdd,
      update: columns(
        'kind object_id amount_minor currency settled_minor settled_currency fee_minor fee_currency moved_at told_last last_told_at last_told_run gone_at',
      ),
    },
  },
  provider_task: {
    gateway: { ...readAndAdd, update: columns('done_at') },
    console_api: readAndAdd,
    worker: { ...readAndAdd, update: columns('attempts try_after done_at failure') },
    catcher: readAndAdd,
  },
  reconciliation_item: {
    console_api: { ...read, update: closed },
    worker: {
      ...readAndAdd,
      update: columns(
        'our_type our_id their_ids ours_minor ours_currency theirs_minor theirs_currency detail last_seen_at last_seen_run closed_at note',
      ),
    },
  },
  reconciliation_run: {
    console_api: read,
    worker: {
      ...readAndAdd,
      update: columns(
        'finished_at expires_at failure provider provider_from provider_to movements entries findings unmatched',
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
  rdap_host: {
    worker: { ...readAndAdd, update: columns('request_id free_at') },
    catcher: { ...readAndAdd, update: columns('request_id free_at') },
  },
  registration: {
    gateway: { ...read, lock: 'id' },
    console_api: readAndAdd,
    worker: read,
    catcher: { ...readAndAdd, update: columns('expires_at') },
  },
  registry: {
    console_api: { ...read, lock: 'id', update: columns('publications') },
    worker: { ...read, lock: 'id', update: columns('publications') },
    catcher: read,
  },
  registry_account: {
    gateway: read,
    console_api: read,
    worker: read,
    catcher: { ...read, update: columns('lease_owner lease_epoch lease_expires_at') },
  },
  registry_charge: { console_api: { insert: true }, worker: read, catcher: { insert: true } },
  registry_contact: {
    console_api: readAndAdd,
    catcher: { ...read, update: columns('handle state answer_code answer_message decided_at') },
  },
  registry_entry: { worker: { ...readAndAdd, delete: true } },
  registry_host: { catcher: read },
  registry_message: { console_api: read, catcher: readAndAdd },
  registry_request: {
    gateway: { insert: true },
    console_api: { insert: true },
    worker: readAndAdd,
    catcher: {
      ...readAndAdd,
      update: columns('state cltrid svtrid answer_code try_after attempts done_at'),
    },
  },
  renewal: {
    gateway: { ...readAndAdd, update: renewalDecided },
    console_api: { ...read, lock: 'id' },
    worker: { ...read, update: renewalDecided },
    catcher: { ...read, update: columns('state failure_reason new_expires_at decided_at') },
  },
  renewal_price: { gateway: read },
  schedule_change: {
    console_api: {
      ...readAndAdd,
      update: columns(
        'state preview reason made_by made_by_name applied_at finished_at reached undo_reason undone_by undone_by_name',
      ),
    },
    worker: { ...readAndAdd, ...forget, update: columns('state finished_at undone_at reached') },
  },
  schedule_change_listing: {
    console_api: { ...readAndAdd, update: columns('undo_result') },
    worker: { ...readAndAdd, ...forget, update: changeDone },
  },
  schedule_override: {
    console_api: { ...readAndAdd, update: overrideEnded },
    worker: { ...readAndAdd, update: overrideEnded },
  },
  seller: {
    gateway: { ...read, lock: 'is_the_only_one' },
    // Of the whole table, which is locked when there may be no row yet.
    console_api: { ...readAndAdd, update: true },
  },
  sign_in_count: {
    console_api: {
      ...readAndAdd,
      update: columns('scope failures paused_until counted_at'),
      delete: true,
    },
    worker: { ...forget, select: columns('scope subject counted_at'), lock: 'scope' },
  },
  staff_account: { console_api: { ...read, lock: 'id' } },
  staff_device: {
    console_api: { ...readAndAdd, update: columns('failures used_at expires_at'), delete: true },
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  staff_session: {
    console_api: { ...readAndAdd, update: columns('seen_at idle_expires_at ended_at') },
    worker: { ...forget, select: columns('id ended_at idle_expires_at'), lock: 'id' },
  },
  sync_change: { console_api: readAndAdd, worker: { ...readAndAdd, ...forget, lock: 'name' } },
  sync_reject: {
    console_api: { ...readAndAdd, ...forget },
    worker: { ...readAndAdd, ...forget, lock: 'line' },
  },
  sync_row: {
    console_api: { ...readAndAdd, ...forget, maintain: true },
    worker: { ...readAndAdd, ...forget, lock: 'line', maintain: true },
  },
  sync_run: {
    gateway: { select: columns('id listed_at state') },
    console_api: { ...takeLists, update: [...takeLists.update, ...columns('decided_by')], delete: true },
    worker: { ...takeLists, update: [...takeLists.update, ...feeChecksFiled], delete: true },
  },
  watch: { gateway: { ...readAndAdd, update: columns('name'), delete: true } },
  withdrawal: { console_api: readAndAdd, worker: readAndAdd, catcher: readAndAdd },
  worker_heartbeat: { console_api: read, worker: { ...readAndAdd, update: columns('at') } },
  zone: { gateway: read, console_api: { ...read, update: zonePolicy }, worker: read, catcher: read },
}
