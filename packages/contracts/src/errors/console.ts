import { entry } from './entry.ts'

/** Refusals of operators and finance staff. */
export const consoleErrors = {
  confirmation_invalid: entry(
    422,
    'Invalid confirmation settings',
    'Suspects are confirmed by info, RDAP or both, each once, and an RDAP server is asked at least once a minute.',
  ),
  listing_not_withdrawable: entry(
    409,
    'Listing cannot be withdrawn',
    'The listing has ended, or is being withdrawn already.',
  ),
  listing_held: entry(
    409,
    'Name has a holder',
    'A customer holds this name. One person proposes its withdrawal and another decides.',
  ),
  listing_not_held: entry(
    409,
    'Name has no holder',
    'Nobody holds this name, so one person may withdraw or block it.',
  ),
  block_not_found: entry(404, 'Block not found', 'There is no blocked name with this id.'),
  block_ended: entry(409, 'Block ended', 'This block has ended; its entry says when and why.'),
  listing_not_movable: entry(
    409,
    'Listing cannot be moved',
    'The name is already dropping, or its drop is over.',
  ),
  listing_not_overridden: entry(
    409,
    'Nothing to undo',
    'This listing has no manual change: it follows the lists.',
  ),
  listing_changed: entry(
    409,
    'Listing changed',
    'The listing has changed since your preview; `changed` says how. Open a new preview, then decide.',
  ),
  invalid_window: entry(
    422,
    'Invalid window',
    'The cut-off must come before the start of the window, the start before its end, and the end must be in the future; `detail` says what is wrong.',
  ),
  schedule_change_not_found: entry(404, 'Change not found', 'There is no change of schedules with this id.'),
  schedule_change_not_possible: entry(
    409,
    'Not possible in this state',
    'A draft or a stopped change can be applied, one that is being applied can be stopped, and an applied or stopped one can be undone; `state` is the current state.',
  ),
  too_many_listings: entry(
    422,
    'Too many listings',
    'One change has at most `max` listings. Change them zone by zone or day by day.',
  ),
  invalid_policy: entry(422, 'Invalid zone policy', 'A value of the policy is wrong; `detail` says which.'),
  finance_task_not_closable: entry(
    409,
    'Refund still owed',
    'A failed refund is still owed to the customer. Retry it, to the card or to the balance; that closes the task.',
  ),
  finance_task_closed: entry(409, 'Task closed', 'This task is already closed; its note says how.'),
  bank_reference_invalid: entry(
    422,
    'Invalid bank reference',
    'A bank reference has 3 to 140 characters: letters, digits and / . : + -. Spaces are ignored.',
  ),
  bank_reference_known: entry(
    409,
    'Transfer already recorded',
    'A transfer with this reference has already been credited; `bank_transfer_id` is its id.',
  ),
  bank_transfer_not_found: entry(404, 'Transfer not found', 'There is no bank transfer with this id.'),
  transfer_not_reversible: entry(
    409,
    'Transfer cannot be reversed',
    'It is already reversed, or its reversal is already proposed.',
  ),
  reversal_not_proposed: entry(
    409,
    'No reversal to decide',
    'No reversal is proposed, or it has already been decided.',
  ),
  currency_mismatch: entry(
    422,
    'Wrong currency',
    'The account has the currency in `currency`, which never changes. Amounts in other currencies cannot be credited to it.',
  ),
  rate_limits_out_of_range: entry(
    422,
    'Rate limits out of range',
    'Rate limits are whole numbers of requests per minute, from `min` to `max`.',
  ),
  hold_limits_out_of_range: entry(
    422,
    'Hold limits out of range',
    'Both limits must be whole numbers from `min` to `max`, and the limit after the first paid order must not be lower than the one before.',
  ),
  alarm_closed: entry(
    409,
    'Alarm closed',
    'This alarm is already closed: by a person, or because its cause is gone.',
  ),
  receiver_invalid: entry(
    422,
    'Invalid receiver',
    'The address, the name of the secret or the selection of alarms is not valid; `detail` says what is wrong.',
  ),
  receiver_exists: entry(
    409,
    'Receiver exists',
    'Alarms are already sent to this address. Change the existing receiver.',
  ),
  receiver_not_found: entry(404, 'Receiver not found', 'There is no receiver with this id.'),
  receiver_disabled: entry(
    409,
    'Receiver disabled',
    'Nothing is sent to this receiver any more. Add the address as a new receiver.',
  ),
  source_invalid: entry(
    422,
    'Invalid list source',
    'The address, a time, a limit or the format of the source is not valid; `detail` says what is wrong.',
  ),
  source_exists: entry(
    409,
    'List source exists',
    'This registry already has a source with this address. Change or enable the existing one.',
  ),
  source_not_found: entry(404, 'List source not found', 'There is no list source with this id.'),
  source_disabled: entry(409, 'List source disabled', 'A disabled source is not fetched. Enable it first.'),
  alarm_not_found: entry(404, 'Alarm not found', 'There is no alarm with this id.'),
  finance_task_not_found: entry(404, 'Task not found', 'There is no task with this id.'),
  reconciliation_item_not_found: entry(404, 'Item not found', 'There is no item with this id.'),
  reconciliation_item_closed: entry(
    409,
    'Item closed',
    'This item is already closed. If the mismatch is found again, it becomes a new item.',
  ),
  refund_not_found: entry(404, 'Refund not found', 'There is no refund with this id.'),
  refund_exceeds_remaining: entry(
    409,
    'Amount too large',
    'The amount is more than what remains of the payment: `remaining_minor`.',
  ),
  refund_exceeds_balance: entry(
    409,
    'Balance too low',
    'The account has already spent the top-up: its balance and credit do not cover this refund.',
  ),
  refund_stays_on_balance: entry(
    409,
    'Refund stays on the balance',
    'A top-up is already on the balance. This refund would leave the account owing money, so it goes to the card only as an exception.',
  ),
  refund_already_decided: entry(
    409,
    'Refund already decided',
    'This refund has already been approved or rejected.',
  ),
  proposal_not_found: entry(404, 'Proposal not found', 'There is no proposal with this id.'),
  proposal_already_decided: entry(
    409,
    'Proposal already decided',
    'This proposal has already been approved or rejected, or it has expired; `state` says which.',
  ),
  proposal_expired: entry(409, 'Proposal expired', 'The proposal was not decided in time. Propose it again.'),
  proposal_open: entry(
    409,
    'Already proposed',
    'The same change is already proposed and awaits a decision. It can be proposed again when that proposal is rejected or has expired.',
  ),
  grant_needs_approval: entry(
    403,
    'Approval required',
    'This is more balance or credit than one person may grant within 24 hours. Propose it; another person approves.',
  ),
  target_not_found: entry(404, 'Target not found', 'There is no catch target with this id.'),
  target_decided: entry(409, 'Target decided', 'This target already has its outcome; `state` says which.'),
  target_in_time: entry(
    409,
    'Target not overdue',
    'The catcher may still decide this target. An operator may after `grace_until`.',
  ),
  outcome_not_possible: entry(
    422,
    'Outcome not possible',
    'A caught name needs its creation date and one of our registrar accounts, and the registration must be newer than the deleted one. Other outcomes have no creation date.',
  ),
  decider_is_proposer: entry(
    403,
    'Own proposal',
    'You cannot decide your own proposal. Another person has to.',
  ),
  proposer_disabled: entry(
    409,
    'Proposer disabled',
    'The person who proposed this no longer has access. Reject it; another person can propose it again.',
  ),
  refund_expired: entry(
    409,
    'Refund proposal expired',
    'The proposal was not decided in time. Propose the refund again.',
  ),
  refund_changed: entry(
    409,
    'Refund changed',
    'The amount, the payee or the destination is not the one that you were shown. Look again, then decide.',
  ),
  refund_needs_approval: entry(
    409,
    'Refund needs approval',
    'One person may refund at most `limit_minor` of one payment. Propose the refund; another person approves.',
  ),
  refund_not_retryable: entry(
    409,
    'Refund cannot be retried',
    'Only a failed refund can be retried, and it has only one retry at a time.',
  ),
  seller_mode_is_final: entry(
    409,
    'Mode is final',
    'Invoices were already issued in this database, so its mode stays as in `mode`. Correct the setting DATABASE_MODE of this server.',
  ),
  seller_of_other_mode: entry(
    409,
    'Seller has another mode',
    'DATABASE_MODE and the mode of the seller differ: one is live, the other test. Correct the one that is wrong.',
  ),
  registry_not_found: entry(404, 'Registry not found', 'There is no registry with this id.'),
  registry_stopped: entry(
    409,
    'Registry already stopped',
    'No create is sent to this registry until it is restarted.',
  ),
  maintenance_not_found: entry(404, 'Maintenance not found', 'There is no maintenance with this id.'),
  registry_not_stopped: entry(409, 'Registry not stopped', 'There is nothing to restart.'),
  stop_needs_two_people: entry(
    409,
    'Stop needs two people',
    '`names` that were paid for are in their window, and a stop may lose them: propose the stop, and another person decides.',
  ),
  registry_account_not_found: entry(
    404,
    'Registry account not found',
    'There is no registry account with this id.',
  ),
  invalid_contact: entry(
    422,
    'Invalid contact',
    'A registry would not accept this contact (RFC 5733); `field` says what is wrong.',
  ),
  registry_profile_unknown: entry(
    422,
    'Unknown profile',
    'This is not a known registry profile. `generic` is the cautious profile for all other registries.',
  ),
  registry_account_invalid: entry(
    422,
    'Invalid registry account',
    'The hosts or the limits of the account are not valid, or do not fit the profile of its registry; `detail` says what is wrong.',
  ),
  real_and_simulated_mixed: entry(
    409,
    'Real and simulated registries mixed',
    'Real registries cannot share a database with simulated registries or test money: that money would buy real names.',
  ),
  zone_not_found: entry(404, 'Zone not found', 'There is no zone with this name.'),
  price_not_found: entry(404, 'Price not found', 'The zone has no price in this tier and currency.'),
  list_format_unknown: entry(
    422,
    'Unknown list format',
    'The format of this list cannot be detected from the file. Give it in `format`.',
  ),
  list_already_published: entry(409, 'List already published', 'This list has already been published.'),
  sync_run_not_found: entry(404, 'Sync run not found', 'There is no sync run with this id.'),
  sync_run_not_publishable: entry(
    409,
    'Sync run cannot be published',
    'Only a run that is ready or quarantined can be published.',
  ),
  sync_run_not_discardable: entry(
    409,
    'Sync run cannot be discarded',
    'Only a run that is ready or quarantined can be discarded.',
  ),
  sync_run_outdated: entry(
    409,
    'Sync run outdated',
    'A list that was read later is published and says otherwise: publishing this run would move names back. Upload it again if it is right.',
  ),
} as const
