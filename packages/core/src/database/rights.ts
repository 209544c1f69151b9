import {
  batchMeasured,
  changeDone,
  deliveryPlanned,
  listedWindow,
  listTaken,
  overrideEnded,
  rearmed,
  receiverPaced,
  registrationConfirmed,
  shownKey,
  sourceHealth,
  sourceTerms,
  statisticCounted,
  targetDecided,
  window,
  zonePolicy,
  zoneTerms,
} from './column-groups.ts'
import { columns } from './columns.ts'
import { memberRights } from './member-rights.ts'
import { moneyRights } from './money-rights.ts'
import { registryRights } from './registry-rights.ts'
import { addAndForget, forget, type RightsOf, read, readAndAdd, type Table } from './right.ts'
import { staffRights } from './staff-rights.ts'

const startPrices = { ...read, update: columns('started_at ended_at') } as const
const followRules = { ...read, update: columns('in_force_since') } as const
const feeChecksFiled = columns('fee_checks_up_to fee_checks_filed_at')
const confirm = {
  ...read,
  update: columns('try_after means rdap_host held attempts closed_at result'),
} as const
const raiseAlarms = { ...readAndAdd, update: columns('last_seen_at facts closed_at') } as const
const takeLists = { ...readAndAdd, update: listTaken } as const
const countOrders = { ...readAndAdd, update: statisticCounted } as const
const extendAuditChain = { ...read, update: columns('seq hash') } as const

/**
 * The least that each app needs, table by table; a role that is not named may do nothing. Triggers read and write with their
 * owner's rights (migration 0025), so that nobody needs a right for them: a balance moves by a posting, and no role may change it.
 * A table that is not here does not compile. A right that no release needs any more is taken away one release later.
 */
export const rights: { readonly [Name in Table]: RightsOf<Name> } = {
  ...moneyRights,
  ...staffRights,
  ...registryRights,
  ...memberRights,
  alarm: {
    console_api: { ...raiseAlarms, update: [...raiseAlarms.update, ...columns('closed_by note')] },
    worker: { ...raiseAlarms, delete: true },
    catcher: raiseAlarms,
  },
  api_key: {
    gateway: {
      ...readAndAdd,
      update: columns('label expires_at allowed_addresses last_used_on revoked_at version'),
    },
    console_api: { insert: true, select: shownKey, update: columns('revoked_at') },
    worker: {
      ...forget,
      lock: 'id',
      select: columns(
        'id account_id scopes expires_at allowed_addresses revoked_at sub_account_id session_id made_by replaces',
      ),
    },
    marketplace: {
      insert: true,
      select: columns('id account_id expires_at revoked_at session_id'),
      update: columns('expires_at'),
    },
  },
  auth_code: {
    gateway: { ...readAndAdd, update: columns('salt shown_at') },
    catcher: { ...read, update: columns('salt secret_id valid_until') },
  },
  attempt_removal: { gateway: read, console_api: read, worker: readAndAdd },
  audit_chain: {
    console_api: extendAuditChain,
    worker: extendAuditChain,
    marketplace: extendAuditChain,
  },
  audit_entry: { console_api: readAndAdd, worker: readAndAdd, marketplace: readAndAdd },
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
  batch_drift: {
    console_api: { ...readAndAdd, update: columns('measure_at') },
    worker: { ...readAndAdd, update: batchMeasured },
    catcher: { ...readAndAdd, update: columns('measure_at') },
  },
  bulk_order: {
    gateway: { ...readAndAdd, update: columns('finished_at claimed_by claimed_until') },
    worker: { ...read, update: columns('finished_at claimed_by claimed_until') },
  },
  bulk_order_item: {
    gateway: { ...readAndAdd, update: columns('state backorder_id code detail parts') },
    worker: { ...read, update: columns('state backorder_id code detail parts') },
  },
  catch_attempt: {
    gateway: read,
    console_api: readAndAdd,
    worker: { select: columns('cltrid target_id sent_at answered_at command code') },
    catcher: readAndAdd,
  },
  catch_target: {
    gateway: read,
    console_api: {
      ...readAndAdd,
      update: [...targetDecided, ...rearmed, ...columns('fee_max_minor fee_currency')],
    },
    worker: {
      ...readAndAdd,
      update: [...targetDecided, ...rearmed, ...columns('attempts_removed_at drift_change_id')],
    },
    catcher: {
      ...read,
      update: [
        ...targetDecided,
        ...columns('prior_clid prior_cr_date prior_updated_at prior_roid prepared_at'),
      ],
    },
  },
  change_notice: {
    console_api: read,
    worker: { select: columns('noted_at'), insert: true, delete: true },
  },
  confirmation: {
    console_api: read,
    worker: confirm,
    catcher: confirm,
  },
  confirmation_answer: {
    gateway: { select: columns('id means code finding') },
    console_api: read,
    worker: readAndAdd,
    catcher: readAndAdd,
  },
  account_contact: {
    gateway: { ...readAndAdd, update: columns('is_default updated_at deleted_at version') },
    console_api: read,
    worker: { ...read, update: columns('is_default deleted_at') },
  },
  contact: {
    gateway: { ...readAndAdd, update: columns('details') },
    console_api: readAndAdd,
    worker: { ...read, update: columns('details') },
    catcher: read,
  },
  default_contact: { console_api: readAndAdd, catcher: read },
  drop_list: { gateway: read, worker: { ...addAndForget, update: columns('names bytes sha256') } },
  drop_list_part: { gateway: read, worker: { insert: true } },
  drop_list_window: { gateway: read, worker: { insert: true } },
  drop_list_zone: { gateway: read, worker: readAndAdd },
  release_order: { catcher: readAndAdd, worker: { ...read, ...forget, lock: 'listing_id' } },
  request_budget: { gateway: { ...readAndAdd, update: columns('window_at quota taken granted') } },
  idempotency_key: {
    gateway: readAndAdd,
    worker: { ...addAndForget, lock: 'account_id' },
  },
  fee_answer: { console_api: read, catcher: readAndAdd },
  fee_check: {
    console_api: readAndAdd,
    worker: readAndAdd,
    catcher: { ...read, ...forget, update: columns('try_after attempts') },
  },
  delivery_attempt: { gateway: read, console_api: read, worker: addAndForget },
  event: {
    gateway: readAndAdd,
    console_api: readAndAdd,
    worker: { ...readAndAdd, update: columns('position'), delete: true },
    catcher: { insert: true },
  },
  event_delivery: {
    gateway: { ...read, update: deliveryPlanned },
    console_api: { ...read, update: deliveryPlanned },
    worker: { ...readAndAdd, update: [...deliveryPlanned, ...columns('answer failure')] },
  },
  event_feed: {
    gateway: read,
    console_api: read,
    worker: { ...read, update: columns('last_position pruned_position') },
  },
  event_receiver: {
    gateway: {
      ...readAndAdd,
      update: [
        ...columns('address topics description version disabled_at disabled_reason deleted_at'),
        ...columns(
          'secret_salt previous_secret_salt previous_secret_until secret_key_id previous_secret_key_id',
        ),
      ],
    },
    console_api: {
      ...readAndAdd,
      update: columns('topics alarm_kinds secret_reference disabled_at version'),
    },
    worker: { ...addAndForget, update: columns('disabled_at disabled_reason version') },
  },
  receiver_queue: {
    gateway: { ...readAndAdd, update: [...receiverPaced, 'recover_since', 'recover_position'] },
    console_api: { ...readAndAdd, update: [...receiverPaced, 'recover_since', 'recover_position'] },
    worker: {
      ...addAndForget,
      update: [...receiverPaced, ...columns('delivered_at recover_since recover_position')],
    },
  },
  list_source: {
    console_api: { ...readAndAdd, update: [...sourceTerms, ...columns('version requested')] },
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
  order_statistic: { gateway: read, console_api: countOrders, worker: countOrders, catcher: countOrders },
  observed_drop: { console_api: readAndAdd, worker: readAndAdd, catcher: readAndAdd },
  observed_list_name: { console_api: addAndForget, worker: { ...addAndForget, lock: 'name' } },
  past_zone_policy: { console_api: addAndForget, worker: read },
  pending_change: { console_api: addAndForget, worker: addAndForget },
  pending_terms: { console_api: readAndAdd, worker: { ...addAndForget, lock: 'listing_id' } },
  price_amount: {
    gateway: read,
    console_api: { ...startPrices, insert: true },
    worker: startPrices,
    marketplace: read,
  },
  price_list: { console_api: readAndAdd },
  price_rule: { gateway: read, console_api: { ...followRules, insert: true }, worker: followRules },
  reserved_list: { console_api: readAndAdd },
  reserved_word: { console_api: { ...readAndAdd, update: columns('ended_by ended_at') }, worker: read },
  proposal: {
    console_api: { ...readAndAdd, update: columns('state decided_by decided_at note') },
    worker: { ...read, update: columns('state decided_at note') },
  },
  rdap_host: {
    worker: { ...readAndAdd, update: columns('request_id free_at') },
    catcher: { ...readAndAdd, update: columns('request_id free_at') },
  },
  registration: {
    gateway: { ...read, lock: 'id' },
    console_api: readAndAdd,
    worker: {
      ...read,
      update: columns('notice_expires_at notice_days renewable_until deletion_requested_at'),
    },
    catcher: {
      ...readAndAdd,
      update: [...columns('expires_at auto_renewed_until renewable_until'), ...registrationConfirmed],
    },
  },
  registration_request: {
    gateway: readAndAdd,
    console_api: read,
    worker: read,
    catcher: { ...read, update: columns('state failure_reason answer_code answer_message decided_at') },
  },
  registry_contact: {
    gateway: readAndAdd,
    console_api: readAndAdd,
    worker: readAndAdd,
    catcher: { ...read, update: columns('handle state answer_code answer_message decided_at') },
  },
  refused_contact_notice: { worker: readAndAdd },
  pending_contact_notice: { worker: readAndAdd },
  registry_request: {
    gateway: { insert: true },
    console_api: { insert: true },
    worker: readAndAdd,
    catcher: {
      ...readAndAdd,
      update: columns('state cltrid svtrid answer_code try_after attempts done_at'),
    },
  },
  schedule_change: {
    console_api: {
      ...readAndAdd,
      update: columns(
        'state preview reason made_by made_by_name applied_at finished_at reached undo_reason undone_by undone_by_name',
      ),
    },
    worker: { ...addAndForget, update: columns('state finished_at undone_at reached') },
  },
  schedule_change_listing: {
    console_api: { ...readAndAdd, update: columns('undo_result') },
    worker: { ...addAndForget, update: changeDone },
  },
  schedule_override: {
    gateway: { select: columns('listing_id applied_at cutoff_at drop_from drop_to') },
    console_api: { ...readAndAdd, update: overrideEnded },
    worker: { ...readAndAdd, update: overrideEnded },
  },
  sign_in_count: {
    console_api: {
      ...readAndAdd,
      update: columns('scope failures paused_until counted_at'),
      delete: true,
    },
    worker: { ...forget, select: columns('scope subject counted_at'), lock: 'scope' },
  },
  sub_account: {
    gateway: { ...readAndAdd, update: columns('label monthly_limit_minor version') },
    console_api: read,
  },
  sandbox_drop: {
    gateway: readAndAdd,
    worker: { ...read, update: columns('drops_at attend_at loaded_at listed_at ended_at') },
  },
  // Written by triggers.
  sub_account_spend: { gateway: read, console_api: read },
  sync_change: {
    gateway: {
      select: columns('run_id listing_id kind cutoff_after drop_from_after drop_to_after'),
    },
    console_api: readAndAdd,
    worker: { ...addAndForget, lock: 'name' },
  },
  sync_reject: { console_api: addAndForget, worker: { ...addAndForget, lock: 'line' } },
  sync_row: {
    console_api: { ...addAndForget, maintain: true },
    worker: { ...addAndForget, lock: 'line', maintain: true },
  },
  sync_run: {
    gateway: { select: columns('id listed_at state published_at') },
    console_api: { ...takeLists, update: [...takeLists.update, ...columns('decided_by')], delete: true },
    worker: { ...takeLists, update: [...takeLists.update, ...feeChecksFiled], delete: true },
  },
  target_try: {
    console_api: { ...read, update: columns('arming'), delete: true },
    worker: { ...read, update: columns('arming') },
    catcher: {
      ...readAndAdd,
      update: columns(
        'arming state changed_at outcome basis code cltrid holder_clid holder_created_at awarded asked_again_at',
      ),
      delete: true,
    },
  },
  watch: {
    gateway: { ...readAndAdd, update: columns('name'), delete: true },
    console_api: read,
    worker: { ...read, update: columns('near_cutoff_at') },
  },
  lapse_notice: { worker: readAndAdd },
  withdrawal: {
    gateway: { select: columns('listing_id at answer_id') },
    console_api: readAndAdd,
    worker: readAndAdd,
    catcher: readAndAdd,
  },
  worker_heartbeat: { console_api: read, worker: { ...readAndAdd, update: columns('at') } },
  zone: {
    gateway: read,
    console_api: { ...read, update: [...zonePolicy, ...zoneTerms, 'enabled'] },
    worker: read,
    catcher: read,
  },
}
