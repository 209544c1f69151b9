import { entry } from './entry.ts'

/** What is refused to the people who run the service. */
export const consoleErrors = {
  listing_not_movable: entry(
    409,
    'Listing not movable',
    'The name is dropping or its listing has ended; from here on the registry decides.',
  ),
  listing_not_overridden: entry(
    409,
    'Nothing to undo',
    "No person's move of this listing is in force: it follows the lists.",
  ),
  listing_changed: entry(
    409,
    'Listing changed',
    'The listing is not what your preview was computed from; `changed` names what differs. Look again, then decide.',
  ),
  invalid_window: entry(
    422,
    'Invalid window',
    'Orders close first, then the window starts, then it ends, and its end is ahead; `detail` says what is not so.',
  ),
  finance_task_not_closable: entry(
    409,
    'Not closed by a note',
    'A refund that failed is still owed. Retry it, to the card or to the balance; that closes the task.',
  ),
  finance_task_closed: entry(409, 'Task closed', 'It was dealt with before; its note says how.'),
  bank_reference_invalid: entry(
    422,
    'Not a bank reference',
    'A reference has 3 to 140 letters, digits or any of / . : + -; spaces do not count.',
  ),
  bank_reference_known: entry(
    409,
    'Transfer known',
    'A transfer with this reference is credited already; `bank_transfer_id` names it.',
  ),
  bank_transfer_not_found: entry(404, 'Transfer not found', 'There is no bank transfer with this id.'),
  transfer_not_reversible: entry(409, 'Transfer not reversible', 'It is reversed, or that is proposed.'),
  reversal_not_proposed: entry(409, 'No reversal to decide', 'None is proposed, or it is decided already.'),
  currency_mismatch: entry(
    422,
    'Another currency',
    'An account has one currency for ever, which `currency` names. Amounts of another are not credited to it.',
  ),
  hold_limits_out_of_range: entry(
    422,
    'Hold limits out of range',
    'Both are whole numbers from `min` to `max`, and the one after the first paid order is not the lower.',
  ),
  alarm_closed: entry(
    409,
    'Alarm closed',
    'It was closed before, by a person or because its cause was gone.',
  ),
  receiver_invalid: entry(
    422,
    'Receiver invalid',
    'The address, the secret or the choice is none; `detail` says what is wrong.',
  ),
  receiver_exists: entry(
    409,
    'Receiver exists',
    'Alarms are sent to this address already. Change that receiver.',
  ),
  receiver_not_found: entry(404, 'Receiver not found', 'There is no receiver with this id.'),
  receiver_disabled: entry(409, 'Receiver disabled', 'Nothing is sent to it any more. Add the address anew.'),
  alarm_not_found: entry(404, 'Alarm not found', 'There is no alarm with this id.'),
  finance_task_not_found: entry(404, 'Task not found', 'There is no task with this id.'),
  reconciliation_item_not_found: entry(404, 'Item not found', 'There is no item with this id.'),
  reconciliation_item_closed: entry(
    409,
    'Item is closed',
    'The item was closed before; what is found again is a new one.',
  ),
  refund_not_found: entry(404, 'Refund not found', 'There is no refund with this id.'),
  refund_exceeds_remaining: entry(
    409,
    'More than remains',
    'The amount is more than what remains of the payment; `remaining_minor` says what does.',
  ),
  refund_exceeds_balance: entry(
    409,
    'More than the balance has',
    'The account has spent the top-up: its balance and credit do not cover taking that much back.',
  ),
  refund_stays_on_balance: entry(
    409,
    'It stays on the balance',
    'A top-up is on the balance already. With this refund the account would owe, so only an exception sends it to the card.',
  ),
  refund_already_decided: entry(
    409,
    'Refund already decided',
    'Somebody has approved or rejected it before.',
  ),
  proposal_not_found: entry(404, 'Proposal not found', 'There is no proposal with this id.'),
  proposal_already_decided: entry(
    409,
    'Proposal already decided',
    'Somebody has approved or rejected it before, or it has expired; `state` says which.',
  ),
  proposal_expired: entry(
    409,
    'Proposal too old',
    'The proposal waited too long for a decision. Propose the same again.',
  ),
  proposal_open: entry(
    409,
    'Already proposed',
    'The same is proposed already and waits for a decision. It can be proposed again once that is rejected or expired.',
  ),
  grant_needs_approval: entry(
    403,
    'More than one person gives',
    'This is more balance or credit than one person gives alone in 24 hours. Propose it; another person approves.',
  ),
  target_not_found: entry(404, 'Target not found', 'There is no catch target with this id.'),
  target_decided: entry(409, 'Target decided', 'The target has its outcome already; `state` says which.'),
  target_in_time: entry(
    409,
    'Target still in time',
    'The catcher may still decide this target. People may after its grace, which ends at `grace_until`.',
  ),
  outcome_not_possible: entry(
    422,
    'Outcome not possible',
    'A win is a registration of one of our accounts that began with this drop, with its creation date; nothing else has one.',
  ),
  decider_is_proposer: entry(
    403,
    'Own proposal',
    'Whoever proposed something cannot decide it; another person has to.',
  ),
  proposer_disabled: entry(
    409,
    'Proposer disabled',
    'Whoever proposed this has no access any more. Reject it; another person can propose it anew.',
  ),
  refund_expired: entry(
    409,
    'Proposal expired',
    'The proposal waited too long for a decision. Propose the refund again.',
  ),
  refund_changed: entry(
    409,
    'Not the refund you saw',
    'An approval is of one amount, payee and destination, and these are others. Look again, then decide.',
  ),
  refund_needs_approval: entry(
    409,
    'Needs a second person',
    'More than `limit_minor` of one payment is not refunded by one person alone. Propose it instead.',
  ),
  refund_not_retryable: entry(
    409,
    'Refund not retryable',
    'Only a refund that failed for certain is retried, and only once at a time.',
  ),
  seller_mode_is_final: entry(
    409,
    'Mode is final',
    'Something was issued in this database, and it stays live or a test, as `mode` says. The setting DATABASE_MODE of this server says otherwise: correct it.',
  ),
  seller_of_other_mode: entry(
    409,
    'Seller of the other mode',
    'DATABASE_MODE says live where the seller is of a test, or the other way round; correct the one that is wrong.',
  ),
  registry_not_found: entry(404, 'Registry not found', 'There is no registry with this id.'),
  registry_account_not_found: entry(
    404,
    'Registry account not found',
    'There is no registry account with this id.',
  ),
  invalid_contact: entry(
    422,
    'Invalid contact',
    'The contact is not one that a registry can take (RFC 5733); `field` names what is wrong.',
  ),
  registry_profile_unknown: entry(
    422,
    'Profile unknown',
    'A registry is of one of the known profiles; `generic` is the careful one for a registry that is like none of the others.',
  ),
  registry_account_invalid: entry(
    422,
    'Registry account not usable',
    'Hosts or limits of the account make no sense, or do not fit the profile of its registry; the detail says which.',
  ),
  real_and_simulated_mixed: entry(
    409,
    'Real and simulated mixed',
    'Real registries do not share a database with simulated ones or with play money: its balance would buy real names.',
  ),
  second_registry_account: entry(
    409,
    'Second account',
    'A registry has one account of ours; two would catch the same names.',
  ),
  zone_not_found: entry(404, 'Zone not found', 'No registry here serves a zone of this name.'),
  price_not_found: entry(404, 'No such price', 'The zone has no price of this tier and currency.'),
  list_format_unknown: entry(
    422,
    'List format unknown',
    'Neither the name of the file nor its first line tells the format of this list; name it in `format`.',
  ),
  list_already_published: entry(409, 'List already published', 'This very list has been published before.'),
  sync_run_not_found: entry(404, 'Sync run not found', 'There is no sync run with this id.'),
  sync_run_not_publishable: entry(
    409,
    'Sync run not publishable',
    'Only a run that is ready or quarantined can be published.',
  ),
  sync_run_not_discardable: entry(
    409,
    'Sync run not discardable',
    'Only a run that is ready or quarantined can be discarded.',
  ),
} as const
